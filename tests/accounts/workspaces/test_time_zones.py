"""Where a person and a company are, and what the clock says there."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User, Workspace
from accounts.workspaces.services import remove_member
from plans.models import Action
from tests.factories import (
    ActionFactory,
    MembershipFactory,
    NoticeFactory,
    ObjectiveFactory,
    UserFactory,
    WorkspaceFactory,
)

PROFILE = {"name": "Mia", "theme": "auto", "density": "compact"}
#: Monday half past one in Warsaw, Sunday evening in New York.
NIGHT = dt.datetime(2026, 8, 23, 23, 30, tzinfo=dt.UTC)


@pytest.fixture
def at(monkeypatch):
    def stop(now):
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return stop


def lives_in(user, zone):
    User.objects.filter(pk=user.pk).update(time_zone=zone)


def test_a_person_says_where_she_is(as_mia, mia):
    page = as_mia.get(reverse("accounts:profile"))
    as_mia.post(reverse("accounts:profile"), PROFILE | {"time_zone": "America/New_York"})

    mia.refresh_from_db()
    offered = dict(page.context["form"].fields["time_zone"].choices)
    assert (offered[""], offered["America/New_York"]) == ("As my company", "America/New York")
    assert mia.time_zone == "America/New_York"


def test_a_place_nobody_knows_is_explained_and_not_saved(as_mia, mia):
    page = as_mia.post(reverse("accounts:profile"), PROFILE | {"time_zone": "Europe/Atlantis"})

    mia.refresh_from_db()
    assert page.status_code == 422
    assert "time_zone" in page.context["form"].errors
    assert mia.time_zone == ""


@pytest.mark.parametrize(("zone", "stored"), [("Asia/Kolkata", "Asia/Kolkata"), ("Asia/Nowhere", ""), ("", "")])
def test_signing_up_takes_what_the_browser_says_and_nothing_that_is_no_place(client, db, zone, stored):
    data = {"email": "nina@example.com", "password1": "quiet-harbour-77", "password2": "quiet-harbour-77"}

    client.post(reverse("account_signup"), data | {"time_zone": zone})

    assert User.objects.get().time_zone == stored


@pytest.mark.parametrize(
    ("country", "zone"), [("FI", "Europe/Helsinki"), ("US", "America/Chicago"), ("", "America/Chicago")]
)
def test_a_new_company_is_where_its_country_is_else_where_its_founder_is(client, db, country, zone):
    client.force_login(UserFactory(time_zone="America/Chicago"))

    data = {"name": "Datacore", "currency": "EUR", "language": "en", "country": country}
    client.post(reverse("accounts:workspace_add"), data)

    assert Workspace.objects.get().time_zone == zone


# What it changes


def week_shown(client) -> str:
    return client.get(reverse("kpis:week")).context["page"].code


def test_today_is_that_of_the_reader(as_mia, mia, plan, at):
    at(NIGHT)
    assert week_shown(as_mia) == "2026-W35"

    lives_in(mia, "America/New_York")

    assert week_shown(as_mia) == "2026-W34"


def test_who_says_nothing_has_the_time_of_the_company_she_works_for(as_mia, mia, workspace, at):
    at(NIGHT)
    Workspace.objects.filter(pk=workspace.pk).update(time_zone="America/New_York")
    assert week_shown(as_mia) == "2026-W35"

    mia.current_workspace = workspace
    mia.save()
    assert week_shown(as_mia) == "2026-W34"

    lives_in(mia, "Asia/Tokyo")
    assert week_shown(as_mia) == "2026-W35"


def test_after_a_request_the_time_is_the_installations_again(as_mia, mia):
    lives_in(mia, "Asia/Tokyo")

    as_mia.get(reverse("kpis:week"))

    assert timezone.get_current_timezone_name() == "Europe/Warsaw"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (dt.date(2026, 3, 29), ["01:30", "03:30"]),
        (dt.date(2026, 10, 25), ["02:30", "02:30"]),
    ],
    ids=["spring", "autumn"],
)
def test_times_are_right_on_the_night_the_clocks_change(as_mia, mia, plan, day, shown):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan))
    for hour in (0, 1):
        moment = dt.datetime.combine(day, dt.time(hour, 30), dt.UTC)
        NoticeFactory(membership=mia.memberships.get(), action=action, made_at=moment, key=str(hour))

    page = as_mia.get(reverse("plans:inbox"))

    notices = [notice for _day, group in page.context["days"] for notice in group]
    assert [timezone.localtime(notice.made_at, Workspace().zone).strftime("%H:%M") for notice in notices[::-1]] == shown
    assert all(page.text.count(f"{int(time[:2])}:30") for time in shown)


def test_what_everybody_sees_alike_goes_by_the_day_of_the_company(as_mark, mark, plan, at):
    """A deadline is not missed for the one and kept for the other."""
    action = ActionFactory(objective=ObjectiveFactory(plan=plan), deadline=dt.date(2026, 8, 23), person=mark)
    at(NIGHT)
    Workspace.objects.filter(pk=plan.workspace_id).update(time_zone="America/New_York")

    for zone in ("Asia/Tokyo", "America/New_York", "Asia/Tokyo"):
        lives_in(mark, zone)
        as_mark.get(reverse("plans:actions", args=[plan.pk]))

        plan.refresh_from_db()
        assert plan.health_on == dt.date(2026, 8, 23)
        assert Action.objects.get(pk=action.pk).health == "at_risk"

    Workspace.objects.filter(pk=plan.workspace_id).update(time_zone="")
    as_mark.get(reverse("plans:actions", args=[plan.pk]))
    assert Action.objects.get(pk=action.pk).health == "off_track"


def test_who_leaves_the_company_she_works_for_goes_on_in_another(mia, workspace):
    other = MembershipFactory(user=mia, workspace=WorkspaceFactory(name="Datacore")).workspace
    User.objects.filter(pk=mia.pk).update(current_workspace=workspace)

    remove_member(mia.memberships.get(workspace=workspace))

    mia.refresh_from_db()
    assert mia.current_workspace == other
