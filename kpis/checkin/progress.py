"""How many lines of a check-in are in, as HTML: drawn with every line that is saved, and so not by a template."""

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from salesplan.templatetags.figures import day

if TYPE_CHECKING:
    from kpis.checkin.page import CheckinPage

PROGRESS = (
    '<div class="prog9" id="ci-progress"{oob} data-done="{done}" data-due="{due}"{week}>'
    '<svg viewBox="0 0 {width} 6" preserveAspectRatio="none" aria-hidden="true">{pieces}</svg>'
    '<span class="s13 num" role="status"><b class="b">{count}</b> <span class="mute">{words}</span></span></div>\n'
)
PIECE = '<rect class="f-{}" x="{}" width="94" height="6"/>'


def progress_html(page: "CheckinPage", *, oob: bool = False) -> SafeString:
    """`oob`: it takes its place on a page that is there already."""
    done, due = page.count.done, page.count.due
    count = escape(_("%(done)s of %(due)s") % {"done": done, "due": due})
    words = [_("answered.")]
    if page.wrong:
        words.append(ngettext("%(count)s to check.", "%(count)s to check.", page.wrong) % {"count": page.wrong})
    if page.is_now and done < due:
        words.append(_("Due by %(day)s.") % {"day": day(page.due_on)})
    html = PROGRESS.format(
        oob=' hx-swap-oob="true"' if oob else "",
        done=done,
        due=due,
        week=f' data-week="{count}"' if page.is_now and not page.plan else "",
        width=max(due * 100 - 6, 1),
        pieces="".join(PIECE.format(1 if number < done else 3, number * 100) for number in range(due)),
        count=count,
        words=escape(" ".join(words)),
    )
    return mark_safe(html)  # noqa: S308 - numbers, and words that were escaped
