"""The talk about one action: on the action's page, and a page of its own without JavaScript."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse

from plans.actions.models import Action
from plans.items.section import Section
from plans.plan.models import Plan
from plans.talk.forms import CommentForm
from plans.talk.mentions import as_html
from plans.talk.models import Comment
from plans.talk.watching import watchers_of
from salesplan.lib.htmx import HtmxHttpRequest

#: Of a long talk the end is shown, and the rest with ?all.
MOST = 40


@dataclass(frozen=True)
class TalkPanel(Section):
    action_id: int = 0

    def url(self, plan: Plan) -> str:
        return reverse(self.url_name, args=[self.action_id])


def panel_of(action: Action) -> TalkPanel:
    context = partial(_context, action=action)
    return TalkPanel("plans:action_talk", "plans/talk/talk.html", "talk", context, action_id=action.pk)


def _context(request: HtmxHttpRequest, plan: Plan, *, action: Action) -> dict[str, Any]:
    can_edit = plan.lets(plan.my_role, Comment)
    latest = Comment.objects.filter(action=action).select_related("author").order_by("-written_at", "-pk")
    comments = list(latest if "all" in request.GET else latest[: MOST + 1])
    earlier = "all" not in request.GET and len(comments) > MOST
    comments = comments[:MOST][::-1] if earlier else comments[::-1]
    for comment in comments:
        comment.html = as_html(comment.text, comment.mentions, plan)
        comment.is_mine = comment.author_id == request.user.pk
    watchers = [member.user for member in watchers_of(action)]
    return {
        "action": action,
        "comments": comments,
        "earlier": earlier,
        "can_edit": can_edit,
        "form": CommentForm(plan=plan, parent=action) if can_edit else None,
        "watchers": watchers,
        "watching": request.user.pk in {user.pk for user in watchers},
    }
