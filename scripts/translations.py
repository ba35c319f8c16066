"""Compiles the translations (.po to .mo) without needing gettext on the machine."""

from pathlib import Path

import polib

from scripts.paths import ROOT


def compile_changed(locale: Path = ROOT / "salesplan" / "locale") -> None:
    for source in sorted(locale.rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.is_file() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))


if __name__ == "__main__":
    compile_changed()
