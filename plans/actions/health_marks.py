"""Health as it stands beside a status: only where there is something to say, in a word, a shape and the reason."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plans.actions.health import AT_RISK, OFF_TRACK, ON_TRACK, Reason, disagrees
from plans.actions.health_words import reason_words
from plans.actions.models import Action

#: The mark is bare when at risk: many rows have one. What is on track is said only to an owner who says otherwise.
CSS = {OFF_TRACK: " class=off", AT_RISK: "", ON_TRACK: " class=well"}
#: "3 days late", "in 3 days": plans/actions/table.py, due_note.
SAID = {"late", "soon"}
#: Beside the word, so that it is not told by colour alone; the same shapes as in static/css/health.css.
SHAPES = {OFF_TRACK: "▼", AT_RISK: "▲"}
#: Read aloud it says that what stands before and after it differ.
DIFFERS = "≠ "


def health_mark(row: Mapping[str, Any], today: dt.date) -> SafeString:
    """`row` are values of an action: status, health, health_reasons. The reason shows on pointing at the cell."""
    status, health = row["status"], row["health"]
    differs = disagrees(status, health)
    if not differs and health not in SHAPES:
        return SafeString("")
    word = (DIFFERS if differs else "") + _labels(get_language() or "")[health]
    why = _why(row["health_reasons"], today)
    reason = f"<i> {escape(why)}</i>" if why else ""
    return mark_safe(f"<b{CSS[health]}>{word}{reason}</b>")  # noqa: S308 - ours, or escaped


def health_says(row: Mapping[str, Any], today: dt.date) -> str:
    """The same in words alone, for a picture's description; nothing where there is no mark."""
    health = row["health"]
    if not disagrees(row["status"], health) and health not in SHAPES:
        return ""
    word, why = str(Action.Health(health).label), _why(row["health_reasons"], today)
    return _("%(health)s: %(reason)s") % {"health": word, "reason": why} if why else word


def _why(reasons: Sequence[Reason], today: dt.date) -> str:
    """The worst alone, for it decides; nothing when it is said of the deadline already, wherever that is shown."""
    return reason_words(reasons[0], today) if reasons and reasons[0]["code"] not in SAID else ""


def ill_css(health: str) -> str:
    return {OFF_TRACK: "off", AT_RISK: "risk"}.get(health, "")


def ill_label(health: str) -> str:
    """A shape and a word, for a drawing."""
    return f"{SHAPES[health]} {Action.Health(health).label}" if health in SHAPES else ""


@lru_cache(maxsize=8)
def _labels(language: str) -> dict[str, str]:
    """`language` is part of the key."""
    return {value: escape(str(label)) for value, label in Action.Health.choices}
