"""A blueprint becomes a plan, through the same services that people use."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from accounts.models import User, Workspace
from analysis.gallery.blueprint import ActionPattern, Blueprint, KpiPattern, LinePattern, ObjectivePattern
from kpis.models import Kpi
from plans.actions.services import add_action
from plans.budget.services import allocate
from plans.models import Action, BudgetLine, Milestone, Objective, Plan, Role
from plans.plan.services import create_plan
from plans.strategy.services import ensure_stages
from plans.team.services import insert_article_structure, insert_example_communications


@transaction.atomic
def start_plan(
    blueprint: Blueprint,
    *,
    workspace: Workspace,
    owner: User | None,
    name: str,
    starts_on: dt.date,
    ends_on: dt.date,
    currency: str = "",
) -> Plan:
    """A draft with the blueprint's objectives, actions, KPIs, budget, the usual teams and the seven stages."""
    plan = create_plan(
        workspace=workspace,
        owner=owner,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        aim=blueprint.aim,
        currency=currency,
        ambition=str(blueprint.ambition),
        template_key=blueprint.key,
    )
    roles = insert_article_structure(plan)
    insert_example_communications(plan)
    ensure_stages(plan)
    lines = {line.key: _add_line(plan, line, position) for position, line in enumerate(blueprint.lines)}
    for position, pattern in enumerate(blueprint.objectives):
        add_objective(plan, pattern, position=position, roles=roles, lines=lines)
    return plan


def add_objective(
    plan: Plan,
    pattern: ObjectivePattern,
    *,
    position: int,
    roles: Mapping[str, Role],
    lines: Mapping[str, BudgetLine],
) -> tuple[Objective, dict[str, Kpi], list[Action]]:
    """An objective with its milestones, KPIs and actions; every action is linked to the KPIs it moves."""
    objective = Objective.objects.create(
        plan=plan,
        position=position,
        owner=plan.owner,
        title=str(pattern.title),
        description=str(pattern.description),
        why_relevant=str(pattern.relevant),
        aim=pattern.aim,
        measure=pattern.measure,
        direction=pattern.direction,
        unit=unit_of(plan, pattern.unit),
        ambition=str(pattern.change),
        baseline=decimal(pattern.baseline),
        target=decimal(pattern.target),
        starts_on=plan.starts_on,
        deadline=day_at(plan, pattern.ends),
    )
    for number, title in enumerate(pattern.milestones, start=1):
        due = day_at(plan, pattern.ends * number / len(pattern.milestones))
        Milestone.objects.create(objective=objective, title=str(title), due_on=due, position=number)
    kpis = {kpi.key: _add_kpi(objective, kpi) for kpi in pattern.kpis}
    actions = [_add_action(objective, action, roles=roles, lines=lines, kpis=kpis) for action in pattern.actions]
    return objective, kpis, actions


def _add_kpi(objective: Objective, pattern: KpiPattern) -> Kpi:
    plan = objective.plan
    return Kpi.objects.create(
        plan=plan,
        objective=objective,
        position=Kpi.objects.in_plan(plan).count(),
        owner=plan.owner,
        name=str(pattern.name),
        unit=unit_of(plan, pattern.unit),
        measure=Kpi.Measure.RATIO if pattern.formula else pattern.measure,
        direction=pattern.direction,
        rhythm=pattern.rhythm,
        formula=pattern.formula,
        baseline=decimal(pattern.baseline),
        target=decimal(pattern.target),
        on_dashboard=pattern.on_dashboard,
    )


def _add_action(
    objective: Objective,
    pattern: ActionPattern,
    *,
    roles: Mapping[str, Role],
    lines: Mapping[str, BudgetLine],
    kpis: Mapping[str, Kpi],
) -> Action:
    action = add_action(
        objective,
        title=str(pattern.title),
        kind=pattern.kind,
        role=roles[pattern.role],
        starts_on=day_at(objective.plan, pattern.starts),
        deadline=day_at(objective.plan, pattern.ends),
        priority=pattern.priority,
        effort=decimal(pattern.effort),
        expected_return=decimal(pattern.returns),
    )
    for key in pattern.kpis:
        kpis[key].actions.add(action)
    if pattern.line:
        allocate(lines[pattern.line], action, amount=Decimal(pattern.cost))
    return action


def _add_line(plan: Plan, pattern: LinePattern, position: int) -> BudgetLine:
    return BudgetLine.objects.create(
        plan=plan, position=position, name=str(pattern.name), kind=pattern.kind, planned=pattern.planned
    )


def day_at(plan: Plan, share: float) -> dt.date:
    """The day when `share` of the plan's period is over; a working day, unless the period ends before one."""
    day = plan.starts_on + dt.timedelta(days=round((plan.days - 1) * share))
    while day.weekday() > 4 and day < plan.ends_on:
        day += dt.timedelta(days=1)
    return day


def unit_of(plan: Plan, unit: object) -> str:
    """Money is written as "money" in a blueprint, for its currency is the plan's."""
    return plan.currency if str(unit) == "money" else str(unit)


def decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
