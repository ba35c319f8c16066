"""An action as a card: on the board, and in what one answers for oneself."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from plans.actions.facts import FIELDS, due_note, kpis_of, names_by_action
from plans.actions.health_marks import health_mark
from plans.actions.models import Action
from plans.actions.responsible import responsible
from plans.plan.models import Plan
from salesplan.templatetags.figures import day

CARD_FIELDS = (*FIELDS, "role__holder_id")


def cards(plan: Plan, records: Iterable[dict[str, Any]], *, today: dt.date) -> list[dict[str, Any]]:
    """`records` are values of CARD_FIELDS; one query for their KPIs."""
    rows = list(records)
    kpis = names_by_action(kpis_of([row["pk"] for row in rows]))
    address = reverse("plans:action_detail", args=[0])
    priorities = dict(Action.Priority.choices)
    for row in rows:
        row["url"] = address.replace("0", str(row["pk"]))
        row["who"], row["who_title"] = responsible(row)
        row["due"] = day(row["deadline"], plan) if row["deadline"] else ""
        row["due_css"], row["due_note"] = due_note(row["deadline"], row["status"], today)
        row["health_mark"] = health_mark(row, today)
        row["priority_label"] = priorities[row["priority"]]
        row["kpis"] = kpis[row["pk"]]
    return rows
