"""What every item of a plan can do, shown on teams and roles."""

import pytest
from django.urls import reverse

from plans.models import BinnedItem, Role, Team
from tests.factories import PlanFactory, RoleFactory, SegmentFactory, TeamFactory


def test_adding_an_item_with_htmx_draws_the_section_again(as_alice, plan, htmx):
    url = reverse("plans:team_add", args=[plan.pk])

    response = as_alice.post(url, {"name": "Events"}, headers=htmx("team-board"))

    assert Team.objects.get().name == "Events"
    assert response.status_code == 200
    assert 'id="team-board"' in response.text
    assert "<html" not in response.text


def test_adding_an_item_without_javascript_leads_back_to_the_page(as_alice, plan):
    response = as_alice.post(reverse("plans:team_add", args=[plan.pk]), {"name": "Events"})

    assert response.status_code == 302
    assert response.url.startswith(reverse("plans:team", args=[plan.pk]))


def test_the_same_form_sent_twice_adds_one_row(as_alice, plan):
    data = {"name": "Events", "uid": "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1"}

    for _time in range(2):
        as_alice.post(reverse("plans:team_add", args=[plan.pk]), data)

    assert Team.objects.count() == 1


def test_a_wrong_form_comes_back_in_its_place_with_what_was_typed(as_alice, plan, htmx):
    url = reverse("plans:team_add", args=[plan.pk])

    response = as_alice.post(url, {"name": "", "purpose": "Fairs"}, headers=htmx("team-board"))

    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == f"#team-add-{plan.pk}"
    assert 'value="Fairs"' in response.text
    assert Team.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "parent", "area"),
    [("plans:objective_add", PlanFactory, "objectives"), ("plans:criterion_add", SegmentFactory, "targeting")],
)
def test_a_form_on_its_own_page_brings_the_looks_and_scripts_of_its_area(as_alice, workspace, htmx, name, parent, area):
    plan = {"workspace": workspace} if parent is PlanFactory else {"plan__workspace": workspace}
    url = reverse(name, args=[parent(**plan).pk])

    alone, in_place = as_alice.get(url), as_alice.get(url, headers=htmx())

    for file in (f"css/{area}.css", f"js/{area}.js"):
        assert file in alone.text
        assert file not in in_place.text


def test_a_form_on_its_own_page_leads_back_to_the_plan(as_alice, plan):
    page = as_alice.get(reverse("plans:team_edit", args=[TeamFactory(plan=plan).pk]))

    assert f'<a href="{plan.get_absolute_url()}">{plan}</a>' in page.text


@pytest.mark.parametrize(
    ("onward", "leads_to"),
    [("/plans/1/actions/?view=board", "/plans/1/actions/?view=board"), ("//evil.example/", None)],
)
def test_a_form_leads_back_to_where_it_was_opened_but_never_to_strangers(as_alice, plan, onward, leads_to):
    team = TeamFactory(plan=plan)
    url = reverse("plans:team_edit", args=[team.pk], query={"next": onward})
    leads_to = leads_to or reverse("plans:team", args=[plan.pk])

    assert as_alice.get(url).context["cancel_url"] == leads_to
    assert as_alice.post(url, {"name": "Events"}).url == f"{leads_to}#team-{team.pk}"


def test_a_deleted_item_comes_back_with_all_that_hung_from_it(as_alice, plan):
    team = TeamFactory(plan=plan)
    RoleFactory(team=team, title="Events manager")
    as_alice.post(reverse("plans:team_delete", args=[team.pk]))
    assert Role.objects.count() == 0

    as_alice.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert Role.objects.get().team == team
    assert BinnedItem.objects.count() == 0


def test_pointers_that_deleting_cleared_point_again_after_undo(as_alice, plan):
    chief = RoleFactory(team=TeamFactory(plan=plan), title="Director")
    report = RoleFactory(team=chief.team, title="Assistant", reports_to=chief)
    as_alice.post(reverse("plans:role_delete", args=[chief.pk]))
    report.refresh_from_db()
    assert report.reports_to is None

    as_alice.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    report.refresh_from_db()
    assert report.reports_to == chief


def test_duplicating_copies_what_the_item_is_made_of_and_stands_right_after_it(as_alice, plan):
    sales = TeamFactory(plan=plan, name="Sales", position=0)
    TeamFactory(plan=plan, name="Marketing", position=1)
    RoleFactory(team=sales, title="Sales manager")

    as_alice.post(reverse("plans:team_duplicate", args=[sales.pk]))

    assert [team.name for team in Team.objects.all()] == ["Sales", "Sales", "Marketing"]
    assert Role.objects.count() == 2


@pytest.mark.parametrize(("direction", "order"), [("up", ["B", "A", "C"]), ("down", ["A", "C", "B"])])
def test_an_item_moves_one_place_by_key(as_alice, plan, direction, order):
    for position, name in enumerate("ABC"):
        TeamFactory(plan=plan, name=name, position=position)

    as_alice.post(reverse("plans:team_move", args=[Team.objects.get(name="B").pk]), {"direction": direction})

    assert [team.name for team in Team.objects.all()] == order


def test_an_item_is_dragged_into_another_list(as_alice, plan):
    role = RoleFactory(team=TeamFactory(plan=plan))
    marketing = TeamFactory(plan=plan, name="Marketing")

    as_alice.post(reverse("plans:role_move", args=[role.pk]), {"position": 0, "list": marketing.pk})

    role.refresh_from_db()
    assert role.team == marketing


def test_an_item_cannot_be_moved_into_a_list_of_another_plan(as_alice, plan, carol):
    role = RoleFactory(team=TeamFactory(plan=plan))
    foreign = TeamFactory()

    as_alice.post(reverse("plans:role_move", args=[role.pk]), {"position": 0, "list": foreign.pk})

    role.refresh_from_db()
    assert role.team.plan == plan


def test_a_choice_from_another_workspace_is_refused(as_alice, plan, carol):
    team = TeamFactory(plan=plan)
    data = {"title": "Spy", "holder": carol.pk}

    response = as_alice.post(reverse("plans:role_add", args=[team.pk]), data)

    assert response.status_code == 422
    assert Role.objects.count() == 0


def test_two_people_editing_different_fields_both_keep_theirs(as_alice, plan):
    team = TeamFactory(plan=plan, name="Sales", purpose="Sell")
    seen = team.version
    team.purpose = "Sell more"
    team.save()

    as_alice.post(
        reverse("plans:team_edit", args=[team.pk]),
        {"name": "Field sales", "purpose": "Sell", "version": seen},
    )

    team.refresh_from_db()
    assert (team.name, team.purpose) == ("Field sales", "Sell more")


def test_two_people_editing_one_field_the_second_sees_both_values_and_chooses(as_alice, plan, htmx):
    team = TeamFactory(plan=plan, name="Sales")
    seen = team.version
    team.name = "Field sales"
    team.save()
    url = reverse("plans:team_edit", args=[team.pk])
    mine = {"name": "Key accounts", "purpose": "", "version": seen}

    response = as_alice.post(url, mine, headers=htmx("team-board"))

    team.refresh_from_db()
    assert response.status_code == 409
    assert team.name == "Field sales"
    assert "Field sales" in response.text
    assert "Key accounts" in response.text

    as_alice.post(url, mine | {"version": team.version}, headers=htmx("team-board"))

    team.refresh_from_db()
    assert team.name == "Key accounts"


def test_nothing_in_a_closed_plan_changes(as_alice, plan):
    team = TeamFactory(plan=plan)
    plan.status = "closed"
    plan.save()

    response = as_alice.post(reverse("plans:team_edit", args=[team.pk]), {"name": "Changed"})

    assert response.status_code == 403


def test_a_list_that_does_not_exist_leaves_the_item_where_it_is(as_alice, plan):
    team = TeamFactory(plan=plan)

    response = as_alice.post(reverse("plans:team_move", args=[team.pk]), {"position": 0, "list": "7"})

    assert response.status_code == 302
    assert Team.objects.get() == team


def test_the_rail_counts_what_has_just_been_added(as_alice, plan, htmx):
    page = as_alice.get(reverse("plans:team", args=[plan.pk]))
    before = next(step.done for step in page.context["frame"].plan.steps if step.number == 3)

    response = as_alice.post(reverse("plans:team_add", args=[plan.pk]), {"name": "Events"}, headers=htmx("team-board"))

    after = next(step.done for step in response.context["frame"].plan.steps if step.number == 3)
    assert after == before + 1


def test_without_javascript_the_form_of_an_item_offers_the_other_deeds(as_alice, plan):
    team = TeamFactory(plan=plan)

    page = as_alice.get(reverse("plans:team_edit", args=[team.pk])).text

    for verb in ("duplicate", "move", "delete"):
        assert f'action="{reverse(f"plans:team_{verb}", args=[team.pk])}"' in page


def test_the_form_of_a_new_item_offers_no_deeds(as_alice, plan):
    page = as_alice.get(reverse("plans:team_add", args=[plan.pk])).text

    assert "delete-item" not in page
