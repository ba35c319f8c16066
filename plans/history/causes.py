"""How a change came about, where it was not one row saved by hand: kept as a mark, said in the reader's language."""

import datetime as dt

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOGETHER = "together"
TAKEN_BACK = "taken back"
PASTED = "pasted"
RESTORED = "restored "

WORDS: dict[str, str | Promise] = {
    TOGETHER: gettext_lazy("together with other actions"),
    PASTED: gettext_lazy("pasted from a table"),
    TAKEN_BACK: gettext_lazy("took a change of several actions back"),
}


def restored(moment: dt.datetime) -> str:
    """The mark of a version that brought the state of that moment back."""
    return RESTORED + moment.isoformat()


def said(mark: str | None) -> str:
    """In words; what is no mark of ours is said as it is."""
    mark = mark or ""
    moment = parse_datetime(mark.removeprefix(RESTORED)) if mark.startswith(RESTORED) else None
    if moment:
        return _("restored the state of %(when)s") % {"when": moment_in_words(moment)}
    return str(WORDS.get(mark, mark))


def moment_in_words(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
