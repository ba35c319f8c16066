import gettext
import os

from scripts.translations import compile_changed

CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "plan"
msgstr "plan sprzedaży"

#, fuzzy
msgid "action"
msgstr "akcja?"
"""


def test_translations_are_compiled_without_the_doubtful_ones(tmp_path):
    (tmp_path / "django.po").write_text(CATALOGUE)

    compile_changed(tmp_path)

    with (tmp_path / "django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("plan") == "plan sprzedaży"
    assert catalogue.gettext("action") == "action"


def test_only_changed_translations_are_compiled_again(tmp_path):
    source = tmp_path / "django.po"
    compiled = tmp_path / "django.mo"
    source.write_text(CATALOGUE)
    compiled.write_bytes(b"newer than its source")
    os.utime(source, (1, 1))

    compile_changed(tmp_path)

    assert compiled.read_bytes() == b"newer than its source"
