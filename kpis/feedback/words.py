"""Scores in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.feedback.scores import NPS, Score
from salesplan.lib.numbers import format_number


def value_words(score: Score) -> str:
    """NPS 32, CSAT 75%"""
    return f"{'NPS' if score.scale == NPS else 'CSAT'} {_figure(score, score.value)}"


def interval_words(score: Score) -> str:
    """95 % between 18 and 45, n = 120"""
    words = {"low": _figure(score, score.low), "high": _figure(score, score.high), "n": format_number(score.n)}
    return _("95 %% between %(low)s and %(high)s, n = %(n)s") % words


def thin_words(score: Score) -> str:
    """Said when there are few answers; empty otherwise."""
    if not score.is_thin:
        return ""
    words = ngettext("Only one answer: read it as a hint.", "Only %(count)s answers: read it as a hint.", score.n)
    return words % {"count": format_number(score.n)}


def _figure(score: Score, value: float) -> str:
    number = format_number(round(value), 0)
    return number if score.scale == NPS else f"{number}%"
