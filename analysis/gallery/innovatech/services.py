"""Innovatech Solutions comes to life in a workspace: its plan on paper, then eight months of it."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, Workspace
from analysis.gallery.innovatech import people
from analysis.gallery.innovatech.backdating import backdate
from analysis.gallery.innovatech.course import COURSES, REACHED, SPENDING, TRANSFERS, WAITS
from analysis.gallery.innovatech.feedback import fill_feedback, measure_feedback
from analysis.gallery.innovatech.goalposts import aim_higher, move_goalposts
from analysis.gallery.innovatech.plan import INNOVATECH, KEY
from analysis.gallery.innovatech.readings import fill_readings
from analysis.gallery.innovatech.record import record_course
from analysis.gallery.innovatech.review import hold_review
from analysis.gallery.innovatech.selling import fill_selling
from analysis.gallery.innovatech.situation import fill_situation
from analysis.gallery.innovatech.talk import fill_talk
from analysis.gallery.services import start_plan
from kpis.alerts.judging import judge_alerts
from kpis.models import Kpi
from plans.budget.services import transfer
from plans.models import Action, BudgetEntry, BudgetLine, Capacity, Objective, Plan, Role, TimeAway
from plans.objectives.services import reach_milestone
from plans.plan.services import change_status
from plans.raci.services import Change, give_part

#: Today lies in this month of the plan.
MONTH = 8

type Cast = Mapping[str, User]


@transaction.atomic
def load_innovatech(workspace: Workspace, *, cast: Cast, today: dt.date, currency: str = "EUR") -> Plan:
    """The example in `workspace`, in the language that is active; the one that is there stays as it is.

    `cast` has the users behind "director", "manager" and "member"; one user may be all three.
    """
    found = Plan.objects.filter(workspace=workspace, template_key=KEY).first()
    if found:
        return found
    began = timezone.now()
    starts_on = first_of_month(today, -(MONTH - 1))
    plan = start_plan(
        INNOVATECH,
        workspace=workspace,
        owner=cast["director"],
        name=_("Sales growth plan %(year)d") % {"year": starts_on.year},
        starts_on=starts_on,
        ends_on=first_of_month(starts_on, 12) - dt.timedelta(days=1),
        currency=currency,
    )
    fill_profile(plan)
    fill_team(plan, cast)
    fill_capacity(plan, cast, today=today)
    fill_selling(plan)
    fill_situation(plan, today=today)
    fill_course(plan, cast, today=today)
    fill_budget(plan, cast["director"], today=today)
    kpis = hand_over_kpis(plan, cast)
    fill_readings(kpis, today=today)
    measure_feedback(plan)
    aim_higher(kpis)
    change_status(plan, to=Plan.Status.ACTIVE, by=cast["director"])
    move_goalposts(plan, kpis, by=cast["director"], today=today)
    backdate(plan, began=began)
    hold_review(plan, cast, today=today)
    noon = dt.datetime.combine(today, dt.time(12), workspace.zone)
    judge_alerts(plan.pk, now=timezone.now() if today == workspace.today else noon, tell=False)
    return plan


def first_of_month(day: dt.date, months: int) -> dt.date:
    """The first of the month `months` after the one of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def fill_profile(plan: Plan) -> None:
    profile = plan.companyprofile_set.get()
    profile.company_name = "Innovatech Solutions"
    profile.sector = _("Data platforms for mid-size firms")
    profile.size, profile.founded_in, profile.cash_position = "medium", 2009, "sound"
    profile.annual_sales = Decimal(1_670_000)
    profile.note = _("Twelve people sell, three of them in the field. Half of the sales come from renewals.")
    profile.save()


def fill_team(plan: Plan, cast: Cast) -> None:
    """Who holds which role, who owes which KPI, who has which part in what."""
    roles = dict(zip(people.HOLDERS, Role.objects.in_plan(plan).order_by("team__position", "position"), strict=True))
    for key, holder in people.HOLDERS.items():
        role = roles[key]
        role.holder, role.holder_name = cast.get(holder), "" if holder in cast else holder
        role.save()
    objectives = list(Objective.objects.in_plan(plan))
    for number, key, part in people.RACI:
        give_part(Change(roles[key], objectives[number], part))
    for number, owner in ((1, "manager"), (2, "manager"), (3, "manager")):
        objectives[number].owner = cast[owner]
        objectives[number].save()


def fill_capacity(plan: Plan, cast: Cast, *, today: dt.date) -> None:
    """One user may be all three of the cast: she has the hours of the first, and each time away."""
    rows: dict[str, Capacity] = {}
    for key, hours in people.HOURS.items():
        person = cast.get(key)
        who = str(person or key)
        if who not in rows:
            name = "" if person else key
            rows[who] = Capacity.objects.create(
                plan=plan, person=person, name=name, hours=Decimal(hours), position=len(rows)
            )
    for key, first, last, hours in people.AWAY:
        TimeAway.objects.create(
            capacity=rows[str(cast.get(key) or key)],
            starts_on=today + dt.timedelta(days=first),
            ends_on=today + dt.timedelta(days=last),
            hours=Decimal(hours),
        )


def fill_course(plan: Plan, cast: Cast, *, today: dt.date) -> None:
    objectives = list(Objective.objects.in_plan(plan))
    actions = {
        (number, place): action
        for number, objective in enumerate(objectives)
        for place, action in enumerate(Action.objects.filter(objective=objective))
    }
    for where, course in COURSES.items():
        record_course(actions[where], course, drafted_on=plan.starts_on, today=today, by=cast["manager"])
    for waiting, awaited in WAITS:
        actions[waiting].waits_for.add(actions[awaited])
    fill_talk(actions, cast, today=today)
    fill_feedback(plan, actions, cast, today=today)
    for number, place, days in REACHED:
        reach_milestone(objectives[number].milestones.all()[place], on=today + dt.timedelta(days=days))


def fill_budget(plan: Plan, director: User, *, today: dt.date) -> None:
    names = {str(line.name): line.key for line in INNOVATECH.lines}
    lines = {names[line.name]: line for line in BudgetLine.objects.in_plan(plan)}
    for source, to, amount, reason, days in TRANSFERS:
        on = today + dt.timedelta(days=days)
        transfer(
            plan,
            amount=Decimal(amount),
            reason=str(reason),
            on=on,
            by=director,
            from_line=lines[source],
            to_line=lines[to],
        )
    for key, spending in SPENDING.items():
        entry = {"line": lines[key], "note": str(spending.note)}
        BudgetEntry.objects.create(
            kind="committed", amount=spending.committed, on=today - dt.timedelta(days=170), **entry
        )
        half = spending.spent // 2
        BudgetEntry.objects.create(kind="spent", amount=half, on=today - dt.timedelta(days=120), **entry)
        BudgetEntry.objects.create(
            kind="spent", amount=spending.spent - half, on=today - dt.timedelta(days=30), **entry
        )


def hand_over_kpis(plan: Plan, cast: Cast) -> dict[str, Kpi]:
    """The KPIs by their key, each with the one who owes it."""
    keys = [kpi.key for objective in INNOVATECH.objectives for kpi in objective.kpis]
    kpis = dict(zip(keys, Kpi.objects.in_plan(plan), strict=True))
    for who, owed in people.KPI_OWNERS.items():
        for key in owed:
            kpis[key].owner = cast[who]
            kpis[key].save()
    return kpis
