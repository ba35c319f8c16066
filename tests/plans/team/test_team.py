"""Step 3: the page of teams, and what its forms refuse."""

import pytest
from django.urls import reverse

from plans.models import Role, Team
from tests.factories import RoleFactory, TeamFactory


def url(name, row):
    return reverse(f"plans:{name}", args=[row.pk])


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_of_teams_costs_the_same_with_more_of_them(
    as_alice, alice, plan, item_count, django_assert_num_queries
):
    for team in TeamFactory.create_batch(item_count, plan=plan):
        RoleFactory(team=team, holder=alice, reports_to=RoleFactory(team=team))

    with django_assert_num_queries(8):  # session, user, plan, roles, teams, completeness, workspaces, week
        response = as_alice.get(url("team", plan))

    assert response.text.count('class="org-seat"') == 2 * item_count


def test_readers_see_the_teams_and_nothing_to_change_them_with(as_bob, plan):
    RoleFactory(team__plan=plan, title="Sales manager")

    response = as_bob.get(url("team", plan))

    assert "Sales manager" in response.text
    for deed in ("edit", "move", "duplicate", "delete", "add"):
        assert f"/{deed}/" not in response.text


def test_readers_cannot_add_a_role(as_bob, plan):
    team = TeamFactory(plan=plan)

    response = as_bob.post(url("role_add", team), {"title": "Spy"})

    assert response.status_code == 403
    assert Role.objects.count() == 0


def test_a_role_is_held_by_a_member_or_by_a_name(as_alice, alice, plan):
    team = TeamFactory(plan=plan)

    as_alice.post(url("role_add", team), {"title": "Director", "holder": alice.pk})
    as_alice.post(url("role_add", team), {"title": "Assistant", "holder_name": "Zoë Ibsen"})

    assert [role.held_by for role in Role.objects.all()] == ["Alice Martin", "Zoë Ibsen"]


def test_a_role_held_by_a_member_and_a_name_is_refused_beside_the_name(as_alice, alice, plan):
    team = TeamFactory(plan=plan)
    data = {"title": "Director", "holder": alice.pk, "holder_name": "Zoë Ibsen"}

    response = as_alice.post(url("role_add", team), data)

    assert response.status_code == 422
    assert response.context["form"].errors == {"holder_name": ["Choose a member or write a name, not both."]}
    assert Role.objects.count() == 0


def test_a_circle_of_reporting_is_refused_and_its_path_named(as_alice, plan):
    director = RoleFactory(team__plan=plan, title="Director")
    manager = RoleFactory(team=director.team, title="Manager", reports_to=director)
    assistant = RoleFactory(team=director.team, title="Assistant", reports_to=manager)

    response = as_alice.post(url("role_edit", director), {"title": "Director", "reports_to": assistant.pk})

    director.refresh_from_db()
    assert response.status_code == 422
    assert "Director → Assistant → Manager → Director" in response.text
    assert director.reports_to is None


def test_nobody_reports_to_herself(as_alice, plan):
    role = RoleFactory(team__plan=plan, title="Director")

    response = as_alice.post(url("role_edit", role), {"title": "Director", "reports_to": role.pk})

    assert "Director → Director" in response.text
    assert response.status_code == 422


def test_a_role_cannot_report_to_one_of_another_plan(as_alice, plan):
    team = TeamFactory(plan=plan)
    foreign = RoleFactory(title="Foreign chief")

    response = as_alice.post(url("role_add", team), {"title": "Spy", "reports_to": foreign.pk})

    assert response.status_code == 422
    assert "Foreign chief" not in response.text
    assert Role.objects.in_plan(plan).count() == 0


def test_responsibilities_too_long_to_keep_come_back_with_the_limit(as_alice, plan):
    team = TeamFactory(plan=plan)

    response = as_alice.post(url("role_add", team), {"title": "Writer", "responsibilities": "x" * 10_000})

    assert response.status_code == 422
    assert "at most 5000 characters" in response.text
    assert "x" * 10_000 in response.text
    assert Role.objects.count() == 0


def test_markup_in_a_name_is_shown_as_text(as_alice, plan):
    RoleFactory(team__plan=plan, team__name="<script>alert(1)</script>", title="<b>Żółć</b> 🚀 مدير")

    text = as_alice.get(url("team", plan)).text

    assert "<script>alert(1)" not in text
    assert "&lt;b&gt;Żółć&lt;/b&gt; 🚀 مدير" in text


def test_a_duplicated_team_takes_its_roles_along(as_alice, plan):
    team = TeamFactory(plan=plan)
    RoleFactory(team=team, title="Sales manager", responsibilities="Leads")

    as_alice.post(url("team_duplicate", team))

    copy = Team.objects.exclude(pk=team.pk).get()
    assert [(role.title, role.responsibilities) for role in copy.roles.all()] == [("Sales manager", "Leads")]
