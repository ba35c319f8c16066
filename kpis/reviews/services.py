"""Deeds done to a review and to what it decides."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from kpis.reviews.agenda import agenda_of
from kpis.reviews.models import AgendaItem, Decision, Review
from kpis.reviews.points import shortened
from kpis.reviews.queries import last_closed
from kpis.snapshots.models import Snapshot
from kpis.snapshots.services import take_snapshot
from plans.actions.models import TITLE_LENGTH, Action
from plans.actions.services import add_action
from plans.goalposts.models import MovedGoalpost
from plans.objectives.models import Objective
from plans.plan.models import Plan
from plans.plan.records import changes_of_links


def open_review_of(plan: Plan, kind: str) -> Review | None:
    return Review.objects.in_plan(plan).filter(kind=kind, closed_at=None).first()


@transaction.atomic
def start_review(plan: Plan, *, kind: str, by: Any, participants: Iterable[User], now: dt.datetime) -> Review:
    """The review with its agenda as the plan stands now. One of the kind that is open already is a database error:
    whoever starts looks for it before.
    """
    today = now.astimezone(plan.workspace.zone).date()
    before, last = last_closed(plan, kind=kind), last_closed(plan)
    since = before.started_at if before else plan.approved_at
    people = [user.pk for user in participants]
    review = Review(plan=plan, kind=kind, on=today, started_at=now, started_by=by, since=since)
    review.changed_links = changes_of_links({}, {"participants": people})
    review.save()
    review.participants.set(people)
    points = shortened(agenda_of(plan, today, since=since, last=last))
    items = [point.item(place) for place, point in enumerate(points)]
    for item in items:
        item.review, item.plan = review, plan
    AgendaItem.objects.bulk_create(items)
    return review


@transaction.atomic
def close_review(review: Review, *, by: Any, now: dt.datetime, next_on: dt.date | None) -> None:
    """Its minutes stand from now on, with a snapshot of the plan. Closed already, it stays so."""
    if not review.is_open:
        return
    review.closed_at, review.closed_by, review.next_on = now, by, next_on
    review.closings += 1
    uid = uuid.uuid5(review.uid, str(review.closings))
    review.snapshot = take_snapshot(review.plan, by, str(review), Snapshot.Kind.REVIEW, uid=uid)
    review.save()


@transaction.atomic
def reopen_review(review: Review, *, reason: str) -> None:
    """Another one of its kind that is open is a database error: whoever reopens looks for it before."""
    review.closed_at = review.closed_by = None
    review._change_reason = reason  # type: ignore[attr-defined]
    review.save()


@transaction.atomic
def make_action(decision: Decision, *, objective: Objective, by: Any) -> Action:
    """An action of the decision, in its owner's hands and due when it is. Asked for twice, there is one."""
    if decision.action:
        return decision.action
    words = _("Decided in: %(review)s") % {"review": decision.item.review}
    decision.action = add_action(
        objective,
        title=Truncator(" ".join(decision.text.split())).chars(TITLE_LENGTH),
        description=decision.text if len(decision.text) > TITLE_LENGTH else "",
        origin=words,
        person=decision.owner,
        deadline=decision.due_on,
    )
    decision.save()
    return decision.action


def reason_of(decision: Decision) -> str:
    """Why a goalpost moves, where the decision moves it: said for whoever edits it, and kept with the move."""
    length = MovedGoalpost._meta.get_field("reason").max_length
    words = f"{decision.item.review}: {' '.join(decision.text.split())}"
    return Truncator(words).chars(length or 500)


@transaction.atomic
def settle(decision: Decision, *, on: dt.date | None) -> None:
    """Tick it off on a day, or take that back; said twice, the first day stays."""
    if bool(decision.done_on) != bool(on):
        decision.done_on = on
        decision.save()
