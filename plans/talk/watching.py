"""Who hears of an action: whoever wants to; else whoever made it or answers for it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.models import Membership
from plans.actions.models import Action
from plans.talk.models import Watch

MEMBER = "plan__workspace__memberships"


def watchings(action_ids: Sequence[int]) -> QuerySet:
    """Actions with each member who watches them: `member`, the id of her membership, and `reader`, her own."""
    wanted = Watch.objects.filter(action=OuterRef("pk"), membership=OuterRef("member"))
    made = Action.history.filter(id=OuterRef("pk"), history_type="+").order_by("history_id")
    actions: Any = Action.objects.filter(pk__in=action_ids, **{f"{MEMBER}__user__is_active": True})
    actions = actions.annotate(member=F(MEMBER), reader=F(f"{MEMBER}__user"))
    actions = actions.annotate(wants=Subquery(wanted.values("on")[:1]), maker=Subquery(made.values("history_user")[:1]))
    takes_part = Q(person=F("reader")) | Q(role__holder=F("reader")) | Q(maker=F("reader"))
    return actions.filter(Q(wants=True) | Q(wants=None) & takes_part).order_by()


def watchers_of(action: Action) -> list[Membership]:
    members = watchings([action.pk]).values("member")
    return list(Membership.objects.filter(pk__in=members).select_related("user").order_by("user__name", "user__email"))


def watch(action: Action, membership: Membership, *, on: bool) -> None:
    Watch.objects.update_or_create(action=action, membership=membership, defaults={"on": on})


def watch_if_unsaid(action: Action, user_ids: Iterable[int]) -> None:
    """Somebody was named: she watches from now on, unless she has said that she does not want to."""
    members: Any = Membership.objects.filter(workspace=action.plan.workspace_id, user__in=user_ids)
    Watch.objects.bulk_create([Watch(action=action, membership=member) for member in members], ignore_conflicts=True)
