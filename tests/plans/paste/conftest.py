import datetime as dt

import pytest
from django.urls import reverse

from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory

FRIDAY = dt.date(2026, 9, 4)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


@pytest.fixture
def actions(objective):
    return [
        ActionFactory(objective=objective, title=title, position=place, deadline=FRIDAY)
        for place, title in enumerate(["Advertise online", "Exhibit in Lyon", "Call lost accounts"])
    ]


@pytest.fixture
def paste(plan):
    """`paste(client, text, actions, cell="due", go=True)`: looks first, and then does what was shown."""

    def send(client, text, actions, *, cell="title", go=False, headers=None, **data):
        url = reverse("plans:actions_paste", args=[plan.pk])
        ids = ",".join(str(action.pk) for action in actions)
        shown = client.post(url, {"look": 1, "text": text, "cell": cell, "ids": ids, **data}, headers=headers or {})
        if not go or shown.status_code != 200:
            return shown
        return client.post(url, form_of(shown) | data | {"go": 1}, headers=headers or {})

    return send


def form_of(shown) -> dict[str, str]:
    """What the preview would send."""
    context, data = shown.context, shown.context["form"].data
    kept = {name: data[name] for name in ("text", "cell", "covered", "fill", "day_first", "leave_new") if name in data}
    objective = context["objective"]
    carried = {"ids": context["ids"], "seen": context["seen"], "objective": objective.pk if objective else ""}
    return kept | carried | {"look": 1, "uid": data.get("uid") or "11111111-1111-4111-8111-111111111111"}


def said_of(shown) -> list[tuple]:
    """Line by line: the title, why it is left out, and of each cell that is not as before what is said of it."""
    return [
        (
            line.title,
            line.reason or [cell.problem or (cell.before, cell.after) for cell in line.cells if cell.kind != "same"],
        )
        for line in shown.context["proposal"].lines
    ]


def values(name) -> list:
    return list(Action.objects.order_by("objective__position", "position", "pk").values_list(name, flat=True))
