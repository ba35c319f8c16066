"""Where things are, and what templates may not contain."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import get_resolver

from tests.architecture.conftest import OUR_APPS

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
CODE = sorted(path for folder in (*OUR_APPS, "salesplan") for path in (ROOT / folder).rglob("*.py"))

#: What the content security policy refuses, and what would be read as code.
FORBIDDEN = {
    "a script between its tags": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style", re.IGNORECASE),
    "a script in an address": re.compile(r"javascript:", re.IGNORECASE),
    "htmx that is evaluated": re.compile(r"\shx-(?:on|vals\s*=\s*.js:)", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe\b"),
}
#: (template, what) that is needed, and why.
ALLOWED = {
    ("frame/chart_style.html", "a style element"): "the empty one, with its nonce, that Plotly fills",
}
#: Django and allauth look these up by name.
LOOKED_UP = ("400.html", "403.html", "404.html", "500.html", "allauth/", "account/", "mfa/", "usersessions/", "django/")


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_hold_nothing_the_browser_would_run(what):
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in PAGES
        for match in FORBIDDEN[what].finditer(path.read_text())
        if (name_of(path), what) not in ALLOWED
    ]

    assert found == []


def test_a_template_is_a_page_or_used_by_one():
    """A page extends another; everything else is named somewhere, or nobody needs it."""
    everything = "\n".join(path.read_text() for path in (*PAGES, *CODE, *TEMPLATES.rglob("*.txt")))
    unused = [
        name_of(path)
        for path in PAGES
        if not name_of(path).startswith(LOOKED_UP) and f"{name_of(path)}" not in everything
    ]

    assert unused == []


def test_every_address_a_template_asks_for_exists():
    """With `as` a name nobody has is empty, and what hangs on it never shows."""
    asked = {name for path in PAGES for name in re.findall(r"""\{% url ["']([\w:-]+)["']""", path.read_text())}

    assert sorted(name for name in asked if not exists(name)) == []


def exists(name: str) -> bool:
    resolver = get_resolver()
    *namespaces, name = name.split(":")
    for namespace in namespaces:
        resolver = resolver.namespace_dict[namespace][1]
    return bool(resolver.reverse_dict.getlist(name))


def test_only_the_base_and_that_of_shared_links_begin_a_document():
    assert {name_of(path) for path in PAGES if "<html" in path.read_text()} == {"base.html", "kpis/sharing/base.html"}


def rooms() -> list[Path]:
    """Folders with views: each shows something, and so has tests."""
    return sorted({path.parent for app in OUR_APPS for path in (ROOT / app).glob("*/*views.py")})


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(ROOT)))
def test_every_room_has_tests_in_the_same_place(room):
    tests = ROOT / "tests" / room.relative_to(ROOT)

    assert list(tests.glob("test_*.py")) != []


def test_an_import_inside_a_function_says_why():
    """Style: at the top of the file, unless there is a reason, which stands beside it or above."""
    # ready() of an app imports what must not be loaded before it: that is what it is for.
    files = [path for path in CODE if path.name != "apps.py"]
    silent = [f"{path.relative_to(ROOT)}:{line}" for path in files for line in _silent_imports(path)]

    assert silent == []


def _silent_imports(path: Path) -> list[int]:
    source = path.read_text()
    lines = source.splitlines()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    imports = [node for function in functions for node in ast.walk(function) if isinstance(node, _IMPORT)]
    return [node.lineno for node in imports if not _heavy(node) and not _reason(lines, node.lineno)]


def _reason(lines: list[str], number: int) -> bool:
    """A comment on the line or above it, or the function's docstring right above."""
    line, above = lines[number - 1], lines[number - 2]
    return "#" in line or "#" in above or above.rstrip().endswith('"""')


_IMPORT = (ast.Import, ast.ImportFrom)
HEAVY = {"pandas", "statsmodels", "weasyprint", "openpyxl", "xlsxwriter", "icalendar", "pptx"}


def _heavy(node: ast.Import | ast.ImportFrom) -> bool:
    """Libraries that cost more to import than everything else: always inside (docs/architecture.md)."""
    module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
    return (module or "").split(".")[0] in HEAVY
