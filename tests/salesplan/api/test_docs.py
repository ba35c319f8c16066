"""What is said of the API is true."""

import json
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection
from django.urls import reverse

from kpis.models import Kpi, Reading
from plans.models import Action, Objective
from plans.webhooks.models import TEST, Event
from salesplan.api.v1 import schema
from tests.factories import ActionFactory, KpiFactory

PAGE = Path(__file__).parents[3] / "docs" / "api.md"


def examples() -> list[list[str]]:
    """The words of every curl command of the page."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in lines if line]


def address(path: str) -> str:
    """The page calls the reading it has entered the first; a database that was used before counts on."""
    first = Reading.objects.order_by("pk").first()
    return path.replace("/readings/1", f"/readings/{first.pk}") if first else path


def test_every_example_works_one_after_the_other(client, program, alice, plan):
    ActionFactory(pk=1, objective__pk=1, objective__plan=plan)
    KpiFactory(pk=1, plan=plan)
    for statement in connection.ops.sequence_reset_sql(no_style(), [Action, Objective, Kpi]):
        connection.cursor().execute(statement)
    asks, statuses = program(alice), []
    for _curl, *words in examples():
        given = list(pairwise(words))
        headers = dict(value.replace("$TOKEN", asks.text).split(": ", 1) for word, value in given if word == "-H")
        method = next((value for word, value in given if word == "-X"), "GET")
        body = next((value for word, value in given if word == "-d"), "").replace('"plan": 1', f'"plan": {plan.pk}')
        answer = client.generic(
            method,
            address(words[-1].removeprefix("$SALESPLAN")),
            body,
            content_type=headers.pop("Content-Type", ""),
            headers=headers,
        )
        statuses.append((method, answer.status_code))

    assert statuses == [
        *4 * [("GET", 200)],
        ("POST", 201),
        ("PATCH", 200),
        ("POST", 200),
        ("POST", 201),
        ("PATCH", 200),
        ("POST", 201),
        ("DELETE", 204),
    ]


def test_every_event_is_described():
    assert [event for event in (*Event.values, TEST) if f"`{event}`" not in PAGE.read_text()] == []


def test_the_page_shows_every_operation(as_bob):
    shown = as_bob.get(reverse("api_docs")).text

    wanted = [one["operationId"] for methods in schema()["paths"].values() for one in methods.values()]
    assert [name for name in wanted if f'id="{name}"' not in shown] == []


def test_the_schema_is_open_to_programs(client, db):
    assert client.get("/api/v1/openapi.json").json() == json.loads(json.dumps(schema()))


def test_pages_start_without_the_api():
    """Importing it costs a fifth of everything else."""
    code = (
        "import django, sys; django.setup()\n"
        "from django.urls import reverse; reverse('plans:plan_list')\n"
        "sys.exit('pydantic' in sys.modules or 'urllib3' in sys.modules)"
    )
    env = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""}

    assert subprocess.run([sys.executable, "-c", code], env=env, cwd=PAGE.parents[1]).returncode == 0  # noqa: S603
