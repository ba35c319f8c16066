"""The fields of a row and its links as its history shows them: called as the forms call them, in the reader's words."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import pgettext

from plans.history.names import Names, Target
from plans.plan.models import Plan, PlanItem
from salesplan.lib.fields import MoneyField
from salesplan.lib.money import format_money, format_quantity
from salesplan.lib.numbers import NO_VALUE, format_number
from salesplan.templatetags.figures import day

#: Fields that keep the books, and say nothing to a reader.
BOOKS = frozenset({"id", "uid", "version", "position", "changed_at", "plan"})


def told_fields(model: type[PlanItem]) -> list[models.Field]:
    """Those whose changes say something, in the order of the model."""
    return [field for field in model.history.model.tracked_fields if field.name not in BOOKS]


def label_of(model: type[PlanItem], name: str) -> str:
    field: Any = model._meta.get_field(name)
    label = str(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name)
    return label[:1].upper() + label[1:]


def target_of(field: models.Field, value: Any) -> Target | None:
    """The row that the value of a field points at."""
    return (field.related_model, value) if field.is_relation and value is not None else None  # type: ignore[return-value]


def linked_model(model: type[PlanItem], link: str) -> Any:
    return model._meta.get_field(link).related_model


def in_words(field: models.Field, record: Any, plan: Plan, names: Names) -> str:
    """The value of a field in a record, or in the row itself."""
    value = getattr(record, field.attname)
    if value is None or value == "":
        return NO_VALUE
    if target := target_of(field, value):
        return names.of(*target)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(field, value, record, plan)


def _plain(field: models.Field, value: Any, record: Any, plan: Plan) -> str:
    if say := getattr(field, "in_words", None):  # a field that is not kept as it is read
        return say(value, plan)
    match value:
        case bool():
            return pgettext("answer", "yes") if value else pgettext("answer", "no")
        case dt.date() if not isinstance(value, dt.datetime):
            return day(value, plan)
        case Decimal():
            if isinstance(field, MoneyField):
                return format_money(value, plan.currency)
            return format_quantity(value, getattr(record, "unit", ""))
        case int():
            return format_number(value)
        case list() | dict() if hasattr(field, "told"):
            return field.told(value)
    return str(value)


def links_in_words(model: type[PlanItem], link: str, pks: Iterable[int], names: Names) -> str:
    linked = linked_model(model, link)
    return ", ".join(sorted(names.of(linked, pk) for pk in pks)) or NO_VALUE


def pieces_of(field: models.Field, old: Any, new: Any) -> list[tuple[str, str]]:
    """What to read of a long text; of everything else both values are read."""
    return word_by_word(old, new) if isinstance(field, models.TextField) and old and new else []


#: Beyond so many words comparing takes longer than reading both.
MOST_WORDS = 4000


def word_by_word(old: str, new: str) -> list[tuple[str, str]]:
    """What to read of a long text: ("", the same), ("del", taken out), ("ins", put in), the same cut short."""
    before, after = (re.findall(r"\s*\S+", text) for text in (old, new))
    if len(before) + len(after) > MOST_WORDS:
        return [("del", old), ("ins", new)]
    pieces = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("", _shortened(before[i1:i2])))
            continue
        pieces += [(mark, "".join(words)) for mark, words in (("del", before[i1:i2]), ("ins", after[j1:j2])) if words]
    return pieces


#: So many words stand before and after a change of a long text.
AROUND = 8


def _shortened(words: list[str]) -> str:
    if len(words) <= 2 * AROUND:
        return "".join(words)
    return f"{''.join(words[:AROUND])} … {''.join(words[-AROUND:])}"
