"""Who is asked which question first, and whose pages she may look at."""

import pytest

from accounts.roles import Role
from tests.factories import MembershipFactory
from tests.kpis.home.conftest import HOME


@pytest.mark.parametrize(
    ("role", "first", "tabs"),
    [
        (Role.OWNER, "goals", ["mine", "off", "goals"]),
        (Role.DIRECTOR, "goals", ["mine", "off", "goals"]),
        (Role.MANAGER, "off", ["mine", "off", "goals"]),
        (Role.MEMBER, "mine", ["mine"]),
        (Role.VIEWER, "goals", ["mine", "goals"]),
    ],
)
def test_each_role_has_its_question_first_and_looks_at_those_it_may(client, plan, role, first, tabs):
    client.force_login(MembershipFactory(workspace=plan.workspace, role=role).user)

    page = client.get(HOME)

    assert page.context["show"] == first
    assert [tab.key for tab in page.context["tabs"]] == tabs
    answers = {key: client.get(HOME, {"show": key}).status_code for key in ("mine", "off", "goals")}
    assert answers == {key: 200 if key in tabs else 403 for key in answers}


def test_a_question_nobody_knows_is_the_first_one(as_mia, plan):
    assert as_mia.get(HOME, {"show": "weather"}).context["show"] == "mine"


def test_the_role_in_the_company_one_works_for_now_counts(as_mia, mia, plan):
    other = MembershipFactory(user=mia, role=Role.DIRECTOR, workspace__name="Zeta").workspace
    mia.current_workspace = other
    mia.save()

    assert as_mia.get(HOME).url.startswith("/plans/")
    assert as_mia.get(HOME, {"show": "off"}).status_code == 302
