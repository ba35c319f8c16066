"""The action table as it is printed: every row, in groups, formatted for reading."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from plans.actions.facts import due_note, format_hours, format_roi
from plans.actions.models import Action
from plans.exchange.queries import sheet_rows
from plans.plan.models import Plan
from salesplan.lib.numbers import NO_VALUE, format_number
from salesplan.templatetags.figures import day


@dataclass(frozen=True)
class PaperGroup:
    """An objective's rows, and what is allocated to them."""

    title: str
    budget: str
    rows: list[dict[str, Any]]


def paper_groups(plan: Plan, actions: QuerySet[Action], *, today: dt.date) -> Iterator[PaperGroup]:
    for _objective, rows in groupby(sheet_rows(actions), key=lambda row: row["objective_id"]):
        group = list(rows)
        budget = sum((row["budget"] or Decimal(0) for row in group), Decimal(0))
        yield PaperGroup(group[0]["objective"], _amount(budget), [_paper_row(row, plan, today) for row in group])


def _paper_row(row: dict[str, Any], plan: Plan, today: dt.date) -> dict[str, Any]:
    _css, note = due_note(row["deadline"], row["status"], today)
    return row | {
        "kind": Action.Kind(row["kind"]).label if row["kind"] else "",
        "starts_on": day(row["starts_on"], plan),
        "deadline": day(row["deadline"], plan),
        "due_note": note,
        "priority": Action.Priority(row["priority"]).label,
        "effort": format_hours(row["effort"]),
        "budget": _amount(row["budget"]),
        "roi": format_roi(row["budget"], row["expected_return"]),
    }


def _amount(amount: Decimal | None) -> str:
    return format_number(amount) if amount else NO_VALUE
