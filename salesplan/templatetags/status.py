"""Where an action or a plan stands: icon and word together, a tint only for exceptions."""

from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from salesplan.lib.icons import icon

register = template.Library()


@dataclass(frozen=True)
class Look:
    """How a status is shown; `css` is a class of .stt in parts.css."""

    css: str
    icon: str
    word: str | Promise


STATUSES = {
    "not_started": Look("todo", icon="circle-dashed", word=_("Not started")),
    "in_progress": Look("prog", icon="progress", word=_("In progress")),
    "at_risk": Look("risk", icon="alert-triangle", word=_("At risk")),
    "blocked": Look("block", icon="octagon-minus", word=_("Blocked")),
    "done": Look("done", icon="circle-check", word=_("Done")),
    "cancelled": Look("todo", icon="circle-x", word=_("Cancelled")),
    "overdue": Look("over", icon="clock-exclamation", word=_("Overdue")),
    "draft": Look("draft", icon="pencil", word=_("Draft")),
    "active": Look("exec", icon="player-play", word=_("In execution")),
    "closed": Look("draft", icon="lock", word=_("Closed")),
    "archived": Look("draft", icon="archive", word=_("Archived")),
}


@register.simple_tag
def status(value, label=""):
    """Show a status; `label` says more than its word does: {% status "overdue" _("Overdue, 48 days") %}."""
    return _status(str(value), str(label), get_language())


@lru_cache(maxsize=1024)
def _status(value: str, label: str, language: str):
    look = STATUSES[value]
    return format_html('<span class="stt {}">{}{}</span>', look.css, icon(look.icon), label or look.word)
