"""The last monthly review of the example: what was said, and what was decided."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from analysis.gallery.innovatech.record import at_nine
from kpis.models import AgendaItem, Decision, Review
from kpis.reviews.calendar import proposed_day
from kpis.reviews.services import close_review, make_action, settle, start_review
from plans.models import Objective, Plan

#: It was held so many days ago, and took an hour and a half.
DAYS_AGO = 11
LENGTH = dt.timedelta(minutes=90)


@dataclass(frozen=True)
class Resolved:
    """What was said and decided about the first point of a section; `days` from the review to the day it is due."""

    section: str
    note: str | Promise
    text: str | Promise
    who: str
    days: int
    acts: bool = False
    done: bool = False


RESOLVED = (
    Resolved(
        AgendaItem.Section.PACE,
        _("The resellers ask for leads, not for brochures."),
        _("Give every reseller five leads of the trade fair, and ask after two weeks what came of them"),
        "manager",
        25,
        acts=True,
    ),
    Resolved(
        AgendaItem.Section.LATE,
        _("Waits for the signature of the CRM supplier."),
        _("Call the CRM supplier and have the contract signed"),
        "director",
        5,
        done=True,
    ),
    Resolved(
        AgendaItem.Section.OTHER,
        _("Customers who renew early pay less attention to the price."),
        _("Offer renewals three months ahead from autumn on"),
        "member",
        30,
    ),
)


def hold_review(plan: Plan, cast: Mapping[str, User], *, today: dt.date) -> Review:
    """It tells nobody: nobody held it."""
    began = at_nine(today - dt.timedelta(days=DAYS_AGO))
    people = {user.pk: user for user in cast.values()}
    review = start_review(plan, kind=Review.Kind.MONTHLY, by=cast["director"], participants=people.values(), now=began)
    first = {item.section: item for item in AgendaItem.objects.filter(review=review).order_by("-position")}
    for resolved in RESOLVED:
        _resolve(first[resolved.section], resolved, cast, review)
    for item in AgendaItem.objects.filter(review=review, talked=False)[:6]:
        _tick(item)
    next_on = proposed_day(review.kind, review.on, plan.workspace)
    close_review(review, by=cast["director"], now=began + LENGTH, next_on=next_on)
    review.history.update(history_user=cast["director"], history_date=began)
    return review


def _tick(item: AgendaItem) -> None:
    item.talked = True
    item.save()


def _resolve(item: AgendaItem, resolved: Resolved, cast: Mapping[str, User], review: Review) -> None:
    item.note = str(resolved.note)
    _tick(item)
    due = review.on + dt.timedelta(days=resolved.days)
    decision = Decision.objects.create(item=item, text=str(resolved.text), owner=cast[resolved.who], due_on=due)
    if resolved.acts:
        objective = Objective.objects.in_plan(review.plan).filter(kpis__name=item.facts["kpis"][0]["name"]).get()
        action = make_action(decision, objective=objective, by=cast["director"])
        action.history.update(history_user=cast["director"], history_date=review.started_at)
    if resolved.done:
        settle(decision, on=due)
