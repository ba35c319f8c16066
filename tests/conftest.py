"""The cast: Alice directs, Mark manages, Mia is in the team, Bob may only read; Carol belongs to another company."""

import json

import pytest

from accounts.api.services import make_token
from accounts.roles import Role
from salesplan.lib.memory import memory
from tests.factories import MembershipFactory, PlanFactory, WorkspaceFactory


@pytest.fixture(autouse=True)
def nothing_kept():
    """What one test has computed is not there for the next."""
    memory.clear()


@pytest.fixture
def workspace(db):
    return WorkspaceFactory(name="Innovatech")


@pytest.fixture
def plan(workspace):
    return PlanFactory(workspace=workspace)


@pytest.fixture
def alice(workspace):
    return MembershipFactory(
        workspace=workspace, role=Role.DIRECTOR, user__name="Alice Martin", user__email="alice@example.com"
    ).user


@pytest.fixture
def mark(workspace):
    return MembershipFactory(workspace=workspace, role=Role.MANAGER, user__name="Mark Weber").user


@pytest.fixture
def mia(workspace):
    return MembershipFactory(workspace=workspace, role=Role.MEMBER, user__name="Mia Rossi").user


@pytest.fixture
def bob(workspace):
    return MembershipFactory(workspace=workspace, role=Role.VIEWER, user__name="Bob Larsen").user


@pytest.fixture
def carol(db):
    return MembershipFactory(workspace__name="Datacore", user__name="Carol Novak").user


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def as_mark(client, mark):
    client.force_login(mark)
    return client


@pytest.fixture
def as_mia(client, mia):
    client.force_login(mia)
    return client


@pytest.fixture
def as_bob(client, bob):
    client.force_login(bob)
    return client


@pytest.fixture
def htmx():
    """Headers of a request that HTMX sends; `htmx("team-board")` names the target."""

    def headers(target: str = "") -> dict[str, str]:
        return {"HX-Request": "true"} | ({"HX-Target": target} if target else {})

    return headers


class Program:
    """Asks the API with a token of somebody's."""

    def __init__(self, client, user, scope="write"):
        self.client = client
        self.token, self.text = make_token(user.memberships.first(), name="Export", scope=scope)

    def __call__(self, method, path, body=None, **headers):
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers["Authorization"] = f"Bearer {self.text}"
        return self.client.generic(method, f"/api/v1/{path}", **sent, headers=headers)


@pytest.fixture
def program(client):
    """`program(alice)("GET", "plans")`; further names are headers."""
    return lambda user, scope="write": Program(client, user, scope)
