"""Rows of a moment, put together: what they point at, what they add up to, and how KPIs and objectives stood."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import fields
from decimal import Decimal
from typing import Any

from accounts.models import User
from kpis.kpi.computing import Computing, Values
from kpis.kpi.models import Kpi
from kpis.kpi.objective_health import by_objective, health_of
from kpis.kpi.progress import KpiProgress, measure
from kpis.kpi.rules import Rules
from kpis.readings.models import Reading
from kpis.snapshots.rows import Row, Rows
from kpis.snapshots.state import (
    ActionState,
    KpiState,
    LineState,
    ObjectiveState,
    Person,
    PlanFacts,
    PlanState,
    RoleState,
)
from plans.actions.models import Action
from plans.budget.models import Adjustment, Allocation, BudgetEntry, BudgetLine
from plans.budget.queries import LineFigures
from plans.objectives.models import Milestone, Objective
from plans.plan.models import Plan
from plans.team.models import Role, Team

ZERO = Decimal(0)
#: Columns that name a person.
PEOPLE: dict[type, str] = {
    Plan: "owner_id",
    Objective: "owner_id",
    Kpi: "owner_id",
    Action: "person_id",
    Role: "holder_id",
}


def state_from(rows: Rows, plan: Plan, moment: dt.datetime) -> PlanState | None:
    """None where there was no plan yet. One question: what people are called."""
    return Building(rows, plan, moment).state() if rows.of[Plan] else None


class Building:
    def __init__(self, rows: Rows, plan: Plan, moment: dt.datetime):
        self.rows, self.of = rows, rows.of
        self.on = moment.astimezone(plan.workspace.zone).date()
        self.plan = self._plan_then(plan)
        self.people = self._people()
        self.progress = self._progress()

    def state(self) -> PlanState:
        return PlanState(
            on=self.on,
            plan=_made(PlanFacts, self.of[Plan][self.plan.pk], owner=self._person(self.plan.owner_id)),
            objectives=tuple(self._objectives()),
            kpis=tuple(self._kpi(row) for row in self.of[Kpi].values()),
            actions=tuple(self._actions()),
            lines=tuple(self._lines()),
            roles=tuple(self._role(row) for row in self.of[Role].values()),
        )

    def _plan_then(self, plan: Plan) -> Plan:
        then = Plan(**self.of[Plan][plan.pk], workspace=copy(plan.workspace))
        for name, value in (self.rows.rules[1] if self.rows.rules else {}).items():
            setattr(then.workspace, name, value)
        return then

    def _people(self) -> dict[int, Person]:
        """Who was deleted altogether is nobody, as in the plan itself."""
        pks = {row[column] for model, column in PEOPLE.items() for row in self.of[model].values()} - {None}
        return {user.pk: Person(user.pk, str(user)) for user in User.objects.filter(pk__in=pks).only("name", "email")}

    def _person(self, pk: int | None) -> Person | None:
        return self.people.get(pk) if pk else None

    def _there(self, model: type, pk: int | None) -> int | None:
        """A link goes when what it led to is deleted, and is back with it; no version of the row says so."""
        return pk if pk in self.of[model] else None

    # Objectives and KPIs

    def _progress(self) -> dict[int, KpiProgress]:
        """As the pages of today would show it on that day, of the values that were known."""
        kpis = {pk: Kpi(**self._kept(row), plan=self.plan) for pk, row in self.of[Kpi].items()}
        entered: dict[int, Values] = defaultdict(dict)
        for row in sorted(self.of[Reading].values(), key=lambda row: row["period"]):
            kpi = kpis.get(row["kpi_id"])
            if kpi and not kpi.is_computed and row["period"] <= kpi.period_on(self.on):
                entered[kpi.pk][row["period"]] = row["value"]
        computing = Computing(kpis, entered)
        computing.add(kpis.values(), latest={})
        values = computing.values
        return {pk: measure(kpi, values.get(pk, {}), self.on) for pk, kpi in kpis.items()}

    def _kept(self, row: Row) -> Row:
        return row | {"objective_id": self._there(Objective, row["objective_id"])}

    def _objectives(self) -> Iterable[ObjectiveState]:
        kpis = by_objective(self.progress.values())
        rules = Rules.of_company(self.plan.workspace)
        milestones: dict[int, list[Row]] = defaultdict(list)
        for row in self.of[Milestone].values():
            milestones[row["objective_id"]].append(row)
        for pk, row in self.of[Objective].items():
            mine = milestones[pk]
            yield _made(
                ObjectiveState,
                row,
                owner=self._person(row["owner_id"]),
                status=health_of(row["kpi_rule"], kpis.get(pk, []), rules).status,
                reached=sum(milestone["done_on"] is not None for milestone in mine),
                milestones=len(mine),
            )

    def _kpi(self, row: Row) -> KpiState:
        progress = self.progress[row["id"]]
        return _made(
            KpiState,
            row,
            objective=self._there(Objective, row["objective_id"]),
            owner=self._person(row["owner_id"]),
            path_points=tuple(row["path_points"]),
            value=progress.value,
            last_period=progress.last_period,
            expected=progress.pace.expected,
            status=progress.status,
        )

    # Actions and who answers for them

    def _actions(self) -> Iterable[ActionState]:
        budget = _sums(self.of[Allocation].values(), "action_id")
        for pk, row in self.of[Action].items():
            person, role = self._person(row["person_id"]), self._there(Role, row["role_id"])
            yield _made(
                ActionState,
                row,
                objective=row["objective_id"],
                person=person,
                role=role,
                who=person.name if person else self._who(role),
                budget=budget[pk],
                supporters=self._linked("supporters", pk, Role),
                kpis=self._linked("kpis", pk, Kpi),
                waits_for=self._linked("waits_for", pk, Action),
            )

    def _linked(self, name: str, action: int, model: type) -> tuple[int, ...]:
        links = self.rows.links[name]
        return tuple(sorted(pk for pk in links[action] if pk in self.of[model])) if action in links else ()

    def _who(self, role: int | None) -> str:
        if role is None:
            return ""
        state = self._role(self.of[Role][role])
        return state.held_by or state.title

    def _role(self, row: Row) -> RoleState:
        team = self.of[Team].get(row["team_id"], {"name": ""})["name"]
        return _made(RoleState, row, team=team, holder=self._person(row["holder_id"]))

    # Money

    def _lines(self) -> Iterable[LineState]:
        adjustments, entries = self.of[Adjustment].values(), self.of[BudgetEntry].values()
        moved_in, moved_out = _sums(adjustments, "to_line_id"), _sums(adjustments, "from_line_id")
        ordered = _sums((row for row in entries if row["kind"] == BudgetEntry.Kind.COMMITTED), "line_id")
        spent = _sums((row for row in entries if row["kind"] == BudgetEntry.Kind.SPENT), "line_id")
        allocated = _sums(self.of[Allocation].values(), "line_id")
        for pk, row in self.of[BudgetLine].items():
            sums = (moved_in[pk], moved_out[pk], ordered[pk], spent[pk], allocated[pk])
            figures = LineFigures(BudgetLine(**row), row["planned"], *sums)
            yield LineState(
                pk,
                row["name"],
                row["kind"],
                figures.planned,
                figures.adjusted,
                figures.committed,
                figures.spent,
                figures.allocated,
            )


def _made(kind: type, row: Row, **more: Any) -> Any:
    """What the row says by the same name is taken over."""
    given = {"pk": row["id"], **row, **more}
    return kind(**{each.name: given[each.name] for each in fields(kind)})


def _sums(rows: Iterable[Row], key: str) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        sums[row[key]] += row["amount"]
    return sums
