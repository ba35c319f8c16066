"""Every word people read is there in Polish, whole and in the right form."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
from django.db.models.fields import BLANK_CHOICE_LABEL
from django.utils.translation import override, templatize

from tests.architecture.conftest import OUR_APPS

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "salesplan" / "locale" / "pl" / "LC_MESSAGES" / "django.po"
POLISH_FORMS = 3

#: Which arguments of each function are text; a context comes before them.
FUNCTIONS = {
    "_": (0,),
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
    "pgettext": (1,),
    "pgettext_lazy": (1,),
    "npgettext": (1, 2),
    "npgettext_lazy": (1, 2),
}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(({STRING})(?:\s*,\s*({STRING}))?(?:\s*,\s*({STRING}))?", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}")

#: Context, text in the singular, text in the plural (or nothing).
type Message = tuple[str | None, str, str | None]


@cache
def messages() -> dict[Message, str]:
    """Everything gettext would find, and where it stands."""
    found: dict[Message, str] = {}
    for folder in (*OUR_APPS, "salesplan"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                found |= dict.fromkeys(_in_python(path), str(path.relative_to(ROOT)))
    for path in sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]):
        found |= dict.fromkeys(_in_template(path), str(path.relative_to(ROOT)))
    return found


def _in_python(path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text())
    names = FUNCTIONS | _renamed(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield from _message(names[node.func.id], [_text(argument) for argument in node.args])


def _renamed(tree: ast.AST) -> dict[str, tuple[int, ...]]:
    """`from ... import gettext_lazy as _lazy` is found under its new name."""
    return {
        alias.asname: FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname and alias.name in FUNCTIONS
    }


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _in_template(path: Path) -> Iterator[Message]:
    for name, *arguments in IN_TEMPLATE.findall(templatize(path.read_text(), origin=str(path))):
        yield from _message(FUNCTIONS[name], [ast.literal_eval(text) if text else None for text in arguments])


def _message(places: tuple[int, ...], arguments: list[str | None]) -> Iterator[Message]:
    """Nothing for text that is not written where it is translated; gettext could not find it either."""
    texts = [arguments[place] if place < len(arguments) else None for place in places]
    if texts[0]:
        yield (arguments[0] if places[0] else None, texts[0], texts[1] if len(texts) > 1 else None)


@cache
def catalogue() -> dict[tuple[str | None, str], polib.POEntry]:
    entries = polib.pofile(str(CATALOGUE)) if CATALOGUE.is_file() else []
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}


def used_entries() -> list[polib.POEntry]:
    return [
        catalogue()[context, singular]
        for context, singular, _plural in messages()
        if (context, singular) in catalogue()
    ]


def test_every_text_has_its_polish():
    missing = [
        f"{place}: {singular}"
        for (context, singular, _plural), place in messages().items()
        if (entry := catalogue().get((context, singular))) is None or not entry.translated()
    ]

    assert missing == []


def test_no_translation_is_a_guess():
    assert [entry.msgid for entry in used_entries() if entry.fuzzy] == []


def test_what_is_counted_has_the_three_forms_of_polish():
    wrong = []
    for context, singular, plural in messages():
        entry = catalogue().get((context, singular))
        forms = [text for text in entry.msgstr_plural.values() if text] if entry else []
        if plural and (entry is None or entry.msgid_plural != plural or len(forms) != POLISH_FORMS):
            wrong.append(singular)

    assert wrong == []


def test_what_is_filled_in_stays_in_the_translation():
    wrong = {}
    for entry in used_entries():
        for original, text in _pairs(entry):
            missing = set(PLACEHOLDER.findall(original)) ^ set(PLACEHOLDER.findall(text))
            # "one" may be said as a word instead of a number.
            if text and missing - ({"%(count)d", "%(count)s", "%(days)s", "{count}"} if entry.msgid_plural else set()):
                wrong[entry.msgid] = text

    assert wrong == {}


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]


def test_nothing_is_translated_that_is_no_longer_said():
    known = {(context, singular) for context, singular, _plural in messages()}

    assert [entry.msgid for key, entry in catalogue().items() if key not in known] == []


# The search itself


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('_("Plan")', [(None, "Plan", None)]),
        ('ngettext("%d day", "%d days", n)', [(None, "%d day", "%d days")]),
        ('pgettext("month", "May")', [("month", "May", None)]),
        ("_(name)", []),
    ],
)
def test_texts_in_python_are_found(tmp_path, code, found):
    (tmp_path / "some.py").write_text(code)

    assert list(_in_python(tmp_path / "some.py")) == found


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('{% translate "Plan" %}', [(None, "Plan", None)]),
        ('{% translate "Anna\'s plan" %}', [(None, "Anna's plan", None)]),
        ("{% blocktranslate trimmed %}\\n  Dear {{ name }}\\n{% endblocktranslate %}", [(None, "Dear %(name)s", None)]),
        (
            "{% blocktranslate count n=n %}one{% plural %}{{ n }} plans{% endblocktranslate %}",
            [(None, "one", "%(n)s plans")],
        ),
        ('{% item_add "plans:team_add" plan.pk _("Add team") %}', [(None, "Add team", None)]),
    ],
)
def test_texts_in_templates_are_found(tmp_path, markup, found):
    (tmp_path / "some.html").write_text(markup.replace("\\n", "\n"))

    assert list(_in_template(tmp_path / "some.html")) == found


def test_what_django_puts_first_into_lists_is_polish_too():
    with override("pl"):
        assert str(BLANK_CHOICE_LABEL) == "– wybierz –"
