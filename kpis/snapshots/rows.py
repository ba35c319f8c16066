"""All rows of a plan, as they are or as they were: one question, whatever the plan holds.

Rows of every kind come as JSON, so that they can come together; a value is what its field makes of it.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Case, F, QuerySet, Value, When, Window
from django.db.models.functions import Cast, JSONObject, RowNumber

from kpis.kpi.models import Kpi
from kpis.readings.models import Reading
from kpis.snapshots.models import FormerRules
from kpis.snapshots.rules import RULES
from plans.actions.models import Action
from plans.budget.models import Adjustment, Allocation, BudgetEntry, BudgetLine
from plans.objectives.models import Milestone, Objective
from plans.plan.models import Plan
from plans.team.models import Role, Team

_FIGURES = ("baseline", "target", "band_low", "band_high", "starts_on", "deadline")
#: What of each kind a state is made of.
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Plan: ("name", "status", "starts_on", "ends_on", "currency", "aim", "ambition", "owner_id"),
    Objective: ("title", "aim", "measure", "direction", "unit", *_FIGURES, "owner_id", "kpi_rule"),
    Milestone: ("objective_id", "done_on"),
    Kpi: (
        *("name", "objective_id", "measure", "formula", "expression", "direction", "unit", "rhythm", *_FIGURES),
        *("path", "path_from", "path_points", "on_track_percent", "at_risk_percent", "weight", "owner_id"),
        "on_dashboard",
    ),
    Reading: ("kpi_id", "period", "value"),
    Action: (
        *("objective_id", "title", "kind", "person_id", "role_id", "starts_on", "deadline", "status", "done_on"),
        *("priority", "effort", "expected_return"),
    ),
    BudgetLine: ("name", "kind", "planned"),
    BudgetEntry: ("line_id", "kind", "amount"),
    Adjustment: ("from_line_id", "to_line_id", "amount"),
    Allocation: ("line_id", "action_id", "amount"),
    Team: ("name",),
    Role: ("team_id", "title", "holder_id", "holder_name"),
}
#: The links to many of an action, each with the columns of its table: the action, and what it is linked to.
LINKS: dict[str, tuple[type[models.Model], str, str]] = {
    "supporters": (Action.supporters.through, "action_id", "role_id"),
    "kpis": (Kpi.actions.through, "action_id", "kpi_id"),
    "waits_for": (Action.waits_for.through, "from_action_id", "to_action_id"),
}
RECORDED, RULES_THEN = "recorded", "rules"

type Row = dict[str, Any]


@dataclass
class Rows:
    """Each with its `id`, in the order they were made in."""

    of: dict[type[models.Model], dict[int, Row]] = field(default_factory=lambda: defaultdict(dict))
    #: By the name of the link and the action.
    links: dict[str, dict[int, set[int]]] = field(default_factory=lambda: {name: defaultdict(set) for name in LINKS})
    #: Those of the company, with their id, where they were others then.
    rules: tuple[int, dict[str, int]] | None = None


def rows_now(plan: Plan) -> Rows:
    parts = [_part(model.__name__, _live(model, plan), model, "pk") for model in COLUMNS]
    return _sorted(_read([*parts, *_linked(plan)]))


def rows_at(plan: Plan, at: dt.datetime) -> Rows:
    """What the history knew at the moment: the last version of each row until then, unless that is its deletion."""
    parts = [_part(model.__name__, _recorded(model, plan, at), model, "id", "history_type") for model in COLUMNS]
    return _sorted(_read([*parts, *_linked(plan), _changed_links(plan, at), _rules_at(plan, at)]))


def _live(model: Any, plan: Plan) -> QuerySet:
    return model.objects.filter(**{"pk" if model is Plan else "plan": plan.pk})


def _recorded(model: Any, plan: Plan, at: dt.datetime) -> QuerySet:
    """Deletions come along: left out here they would let the version before come through."""
    latest = Window(RowNumber(), partition_by=F("id"), order_by=[F("history_date").desc(), F("history_id").desc()])
    known = model.history.filter(**{"id" if model is Plan else "plan_id": plan.pk}, history_date__lte=at)
    return known.annotate(nth=latest).filter(nth=1)


def _part(name: str, rows: QuerySet, model: type[models.Model], key: str, *more: str) -> QuerySet:
    columns = {column: _as_json(model, column) for column in COLUMNS[model]}
    return _values(rows, name, key, {**columns, **{column: F(column) for column in more}})


def _values(rows: QuerySet, name: str, key: str, data: dict[str, Any]) -> QuerySet:
    told = rows.order_by().annotate(sort=Value(name), row=F(key), data=JSONObject(**data))
    return told.values_list("sort", "row", "data")


def _as_json(model: type[models.Model], column: str) -> Any:
    """Numbers as text: in JSON they would be floats."""
    is_exact = isinstance(_field(model, column), models.DecimalField)
    return Cast(F(column), models.TextField()) if is_exact else F(column)


def _field(model: type[models.Model], column: str) -> models.Field:
    return next(each for each in model._meta.concrete_fields if each.attname == column)


def _linked(plan: Plan) -> Iterator[QuerySet]:
    for name, (through, action, other) in LINKS.items():
        to_action = action.removesuffix("_id")
        rows = through._default_manager.filter(**{f"{to_action}__plan": plan.pk})
        yield _values(rows, name, action, {"to": F(other)})


def _changed_links(plan: Plan, at: dt.datetime) -> QuerySet:
    past = Case(When(history_date__lte=at, then=Value(1)), default=Value(0), output_field=models.IntegerField())
    when = Cast(F("history_date"), models.TextField())
    data = {"links": F("links"), "past": past, "when": when, "nth": F("history_id")}
    return _values(Action.history.filter(plan_id=plan.pk, links__isnull=False), RECORDED, "id", data)


def _rules_at(plan: Plan, at: dt.datetime) -> QuerySet:
    rows = FormerRules.objects.filter(workspace=plan.workspace_id, held_until__gt=at)
    return _values(rows, RULES_THEN, "pk", {name: F(name) for name in RULES})


def _read(parts: list[QuerySet]) -> Rows:
    rows, recorded = Rows(), []
    models_by_name = {model.__name__: model for model in COLUMNS}
    readers = {model: [(name, _reader(_field(model, name))) for name in names] for model, names in COLUMNS.items()}
    first, *others = parts
    for sort, key, data in first.union(*others, all=True).order_by():
        if sort in LINKS:
            rows.links[sort][key].add(data["to"])
        elif sort == RECORDED:
            recorded.append((data["when"], data["nth"], key, data))
        elif sort == RULES_THEN:
            # Of several changes since, the first one says what held.
            rules = [(key, data), *([rows.rules] if rows.rules else [])]
            rows.rules = min(rules, key=lambda rule: rule[0])
        elif data.get("history_type") != "-":
            model = models_by_name[sort]
            rows.of[model][key] = {"id": key} | {name: read(data[name]) for name, read in readers[model]}
    _set_links(rows, sorted(recorded, key=lambda change: change[:2]))
    return rows


def _reader(column: models.Field) -> Any:
    match column:
        case models.DecimalField():
            places = Decimal(1).scaleb(-column.decimal_places)
            return lambda value: None if value is None else Decimal(value).quantize(places)
        case models.DateField():
            return lambda value: None if value is None else dt.date.fromisoformat(value)
        case models.BooleanField():
            return bool
        case models.JSONField():
            return column.to_python
    return lambda value: value


def _set_links(rows: Rows, recorded: list[tuple[Any, ...]]) -> None:
    """A link is as the latest record up to then left it, or else as the next one found it, or else as it is."""
    known: set[tuple[int, str]] = set()
    for *_moment, action, data in recorded:
        # SQLite has JSON as text.
        links = json.loads(data["links"]) if isinstance(data["links"], str) else data["links"]
        for name, (before, after) in links.items():
            if name not in LINKS or (not data["past"] and (action, name) in known):
                continue
            known.add((action, name))
            rows.links[name][action] = set(after if data["past"] else before)


def _sorted(rows: Rows) -> Rows:
    rows.of = defaultdict(dict, {model: dict(sorted(found.items())) for model, found in rows.of.items()})
    return rows
