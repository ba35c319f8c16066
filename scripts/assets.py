"""Front-end files: copies what is used out of node_modules and draws the icon sprite. Nothing is built."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.paths import NODE_MODULES, ROOT, STATIC, VENDOR

VENDOR_FILES = (
    "@tabler/core/dist/css/tabler.min.css",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
    "plotly.js-finance-dist-min/plotly-finance.min.js",
    "sortablejs/Sortable.min.js",
    "tom-select/dist/js/tom-select.complete.min.js",
    "tom-select/dist/css/tom-select.bootstrap5.min.css",
)
ICON_FOLDER = Path("@tabler/icons/icons")
SPRITE = STATIC / "icons.svg"

# Names put together at run time, which no search finds in the source.
ICONS_USED_BY_NAME: tuple[str, ...] = ()

SEARCHED = {
    "templates": "*.html",
    "static/js": "*.js",
    "salesplan": "*.py",
    "accounts": "*.py",
    "plans": "*.py",
    "kpis": "*.py",
    "analysis": "*.py",
}
# {% icon "name" %}, icon("name"), icon="name" and icon: str = "name"; not rel="icon", not data-icon="name".
ICON_USE = re.compile(
    r"""(?:{%\s*icon\s+|(?<![\w.-])icon(?:\(\s*|(?:\s*:\s*\w+)?\s*=\s*))(["'])(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\1"""
)
SOURCE_MAP = re.compile(rb"\n(?:/\*|//)[#@] sourceMappingURL=\S+(?:\s*\*/)?\s*\Z")
SVG = re.compile(r"<svg[^>]*>(?P<inside>.*)</svg>", re.DOTALL)
INVISIBLE_FRAME = re.compile(r'<path\s+stroke="none"\s+d="M0 0h24v24H0z"\s+fill="none"\s*/>')

LINE_STYLE = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
FILLED_STYLE = 'fill="currentColor"'


class UnknownIcon(Exception):
    pass


def copy_vendor_files(source: Path = NODE_MODULES, target: Path = VENDOR) -> None:
    wanted = {Path(name).name: source / name for name in VENDOR_FILES}
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        if old.name not in wanted:
            old.unlink()
    for name, path in wanted.items():
        write_if_changed(target / name, without_source_map(path.read_bytes()))


def without_source_map(content: bytes) -> bytes:
    """The hashed storage looks for every file that another one names, and source maps are not copied."""
    return SOURCE_MAP.sub(b"", content)


def draw_sprite(root: Path = ROOT, icons: Path = NODE_MODULES / ICON_FOLDER) -> str:
    """Put every icon that the source names into one file, each as a <symbol> that <use> can show."""
    uses = dict.fromkeys(ICONS_USED_BY_NAME, "scripts/assets.py")
    uses |= {name: place for place, name in icon_uses(root)}
    symbols = "\n".join(symbol(name, icons, place) for name, place in sorted(uses.items()))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def icon_uses(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each place and the name of an icon used there."""
    for folder, pattern in SEARCHED.items():
        for path in sorted((root / folder).rglob(pattern)):
            for name in icon_names(path.read_text()):
                yield str(path.relative_to(root)), name


def icon_names(text: str) -> Iterable[str]:
    return [use["name"] for use in ICON_USE.finditer(text)]


def symbol(name: str, icons: Path, place: str) -> str:
    filled = name.endswith("-filled")
    path = icons / ("filled" if filled else "outline") / f"{name.removesuffix('-filled')}.svg"
    drawing = SVG.search(path.read_text()) if path.is_file() else None
    if drawing is None:
        raise UnknownIcon(f'{place}: Tabler has no icon "{name}".')
    shapes = " ".join(INVISIBLE_FRAME.sub("", drawing["inside"]).split())
    style = FILLED_STYLE if filled else LINE_STYLE
    return f'<symbol id="{name}" viewBox="0 0 24 24" {style}>{shapes}</symbol>'


def write_if_changed(path: Path, content: bytes) -> None:
    """Leave an unchanged file alone, so that what depends on it need not be made again."""
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)


def main() -> None:
    copy_vendor_files()
    write_if_changed(SPRITE, draw_sprite().encode())


if __name__ == "__main__":
    try:
        main()
    except UnknownIcon as error:
        sys.exit(str(error))
