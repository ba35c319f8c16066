"""What was said to somebody and waits for her: mentions, comments, and who asks something of her."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Workspace
from kpis.home.lines import joined
from kpis.home.plans import HomePlans
from plans.notices.models import Kind, Notice
from plans.notices.words import says, title
from plans.plan.attention import Attention

#: By how pressing they are.
WEIGHTS = {Kind.NUDGE: 60, Kind.MENTION: 50, Kind.RESPONSIBLE: 30, Kind.COMMENT: 20}
#: The inbox has them all.
MOST = 30


def told(user: Any, workspace: Workspace, plans: HomePlans) -> list[Attention]:
    """Unread, of plans that are carried out: one query."""
    waiting = Notice.objects.visible_to(user).in_inbox().unread().filter(membership__workspace=workspace)
    # That somebody else became responsible asks nothing of her.
    hers = Q(kind=Kind.RESPONSIBLE, details__you=True) | Q(kind__in=(Kind.NUDGE, Kind.MENTION, Kind.COMMENT))
    newest = (
        waiting.filter(hers, Q(action__plan__in=plans.ids) | Q(plan__in=plans.ids))
        .select_related("action", "plan", "by", "comment")
        .order_by("-made_at", "-pk")[:MOST]
    )
    return [_line(notice, plans) for notice in newest]


def _line(notice: Notice, plans: HomePlans) -> Attention:
    plan = notice.action.plan_id if notice.action else 0
    # What is about a plan as a whole is called like it.
    detail = joined(says(notice), plans.said(plan) if plan else "")
    verb = _("Answer") if notice.comment_id else _("Open it")
    return Attention("said", title(notice), detail, notice.get_absolute_url(), verb, WEIGHTS[Kind(notice.kind)])
