"""A program does what its person may do now, within the scope of its token, in the company of the token alone."""

import pytest

from accounts.models import Membership
from accounts.roles import Role
from salesplan.api.v1 import schema
from tests.factories import ActionFactory, KpiFactory, PlanFactory, ReadingFactory

OPERATIONS = [(path, method.upper()) for path, methods in schema()["paths"].items() for method in methods]
ABOUT_A_ROW = [(path, method) for path, method in OPERATIONS if "{pk}" in path]
#: What each needs to get as far as the row.
BODIES = {
    "/api/v1/actions": {"objective": 1, "title": "Call"},
    "/api/v1/kpis": {"plan": 1, "name": "Leads"},
    "/api/v1/readings": {"kpi": 1, "period": "2026-03-02", "value": 3},
    "/api/v1/readings/bulk": {"readings": [{"kpi": 1, "period": "2026-03-02", "value": 3}]},
    "/api/v1/plans": {"name": "Plan", "starts_on": "2026-01-01", "ends_on": "2026-12-31"},
}


@pytest.fixture
def rows(workspace):
    plan = PlanFactory(pk=1, workspace=workspace)
    ActionFactory(pk=1, objective__pk=1, objective__plan=plan)
    ReadingFactory(pk=1, kpi=KpiFactory(pk=1, plan=plan), version=0)


def ask(asks, path, method, **headers):
    body = None if method in {"GET", "DELETE"} else BODIES.get(path, {})
    return asks(method, path.removeprefix("/api/v1/").replace("{pk}", "1"), body, **headers)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_without_a_token_nobody_is_let_in(client, rows, path, method):
    answer = client.generic(method, path.replace("{pk}", "1"))

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Salesplan"')
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("path", "method"), ABOUT_A_ROW)
def test_a_stranger_learns_nothing(program, carol, rows, path, method):
    assert ask(program(carol), path, method).status_code == 404


@pytest.mark.parametrize("path", BODIES)
def test_a_stranger_adds_nothing_to_what_is_not_hers(program, carol, rows, path):
    if path != "/api/v1/plans":  # hers are her own company's
        assert ask(program(carol), path, "POST").status_code == 404


@pytest.mark.parametrize("path", [path for path, method in OPERATIONS if method == "GET" and "{pk}" not in path])
def test_a_stranger_finds_nothing_in_lists(program, carol, alice, rows, path):
    assert ask(program(carol), path, "GET").json()["items"] == []
    assert len(ask(program(alice), path, "GET").json()["items"]) == 1


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, method in OPERATIONS if method != "GET"])
def test_readers_write_nothing(program, bob, rows, path, method):
    assert ask(program(bob), path, method).status_code == 403


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, method in OPERATIONS if method != "GET"])
def test_a_director_gets_through_so_that_refusals_mean_something(program, alice, rows, path, method):
    assert ask(program(alice), path, method).status_code in {200, 201, 204}


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_a_token_does_not_more_than_its_scope(program, alice, rows, path, method):
    read, readings = program(alice, "read"), program(alice, "readings")

    assert ask(read, path, method).status_code == (200 if method == "GET" else 403)
    wanted = method == "GET" or "readings" in path
    assert (ask(readings, path, method).status_code == 403) is not wanted


def test_a_role_that_is_lost_is_lost_for_the_token_too(program, alice, rows):
    asks = program(alice)
    Membership.objects.filter(user=alice).update(role=Role.VIEWER)

    assert asks("PATCH", "actions/1", {"title": "Other"}).status_code == 403
    assert asks("GET", "actions/1").status_code == 200


@pytest.mark.parametrize(("path", "method"), ABOUT_A_ROW)
def test_a_token_of_one_company_sees_nothing_of_another_of_the_same_person(
    program, carol, workspace, rows, path, method
):
    asks = program(carol)
    Membership.objects.create(workspace=workspace, user=carol, role=Role.OWNER)

    assert ask(asks, path, method).status_code == 404


def test_a_team_member_enters_readings_of_her_own_kpis_only(program, mia, rows):
    KpiFactory(pk=2, plan_id=1, owner=mia)
    asks = program(mia)

    assert asks("POST", "readings", BODIES["/api/v1/readings"] | {"kpi": 2}).status_code == 201
    assert asks("POST", "readings", BODIES["/api/v1/readings"]).status_code == 403


def test_a_session_counts_for_nothing(as_alice, rows):
    assert as_alice.get("/api/v1/plans").status_code == 401


def test_other_sites_are_not_told_that_they_may_ask(program, alice, rows):
    answer = program(alice)("OPTIONS", "plans", Origin="https://evil.example")

    assert [name for name in answer.headers if name.lower().startswith("access-control")] == []


def test_nobody_changes_a_closed_plan(program, alice, rows, workspace):
    workspace.plans.update(status="closed")

    assert program(alice)("PATCH", "actions/1", {"title": "Other"}).status_code == 403


def test_an_address_nobody_knows_and_a_method_it_does_not_take(program, alice):
    assert program(alice)("GET", "invoices").status_code == 404
    answer = program(alice)("PUT", "plans", {})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")
