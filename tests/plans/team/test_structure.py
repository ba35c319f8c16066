"""The usual structure and meetings, inserted in one click."""

from django.urls import reverse
from django.utils import translation

from plans.models import Communication, Role, Team
from plans.team.services import insert_article_structure, insert_example_communications
from tests.factories import RoleFactory, TeamFactory

SHAPE = {
    "Sales management": ["Sales director", "Product manager"],
    "Sales": ["Sales manager", "Sales representatives", "Sales assistants"],
    "Marketing": ["Marketing director", "Digital manager", "Communications manager"],
    "CRM and customer service": ["CRM manager", "Customer service"],
    "Events": ["Events manager", "Events coordinator"],
}


def shape(plan):
    return {team.name: [role.title for role in team.roles.all()] for team in Team.objects.in_plan(plan)}


def test_the_structure_is_inserted_whole(plan):
    roles = insert_article_structure(plan)

    assert shape(plan) == SHAPE
    assert roles["representatives"].reports_to == roles["sales_manager"]
    assert all(role.responsibilities for role in roles.values())


def test_only_the_sales_director_reports_to_nobody(plan):
    insert_article_structure(plan)

    assert [role.title for role in Role.objects.filter(reports_to=None)] == ["Sales director"]


def test_inserting_twice_adds_nothing_twice(plan):
    insert_article_structure(plan)
    insert_article_structure(plan)

    assert shape(plan) == SHAPE


def test_inserting_in_the_other_language_adds_nothing_twice(plan):
    insert_article_structure(plan)

    with translation.override("pl"):
        insert_article_structure(plan)

    assert Role.objects.count() == 12


def test_what_is_there_already_stays_and_is_used(plan):
    sales = TeamFactory(plan=plan, name="sales", purpose="Our own words")
    manager = RoleFactory(team=sales, title="Sales manager", responsibilities="Our own words")

    roles = insert_article_structure(plan)

    sales.refresh_from_db()
    assert roles["sales_manager"] == manager
    assert sales.purpose == "Our own words"
    assert sales.roles.count() == 3
    assert Team.objects.count() == 5


def test_the_button_inserts_the_structure_in_place(as_alice, plan, htmx):
    url = reverse("plans:team_structure", args=[plan.pk])

    response = as_alice.post(url, headers=htmx("team-board"))

    assert Role.objects.count() == 12
    assert 'id="team-board"' in response.text
    assert "12 roles added" in response.text


def test_the_button_is_gone_once_all_five_teams_are_there(as_alice, plan):
    url = reverse("plans:team_structure", args=[plan.pk])
    page = reverse("plans:team", args=[plan.pk])
    TeamFactory(plan=plan, name="Field force")
    assert url in as_alice.get(page).text

    as_alice.post(url)

    assert url not in as_alice.get(page).text


def test_readers_cannot_insert_the_structure(as_bob, plan):
    response = as_bob.post(reverse("plans:team_structure", args=[plan.pk]))

    assert response.status_code == 403
    assert Team.objects.count() == 0


def test_nothing_is_inserted_into_a_closed_plan(as_alice, plan):
    plan.status = "closed"
    plan.save()

    response = as_alice.post(reverse("plans:team_structure", args=[plan.pk]))

    assert response.status_code == 403
    assert Team.objects.count() == 0


def test_example_meetings_bring_the_roles_that_are_there(plan):
    roles = insert_article_structure(plan)

    insert_example_communications(plan)
    insert_example_communications(plan)

    monday = Communication.objects.get(name="Monday sales meeting")
    assert monday.organiser == roles["sales_manager"]
    assert set(monday.participants.all()) == {roles[key] for key in ("sales_manager", "representatives", "assistants")}
    assert Communication.objects.count() == 3


def test_example_meetings_need_no_roles(plan):
    insert_example_communications(plan)

    assert Communication.objects.filter(organiser=None, participants=None).count() == 3
