"""Several actions in a sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: More than these are counted.
MOST = 5


def named(titles: Sequence[str]) -> str:
    """“Exhibit in Lyon”, “Call lost accounts” and 4 more."""
    words = ", ".join(_("“%(item)s”") % {"item": title} for title in titles[:MOST])
    more = len(titles) - MOST
    if more <= 0:
        return words
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more) % {
        "names": words,
        "count": more,
    }
