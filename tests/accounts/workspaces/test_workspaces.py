"""Companies: the first page, switching, and where each role begins."""

import pytest
from django.urls import reverse

from accounts.models import Membership, User, Workspace
from accounts.roles import Role
from tests.factories import MembershipFactory, UserFactory

HOME = reverse("accounts:home")


@pytest.mark.parametrize("role", Role)
def test_everybody_begins_at_home(client, db, role):
    """Which question stands there first is said by the role: tests/kpis/home."""
    client.force_login(MembershipFactory(role=role).user)

    assert client.get(HOME).url == reverse("kpis:home")


def test_who_has_no_company_yet_makes_one_and_becomes_its_owner(client, db):
    newcomer = UserFactory()
    client.force_login(newcomer)
    assert client.get(HOME).url == reverse("accounts:workspace_add")

    client.post(reverse("accounts:workspace_add"), {"name": "Datacore", "currency": "PLN", "language": "pl"})

    membership = Membership.objects.get()
    assert (membership.user, membership.role) == (newcomer, Role.OWNER)
    assert (membership.workspace.name, membership.workspace.currency) == ("Datacore", "PLN")


def test_a_company_without_a_name_is_explained_and_not_made(client, db):
    client.force_login(UserFactory())

    response = client.post(reverse("accounts:workspace_add"), {"name": " ", "currency": "PLN", "language": "pl"})

    assert response.status_code == 422
    assert "name" in response.context["form"].errors
    assert not Workspace.objects.exists()


def test_signing_up_leads_to_the_first_page(client, db):
    data = {"email": "nina@example.com", "password1": "quiet-harbour-77", "password2": "quiet-harbour-77"}

    response = client.post(reverse("account_signup"), data, follow=True)

    assert User.objects.get().email == "nina@example.com"
    assert response.redirect_chain[-1][0] == reverse("accounts:workspace_add")


def test_who_works_for_several_companies_switches_between_them(as_alice, alice, workspace):
    other = MembershipFactory(user=alice, workspace__name="Zeta").workspace

    as_alice.post(reverse("accounts:workspace_switch", args=[other.pk]))

    alice.refresh_from_db()
    assert alice.current_workspace == other


def test_one_cannot_switch_to_a_company_of_others(as_alice, carol):
    foreign = carol.memberships.get().workspace

    assert as_alice.post(reverse("accounts:workspace_switch", args=[foreign.pk])).status_code == 404


SETTINGS = {
    "name": "Innovatech",
    "currency": "EUR",
    "language": "en",
    "hours_per_week": "40",
    "week_starts_on": "0",
    "on_track_percent": "100",
    "at_risk_percent": "90",
    "checkin_weekday": "0",
    "checkin_hour": "9",
}


def test_a_director_renames_the_company(as_alice, workspace):
    data = SETTINGS | {"name": "Innovatech Group"}

    as_alice.post(reverse("accounts:workspace_edit", args=[workspace.pk]), data)

    workspace.refresh_from_db()
    assert workspace.name == "Innovatech Group"


def test_a_director_says_whose_holidays_count(as_alice, workspace):
    url = reverse("accounts:workspace_edit", args=[workspace.pk])

    offered = dict(as_alice.get(url).context["form"].fields["country"].choices)
    as_alice.post(url, SETTINGS | {"country": "PL"})

    workspace.refresh_from_db()
    assert (offered["PL"], offered[""], workspace.country) == ("Poland", "None", "PL")


def test_a_country_nobody_knows_is_explained_and_not_saved(as_alice, workspace):
    data = SETTINGS | {"country": "XX"}

    response = as_alice.post(reverse("accounts:workspace_edit", args=[workspace.pk]), data)

    workspace.refresh_from_db()
    assert response.status_code == 422
    assert "country" in response.context["form"].errors
    assert workspace.country == ""


def test_a_director_says_how_many_hours_a_week_are_usual(as_alice, workspace):
    url = reverse("accounts:workspace_edit", args=[workspace.pk])

    as_alice.post(url, SETTINGS | {"hours_per_week": "37,5"})

    workspace.refresh_from_db()
    assert workspace.hours_per_week == 37.5


@pytest.mark.parametrize(
    ("hours", "message"),
    [("169", "A week has from 0 to 168 hours."), ("-1", "A week has from 0 to 168 hours."), ("37.3", "whole quarters")],
)
def test_an_impossible_week_is_explained_and_not_saved(as_alice, workspace, hours, message):
    url = reverse("accounts:workspace_edit", args=[workspace.pk])

    response = as_alice.post(url, SETTINGS | {"hours_per_week": hours})

    workspace.refresh_from_db()
    assert response.status_code == 422
    assert message in response.text
    assert workspace.hours_per_week == 40


def test_new_settings_of_a_company_let_the_clocks_of_its_plans_tick(as_alice, plan):
    before = plan.changed_at

    as_alice.post(reverse("accounts:workspace_edit", args=[plan.workspace_id]), SETTINGS | {"hours_per_week": "30"})

    plan.refresh_from_db()
    assert plan.changed_at > before


def test_a_director_says_on_which_day_weeks_begin_and_from_when_a_kpi_is_on_track(as_alice, workspace):
    data = SETTINGS | {"week_starts_on": "6", "on_track_percent": "95", "at_risk_percent": "80"}

    as_alice.post(reverse("accounts:workspace_edit", args=[workspace.pk]), data)

    workspace.refresh_from_db()
    assert (workspace.week_starts_on, workspace.on_track_percent, workspace.at_risk_percent) == (6, 95, 80)


@pytest.mark.parametrize(
    ("typed", "explained"),
    [
        ({"on_track_percent": "80", "at_risk_percent": "80"}, "on track above that"),
        ({"on_track_percent": "201"}, "at most at 200"),
        ({"at_risk_percent": "0"}, "At risk begins at 1 or more"),
        ({"at_risk_percent": "many"}, "Enter a whole number"),
        ({"week_starts_on": "3"}, "Select a valid choice"),
    ],
)
def test_rules_that_cannot_be_are_explained_and_nothing_typed_is_lost(as_alice, workspace, typed, explained):
    url = reverse("accounts:workspace_edit", args=[workspace.pk])

    response = as_alice.post(url, SETTINGS | typed | {"name": "Renamed"})

    workspace.refresh_from_db()
    assert response.status_code == 422
    assert explained in response.text
    assert 'value="Renamed"' in response.text
    assert (workspace.name, workspace.on_track_percent) == ("Innovatech", 100)


def test_managers_do_not_rename_the_company(as_mark, workspace):
    response = as_mark.post(reverse("accounts:workspace_edit", args=[workspace.pk]), {"name": "Mine"})

    workspace.refresh_from_db()
    assert response.status_code == 403
    assert workspace.name == "Innovatech"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=1+1", "🚀 مرحبا"])
def test_odd_names_are_kept_as_they_are_and_do_no_harm(as_alice, workspace, name):
    as_alice.post(reverse("accounts:workspace_edit", args=[workspace.pk]), SETTINGS | {"name": name})

    page = as_alice.get(reverse("accounts:member_list"))

    workspace.refresh_from_db()
    assert workspace.name == name
    assert "<script>alert" not in page.text


def test_a_director_says_where_the_company_is_and_when_its_check_in(as_alice, workspace):
    url = reverse("accounts:workspace_edit", args=[workspace.pk])
    form = as_alice.get(url).context["form"]
    assert (form["checkin_weekday"].value(), form["checkin_hour"].value()) == (0, 9)
    assert dict(form.fields["time_zone"].choices)[""] == "As this installation (Europe/Warsaw)"

    as_alice.post(url, SETTINGS | {"time_zone": "Asia/Tokyo", "checkin_weekday": "4", "checkin_hour": "16"})

    workspace.refresh_from_db()
    assert (workspace.time_zone, workspace.checkin_weekday, workspace.checkin_hour) == ("Asia/Tokyo", 4, 16)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("time_zone", "Europe/Atlantis"),
        ("checkin_weekday", "7"),
        ("checkin_weekday", ""),
        ("checkin_hour", "24"),
        ("checkin_hour", "nine"),
        ("checkin_hour", ""),
    ],
)
def test_a_place_or_a_time_that_does_not_exist_is_explained_and_not_saved(as_alice, workspace, field, typed):
    url = reverse("accounts:workspace_edit", args=[workspace.pk])

    response = as_alice.post(url, SETTINGS | {"name": "Renamed", field: typed})

    workspace.refresh_from_db()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert workspace.name == "Innovatech"
