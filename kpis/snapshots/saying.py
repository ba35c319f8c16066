"""What of a state is told, and how its values are said."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from kpis.kpi.models import Kpi
from kpis.kpi.words import LOOKS, coarse
from kpis.snapshots.state import Person, PlanState
from plans.actions.models import Action
from plans.budget.models import BudgetLine
from plans.history.values import label_of
from plans.objectives.models import Objective
from plans.plan.models import Plan
from plans.team.models import Role
from salesplan.lib.fields import MoneyField
from salesplan.lib.money import format_money, format_quantity
from salesplan.lib.numbers import NO_VALUE, format_number
from salesplan.templatetags.figures import day

type Said = str | Promise

#: Columns that follow from others, and the words for them.
DERIVED: dict[str, Said] = {
    "value": pgettext_lazy("KPI", "Value"),
    "expected": _("Expected"),
    "last_period": _("Last period read"),
    "who": _("Responsible"),
    "adjusted": _("Adjusted"),
    "committed": _("Committed"),
    "spent": _("Spent"),
    "allocated": _("Allocated"),
    "budget": _("Budget"),
    "reached": _("Milestones reached"),
    "milestones": _("Milestones"),
    "held_by": _("Held by"),
}
MONEY = frozenset({"adjusted", "committed", "spent", "allocated", "budget"})
#: What changed, where that is not what is read.
MEANT: dict[str, Callable[[Any], Any]] = {
    "who": lambda row: (row.person, row.role),
    "held_by": lambda row: (row.holder, row.holder_name),
}


@dataclass(frozen=True)
class Section:
    """One kind of row; `columns` stand side by side in its table, `others` are told only where they changed."""

    key: str
    title: Said
    model: type[models.Model]
    #: Of PlanState, where its rows are.
    rows: str
    name: str
    columns: tuple[str, ...]
    others: tuple[str, ...] = ()

    def label(self, column: str) -> str:
        if column in DERIVED:
            return str(DERIVED[column])
        if column == "status" and self.model is not Action and self.model is not Plan:
            return str(_("Status"))
        return label_of(self.model, column)  # type: ignore[arg-type]

    def rows_of(self, state: PlanState) -> dict[int, Any]:
        rows = getattr(state, self.rows)
        return {row.pk: row for row in (rows if isinstance(rows, tuple) else (rows,))}

    def differ(self, column: str, before: Any, after: Any) -> bool:
        meant = MEANT.get(column, lambda row: getattr(row, column))
        return meant(before) != meant(after)

    @cached_property
    def is_figure(self) -> frozenset[str]:
        return frozenset(column for column in self.columns if self._is_figure(column))

    def _is_figure(self, column: str) -> bool:
        return column in MONEY | {"value", "expected"} or isinstance(_field(self.model, column), models.DecimalField)


_TRACK = ("measure", "direction", "unit", "band_low", "band_high", "starts_on")
OBJECTIVES = Section(
    *("objectives", _("Objectives"), Objective, "objectives", "title"),
    columns=("baseline", "target", "deadline", "owner", "status"),
    others=("title", "aim", *_TRACK, "kpi_rule", "reached", "milestones"),
)
KPIS = Section(
    *("kpis", _("KPIs"), Kpi, "kpis", "name"),
    columns=("value", "target", "deadline", "owner", "status"),
    others=(
        *("name", "objective", "baseline", *_TRACK, "rhythm", "path", "path_points"),
        *("on_track_percent", "at_risk_percent", "weight", "on_dashboard", "last_period", "expected"),
    ),
)
ACTIONS = Section(
    *("actions", _("Actions"), Action, "actions", "title"),
    columns=("who", "deadline", "status", "budget"),
    others=(
        *("title", "objective", "kind", "starts_on", "done_on", "priority", "effort", "expected_return"),
        *("supporters", "kpis", "waits_for"),
    ),
)
LINES = Section(
    *("budget", _("Budget"), BudgetLine, "lines", "name"),
    columns=("planned", "adjusted", "committed", "spent", "allocated"),
    others=("name", "kind"),
)
ROLES = Section(*("team", _("Team"), Role, "roles", "title"), columns=("held_by", "team"), others=("title",))
PLAN = Section(
    *("plan", _("The plan itself"), Plan, "plan", "name"),
    columns=("status", "starts_on", "ends_on", "owner"),
    others=("name", "aim", "ambition", "currency"),
)
SECTIONS = (OBJECTIVES, KPIS, ACTIONS, LINES, ROLES, PLAN)
GOALPOSTS = frozenset({*Objective.GOALPOSTS, *Kpi.GOALPOSTS, "path_points"} - {"path_from"})


class Saying:
    """The values of one state in the reader's words."""

    def __init__(self, state: PlanState):
        self.state = state

    def say(self, section: Section, row: Any, column: str) -> str:
        value = getattr(row, column)
        if value is None or value in ("", ()):
            return NO_VALUE
        if column == "status" and section in (OBJECTIVES, KPIS):
            return str(LOOKS[value].word)
        if column in self._links:
            pks = value if isinstance(value, tuple) else (value,)
            return ", ".join(sorted(self._names(column).get(pk, NO_VALUE) for pk in pks))
        return self._plain(section, row, column, value)

    def _plain(self, section: Section, row: Any, column: str, value: Any) -> str:
        each: Any = _field(section.model, column)
        if each is not None and each.choices:
            return str(dict(each.flatchoices).get(value, value))
        match value:
            case Person():
                return value.name
            case bool():
                return pgettext("answer", "yes") if value else pgettext("answer", "no")
            case dt.date():
                return day(value, self.state.plan)
            case Decimal() if column in MONEY or isinstance(each, MoneyField):
                return format_money(value, self.state.plan.currency)
            case Decimal() if column == "expected":
                return format_quantity(coarse(value), row.unit)
            case Decimal():
                return format_quantity(value, "h" if column == "effort" else getattr(row, "unit", ""))
            case int():
                return format_number(value)
            case tuple():
                return each.told(list(value))
        return str(value)

    _links = frozenset({"objective", "supporters", "kpis", "waits_for"})

    def _names(self, column: str) -> dict[int, str]:
        return self._all_names[
            {"objective": "objectives", "supporters": "roles", "waits_for": "actions"}.get(column, column)
        ]

    @cached_property
    def _all_names(self) -> dict[str, dict[int, str]]:
        return {
            section.rows: {pk: getattr(row, section.name) for pk, row in section.rows_of(self.state).items()}
            for section in (OBJECTIVES, KPIS, ACTIONS, ROLES)
        }


def _field(model: type[models.Model], column: str) -> models.Field | None:
    return next((each for each in model._meta.concrete_fields if each.name == column), None)
