"""Links for people outside are made, listed and revoked by those who work the plan."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.models import SharedLink
from kpis.sharing.services import new_key
from plans.models import Plan
from tests.factories import SharedLinkFactory

TODAY = dt.date(2026, 8, 19)


@pytest.fixture(autouse=True)
def _wednesday_in_august(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def url(plan):
    return reverse("kpis:shared_links", args=[plan.pk])


def typed(**other):
    return {"name": "The board", "lasts": "30", "ends_on": "", "language": "en", "key": new_key()} | other


def address_in(page) -> str:
    return re.search(r'id="share-address"[^>]* value="([^"]+)"', page.text)[1]


def test_a_manager_makes_one_and_sees_its_address_once(as_mark, mark, plan, url):
    page = as_mark.post(url, typed())

    link = SharedLink.objects.get()
    assert (link.plan, link.name, link.made_by, link.ends_on) == (plan, "The board", mark, dt.date(2026, 9, 18))
    assert as_mark.get(address_in(page)).status_code == 200
    assert "share-address" not in as_mark.get(url).text


def test_the_address_stands_nowhere_in_the_database(as_mark, url):
    token = address_in(as_mark.post(url, typed())).rstrip("/").rsplit("/", 1)[1]

    assert len(token) >= 43
    assert token not in str(SharedLink.objects.values().get())


def test_its_language_is_the_one_chosen(as_mark, url):
    as_mark.post(url, typed(language="pl"))

    assert SharedLink.objects.get().language == "pl"


@pytest.mark.parametrize("days", [7, 30, 90])
def test_it_lasts_as_many_days_as_were_chosen(as_mark, url, days):
    as_mark.post(url, typed(lasts=str(days), ends_on="not a day, and not asked for"))

    assert SharedLink.objects.get().ends_on == TODAY + dt.timedelta(days=days)


@pytest.mark.parametrize("day", ["2026-08-19", "2027-08-19"])
def test_it_lasts_until_a_day_of_ones_own_from_today_to_a_year_from_now(as_mark, url, day):
    as_mark.post(url, typed(lasts="own", ends_on=day))

    assert SharedLink.objects.get().ends_on == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"lasts": "own"}, "Choose the last day on which the link works."),
        ({"lasts": "own", "ends_on": "soon"}, "There is no such day."),
        ({"lasts": "own", "ends_on": "2026-08-18"}, "This day is over."),
        ({"lasts": "own", "ends_on": "2027-08-20"}, "Choose a day within a year from today."),
        ({"lasts": "ever"}, "Select a valid choice."),
        ({"name": " "}, "This field is required."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"key": "easy-to-guess"}, "This form was sent already."),
        ({"key": ""}, "This form was sent already."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_mark, url, wrong, words):
    page = as_mark.post(url, typed(name="The board of May") | wrong)

    assert page.status_code == 422
    assert words in page.text
    assert "name" in wrong or 'value="The board of May"' in page.text
    assert not SharedLink.objects.exists()


def test_the_same_form_sent_twice_makes_one_and_shows_its_address_again(as_mark, url):
    form = typed()

    first, second = as_mark.post(url, form), as_mark.post(url, form)

    assert SharedLink.objects.count() == 1
    assert address_in(first) == address_in(second)


def test_a_form_that_was_sent_and_is_another_now_is_asked_about_and_then_makes_another(as_mark, url):
    form = typed()
    as_mark.post(url, form)

    asked = as_mark.post(url, form | {"name": "The bank"})
    key = re.search(r'name="key" value="([^"]+)"', asked.text)[1]
    as_mark.post(url, form | {"name": "The bank", "key": key})

    assert asked.status_code == 422
    assert sorted(SharedLink.objects.values_list("name", flat=True)) == ["The bank", "The board"]


def test_a_reload_brings_no_address_back_that_was_revoked(as_mark, url):
    form = typed()
    as_mark.post(url, form)
    as_mark.post(reverse("kpis:sharedlink_revoke", args=[SharedLink.objects.get().pk]))

    page = as_mark.post(url, form)

    assert page.status_code == 422
    assert "share-address" not in page.text


def test_a_form_of_one_plan_shows_no_link_of_another(as_mark, plan, workspace, url):
    form, other = typed(), SharedLinkFactory(plan__workspace=workspace).plan
    as_mark.post(url, form)

    page = as_mark.post(reverse("kpis:shared_links", args=[other.pk]), form)

    assert page.status_code == 422
    assert "share-address" not in page.text


@pytest.mark.parametrize("status", [Plan.Status.CLOSED, Plan.Status.ARCHIVED])
def test_the_results_of_a_plan_that_is_over_are_shared_too(as_mark, url, plan, status):
    Plan.objects.update(status=status)

    as_mark.post(url, typed())
    as_mark.post(reverse("kpis:sharedlink_revoke", args=[SharedLink.objects.get().pk]))

    assert SharedLink.objects.get().revoked_at


def test_sharing_changes_nothing_in_the_plan(as_mark, url, plan):
    as_mark.post(url, typed())

    assert Plan.objects.get().changed_at == plan.changed_at


# Who


def test_who_may_not_share_sees_what_is_shared_and_no_form(as_mia, url, plan, mark):
    SharedLinkFactory(plan=plan, made_by=mark)

    page = as_mia.get(url)

    assert "The board" in page.text
    assert "Make the link" not in page.text
    assert "Revoke" not in page.text
    assert as_mia.post(url, typed()).status_code == 403


def test_who_may_not_share_revokes_nothing(as_mia, plan, mark):
    link = SharedLinkFactory(plan=plan, made_by=mark)

    assert as_mia.post(reverse("kpis:sharedlink_revoke", args=[link.pk])).status_code == 403
    assert SharedLink.objects.get().revoked_at is None


def test_a_colleague_revokes_it_and_the_list_says_who_did(as_alice, alice, plan, mark, url):
    link = SharedLinkFactory(plan=plan, made_by=mark)

    page = as_alice.post(reverse("kpis:sharedlink_revoke", args=[link.pk]), follow=True)

    assert "The link for The board has ended" in page.text
    assert "revoked by Alice Martin" in page.text
    assert SharedLink.objects.get().revoked_by == alice


def test_revoked_once_more_it_was_the_first_who_did_it(as_alice, plan, mark):
    link = SharedLinkFactory(plan=plan, made_by=mark, revoked_by=mark, revoked_at=timezone.now())

    as_alice.post(reverse("kpis:sharedlink_revoke", args=[link.pk]))

    assert SharedLink.objects.get().revoked_by == mark


# The list


def test_the_list_says_how_often_and_when_each_was_opened(as_mark, plan, mark, url):
    opened = dt.datetime(2026, 8, 18, 9, 30, tzinfo=dt.UTC)
    SharedLinkFactory(plan=plan, made_by=mark, name="The bank")
    SharedLinkFactory(plan=plan, made_by=mark, opened_at=opened, opened_count=4)

    page = as_mark.get(url).text

    assert "not opened yet" in page
    assert "opened 4 times, last" in page


def test_those_that_have_ended_are_listed_with_the_reason(as_mark, plan, mark, mia, url):
    SharedLinkFactory(plan=plan, made_by=mark, ends_on=TODAY - dt.timedelta(days=1))
    SharedLinkFactory(plan=plan, made_by=mia)
    SharedLinkFactory(plan=plan, made_by=mark, revoked_by=mark, revoked_at=timezone.now())

    page = as_mark.get(url)

    assert page.context["links"].lasting == []
    assert {ended.why for ended in page.context["links"].ended} == {"over", "maker", "revoked"}
    assert "whoever made it may no longer share" in page.text


def test_however_many_have_ended_those_that_work_are_seen(as_mark, plan, mark, url):
    lasting = SharedLinkFactory(plan=plan, made_by=mark, made_at=timezone.now() - dt.timedelta(days=3))
    SharedLinkFactory.create_batch(120, plan=plan, made_by=mark, ends_on=TODAY - dt.timedelta(days=1))

    links = as_mark.get(url).context["links"]

    assert links.lasting == [lasting]
    assert len(links.ended) == 50


def test_the_palette_leads_there_whom_it_lets_share(client, plan, mark, mia):
    found = {}
    for person in (mark, mia):
        client.force_login(person)
        found[person] = client.get(reverse("plans:find"), {"q": "share", "plan": plan.pk}).text

    assert "Share the overview" in found[mark]
    assert "Share the overview" not in found[mia]


def test_links_of_another_plan_are_not_listed(as_mark, workspace, mark, url):
    SharedLinkFactory(plan__workspace=workspace, made_by=mark)

    assert "The board" not in as_mark.get(url).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(as_mark, plan, mark, url, count, django_assert_num_queries):
    SharedLinkFactory.create_batch(count, plan=plan, made_by=mark)

    with django_assert_num_queries(7):  # session, user, plan, links; workspaces, my week, completeness
        as_mark.get(url)
