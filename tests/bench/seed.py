"""Fills an empty, migrated database for the benchmark and prints where to look (JSON).

A plan as large as plans usually get, one far smaller and one far larger to compare, among two hundred of other
companies, so that indexes matter.
"""

import datetime as dt
import json
import random

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from accounts.models import User
from accounts.roles import Role as WorkspaceRole
from kpis.models import Kpi, Reading
from plans.actions.health_keeping import judge_plan
from plans.models import Action, Allocation, BudgetEntry, BudgetLine, Objective, Plan, Role
from tests.factories import (
    KpiFactory,
    MembershipFactory,
    ObjectiveFactory,
    PlanFactory,
    RoleFactory,
    TeamFactory,
    UserFactory,
    WorkspaceFactory,
)

EMAIL, PASSWORD = "director@example.com", "bench-only-2026"
OBJECTIVES, ACTIONS, KPIS, WEEKS = 10, 1000, 12, 30
#: Objectives with 50 and with 1,000 actions: the first page of either shows one.
SMALL, LARGE = (2, 100), (10, 10_000)
OTHER_PLANS, OTHER_ACTIONS = 200, 50
VERBS = ("Launch", "Renew", "Follow up", "Exhibit at", "Prepare", "Train for", "Publish")
THINGS = ("the online campaign", "the offer for key accounts", "the spring fair", "the partner programme", "references")

chance = random.Random(1)  # noqa: S311 - the same data every time, nothing secret


def main() -> None:
    with transaction.atomic():
        plan, small, large, empty = make_plans()
        make_others()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    places = {
        "email": EMAIL,
        "password": PASSWORD,
        "sign_in": reverse("account_login"),
        "dashboard": reverse("kpis:dashboard", args=[plan.pk]),
        "checkin": reverse("kpis:checkin", args=[plan.pk]),
        "trivial": "/bench/trivial",
        "csv": reverse("plans:actions_csv", args=[large.pk]),
        "xlsx": reverse("plans:actions_xlsx", args=[large.pk]),
        "import_changed": reverse("plans:import_add", args=[large.pk]),
        "import_added": reverse("plans:import_add", args=[empty.pk]),
    }
    for name, each in {"": plan, "_small": small, "_large": large}.items():
        action = Action.objects.filter(plan=each).order_by("objective__position", "position")[20]
        places[f"action_table{name}"] = reverse("plans:actions", args=[each.pk])
        places[f"action_cell{name}"] = reverse("plans:action_cell", args=[action.pk]) + "?cell=priority"
    print(json.dumps(places))


def make_plans() -> tuple[Plan, Plan, Plan, Plan]:
    """Of one company: the usual one, a small, a large one, and one with objectives only."""
    workspace = WorkspaceFactory(name="Innovatech Solutions")
    director = UserFactory(email=EMAIL, name="Alice Martin", current_workspace=workspace)
    director.set_password(PASSWORD)
    director.save()
    roles = [WorkspaceRole.MANAGER, WorkspaceRole.MANAGER, WorkspaceRole.MEMBER, WorkspaceRole.VIEWER]
    people = [MembershipFactory(workspace=workspace, user=director).user]
    people += [MembershipFactory(workspace=workspace, role=role).user for role in roles]
    sizes = [(OBJECTIVES, ACTIONS), SMALL, LARGE, (LARGE[0], 0)]
    usual, small, large, empty = (make_plan(people, objectives=size[0], actions=size[1]) for size in sizes)
    return usual, small, large, empty


def make_plan(people: list[User], *, objectives: int, actions: int) -> Plan:
    director = people[0]
    today = timezone.localdate()
    starts_on = (today - dt.timedelta(days=240)).replace(day=1)
    ends_on = starts_on.replace(year=starts_on.year + 1) - dt.timedelta(days=1)
    plan = PlanFactory(workspace=director.current_workspace, owner=director, starts_on=starts_on, ends_on=ends_on)
    team = TeamFactory(plan=plan)
    seats = [RoleFactory(team=team, title=f"Sales role {n}", holder=person) for n, person in enumerate(people)]
    goals = [ObjectiveFactory(plan=plan, title=f"Objective {n}", position=n) for n in range(objectives)]
    made = make_actions(plan, goals, seats, number=actions)
    make_budget(plan, made, entries=300)
    make_kpis(plan, goals, made, director)
    judge_plan(plan)
    return plan


def make_actions(plan: Plan, objectives: list[Objective], seats: list[Role], *, number: int) -> list[Action]:
    actions = [make_action(plan, objectives[n * len(objectives) // number], seats, position=n) for n in range(number)]
    actions = bulk_create_with_history(actions, Action, batch_size=400)
    through = Action.supporters.through
    supported = [action for action in actions if seats and action.pk % 3 == 0]
    through.objects.bulk_create(through(action_id=action.pk, role_id=chance.choice(seats).pk) for action in supported)
    return actions


def make_action(plan: Plan, objective: Objective, seats: list[Role], *, position: int) -> Action:
    starts_on = plan.starts_on + dt.timedelta(days=chance.randrange(300))
    status = chance.choice(Action.Status.values)
    return Action(
        plan=plan,
        objective=objective,
        position=position,
        title=f"{chance.choice(VERBS)} {chance.choice(THINGS)} {position}",
        kind=chance.choice(Action.Kind.values),
        role=chance.choice(seats) if seats else None,
        starts_on=starts_on,
        deadline=starts_on + dt.timedelta(days=chance.randrange(5, 60)),
        status=status,
        done_on=starts_on if status == Action.Status.DONE else None,
        priority=chance.choice(Action.Priority.values),
        expected_return=chance.randrange(100, 50_000),
    )


def make_budget(plan: Plan, actions: list[Action], *, entries: int) -> None:
    lines = BudgetLine.objects.bulk_create(
        BudgetLine(plan=plan, name=f"Line {n}", kind=kind, planned=100_000, position=n)
        for n, kind in enumerate(BudgetLine.Kind.values * 2)
    )
    Allocation.objects.bulk_create(
        Allocation(plan=plan, line=lines[n % len(lines)], action=action, amount=chance.randrange(50, 900))
        for n, action in enumerate(actions)
        if n % 4
    )
    BudgetEntry.objects.bulk_create(
        BudgetEntry(
            plan=plan,
            line=chance.choice(lines),
            kind=chance.choice(BudgetEntry.Kind.values),
            amount=chance.randrange(50, 900),
            on=plan.starts_on + dt.timedelta(days=chance.randrange(230)),
        )
        for _ in range(entries)
    )


def make_kpis(plan: Plan, objectives: list[Objective], actions: list[Action], owner: User) -> None:
    kpis = [
        KpiFactory(
            plan=plan,
            objective=objectives[n % len(objectives)],
            name=f"KPI {n}",
            owner=owner,
            on_dashboard=n < 6,
            position=n,
        )
        for n in range(KPIS)
    ]
    monday = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())
    Reading.objects.bulk_create(
        Reading(
            plan=plan,
            kpi=kpi,
            period=monday - dt.timedelta(weeks=week),
            value=2 + chance.random(),
            entered_by=owner,
            entered_at=timezone.now() - dt.timedelta(weeks=week),
        )
        for kpi in kpis[:10]
        for week in range(1, WEEKS + 1)
    )
    through = Kpi.actions.through
    through.objects.bulk_create(
        through(kpi_id=kpis[n % KPIS].pk, action_id=action.pk) for n, action in enumerate(actions) if n % 2
    )


def make_others() -> None:
    for number in range(OTHER_PLANS):
        workspace = WorkspaceFactory(name=f"Company {number}")
        MembershipFactory(workspace=workspace)
        plan = PlanFactory(workspace=workspace)
        objective = ObjectiveFactory(plan=plan)
        actions = [make_action(plan, objective, [], position=n) for n in range(OTHER_ACTIONS)]
        make_budget(plan, Action.objects.bulk_create(actions), entries=20)


if __name__ == "__main__":
    main()
