"""Decisions as a file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kpis.reviews.models import Decision
from kpis.reviews.words import title_of
from salesplan.lib.csv_text import BYTE_ORDER_MARK, dialect_of_reader, guard


def decision_sheet(decisions: Iterable[Decision]) -> str:
    """They know their outcome. Days are written as spreadsheets of every language read them."""
    head = [
        _("Review"),
        _("Date"),
        _("About"),
        _("Decision"),
        _("Who sees to it"),
        _("By when"),
        _("State"),
        _("Done on"),
        _("Action"),
    ]
    return BYTE_ORDER_MARK + dialect_of_reader().lines([head, *map(_row, decisions)])


def _row(decision: Decision) -> list[str]:
    review = decision.item.review
    words = [
        review.get_kind_display(),
        str(review.on),
        title_of(decision.item),
        decision.text,
        str(decision.owner or ""),
        str(decision.due_on or ""),
        str(decision.outcome.word),
        str((decision.action.done_on if decision.action else decision.done_on) or ""),
        decision.action.title if decision.action else "",
    ]
    return [guard(word) for word in words]
