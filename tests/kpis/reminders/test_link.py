"""The link in the mail: one form, one person, one week, one browser, and nothing besides."""

import datetime as dt
import logging
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User, Workspace
from kpis.models import Kpi, Reading, Reminder
from kpis.reminders.link import link_of
from kpis.reminders.mails import remind_everybody
from plans.models import Plan
from tests.factories import KpiFactory, MembershipFactory, PlanFactory, ReadingFactory, ReminderFactory
from tests.kpis.reminders.conftest import FRIDAY, WEEK_34

WEEK_33 = dt.date(2026, 8, 10)


@pytest.fixture
def at(monkeypatch):
    def stop(now):
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return stop


@pytest.fixture
def reminder(mia, kpi, at):
    at(FRIDAY)
    return ReminderFactory(membership=mia.memberships.get(), week=WEEK_34, sent_at=FRIDAY)


def url(name, reminder):
    return reverse(f"kpis:{name}", args=[reminder.pk])


def follow(client, reminder):
    """As a browser does: to the address in the mail, and on to where it leads."""
    return client.get(link_of(reminder).removeprefix("http://localhost:8000"), follow=True)


def enter(client, reminder, kpi, htmx=None, /, **typed):
    data = {"kpi": kpi.pk, "period": str(WEEK_34), "value": "46"} | typed
    return client.post(url("reminder_enter", reminder), data, headers=htmx(f"kpi-{kpi.pk}") if htmx else {})


# What it opens


def test_it_opens_her_form_of_that_week_without_signing_in(client, reminder, kpi, plan, alice):
    KpiFactory(plan=plan, owner=alice, name="Not hers")

    page = follow(client, reminder)

    assert page.status_code == 200
    assert "My KPIs, week 34" in page.text
    assert "Innovatech, for Mia Rossi" in page.text
    assert "Due by 24 Aug." in page.text
    assert "Qualified leads" in page.text
    assert "Not hers" not in page.text
    assert "_auth_user_id" not in client.session


def test_the_key_stands_in_no_address_one_stays_at(client, reminder):
    page = follow(client, reminder)

    assert page.redirect_chain == [(url("reminder", reminder), 302)]
    assert "key=" not in page.text


def test_the_mail_leads_there(client, kpi, mailoutbox, at):
    at(FRIDAY)
    remind_everybody(FRIDAY)
    (link,) = re.findall(r"http://localhost:8000(/reminders/\S+)", mailoutbox[0].body)

    assert "Qualified leads" in client.get(link, follow=True).text


def test_nothing_on_it_leads_into_the_application(client, reminder, kpi):
    page = follow(client, reminder).text

    body = page[page.index("<body") :]
    found = set(re.findall(r'(?:href|action|hx-get|hx-post)="([^"]+)"', body))
    assert {address for address in found if "icons.svg" not in address} == {
        "#content",
        reverse("account_login"),
        url("reminder_enter", reminder),
        url("reminder_finish", reminder),
    }


def test_the_rest_of_the_application_asks_to_sign_in_as_before(client, reminder, kpi, plan):
    follow(client, reminder)
    enter(client, reminder, kpi)

    for address in (reverse("kpis:week"), reverse("kpis:checkin", args=[plan.pk]), kpi.get_absolute_url()):
        assert client.get(address).status_code == 302
    refused = client.post(reverse("kpis:reading_enter", args=[kpi.pk]), {"period": str(WEEK_34), "value": "1"})
    assert refused.status_code == 302


def test_its_cookie_is_sent_to_this_form_alone_and_read_by_no_script(client, reminder):
    follow(client, reminder)

    cookie = client.cookies[f"checkin-{reminder.pk}"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (url("reminder", reminder), "Lax", True)


def test_no_browser_and_no_search_engine_keeps_it_and_no_other_site_hears_of_it(client, reminder):
    page = follow(client, reminder)

    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in page.text


def test_it_speaks_her_language_and_her_time_whoever_has_the_browser(client, reminder, mia, at):
    User.objects.filter(pk=mia.pk).update(language="pl", time_zone="Pacific/Auckland")

    page = follow(client, reminder)

    assert page.headers["Content-Language"] == "pl"
    assert "tydzień 34" in page.text


def test_whoever_is_signed_in_there_the_form_is_hers(as_alice, reminder, kpi, mia):
    follow(as_alice, reminder)
    enter(as_alice, reminder, kpi)

    assert Reading.objects.get().entered_by == mia


# What is entered


def test_a_line_saves_itself_under_her_name_in_the_history_too(client, reminder, kpi, mia, htmx):
    follow(client, reminder)

    answer = enter(client, reminder, kpi, htmx, value="46,5", confidence="high", note="Fair in Lyon")

    reading = kpi.readings.get(period=WEEK_34)
    assert (reading.value, reading.confidence, reading.note) == (46.5, "high", "Fair in Lyon")
    assert reading.entered_by == mia
    assert [change.history_user for change in Reading.history.all()] == [mia]
    assert answer.headers["HX-Trigger"] == '{"checkin-saved": {}}'
    assert "1 of 1" in answer.text
    assert url("reminder_enter", reminder) in answer.text


def test_sent_twice_it_is_one_value(client, reminder, kpi, htmx):
    follow(client, reminder)

    for _time in range(2):
        enter(client, reminder, kpi, htmx)

    assert Reading.objects.count() == 1


@pytest.mark.parametrize(("typed", "says"), [("many", 'role="alert"'), ("460", "ten times the last value")])
def test_what_is_wrong_or_odd_is_explained_and_nothing_is_saved(client, reminder, kpi, htmx, typed, says):
    ReadingFactory(kpi=kpi, period=WEEK_33, value=46)
    follow(client, reminder)

    answer = enter(client, reminder, kpi, htmx, value=typed)

    assert answer.status_code == 422
    assert says in answer.text
    assert f'value="{typed}"' in answer.text
    assert not kpi.readings.filter(period=WEEK_34).exists()


def test_what_somebody_else_entered_meanwhile_is_shown_beside_it(client, reminder, kpi, mark, htmx):
    follow(client, reminder)
    theirs = ReadingFactory(kpi=kpi, period=WEEK_34, value=40, entered_by=mark, entered_at=timezone.now())

    answer = enter(client, reminder, kpi, htmx, version="")
    assert answer.status_code == 409
    assert "Mark Weber" in answer.text

    enter(client, reminder, kpi, htmx, version="", mine=theirs.version)
    assert Reading.objects.get().value == 46


def test_a_value_is_corrected_by_it_and_not_taken_back(client, reminder, kpi, htmx):
    follow(client, reminder)
    enter(client, reminder, kpi, htmx)

    answer = enter(client, reminder, kpi, htmx, value="", version="1")

    assert answer.status_code == 200
    assert 'value="46"' in answer.text
    assert Reading.objects.get().value == 46


def test_without_javascript_a_line_leads_back_to_it_and_a_wrong_one_comes_back(client, reminder, kpi):
    follow(client, reminder)

    wrong = enter(client, reminder, kpi, value="many")
    right = enter(client, reminder, kpi)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert 'value="many"' in wrong.text
    assert right.url == f"{url('reminder', reminder)}#kpi-{kpi.pk}"


# What it does not open


def another_of_the_plan(kpi, mia, alice):
    return KpiFactory(plan=kpi.plan, owner=alice), WEEK_34


def hers_in_another_company(kpi, mia, alice):
    other = MembershipFactory(user=mia).workspace
    return KpiFactory(plan=PlanFactory(workspace=other), owner=mia), WEEK_34


def another_week(kpi, mia, alice):
    return kpi, WEEK_33


def one_given_to_another_since(kpi, mia, alice):
    Kpi.objects.filter(pk=kpi.pk).update(owner=alice)
    return kpi, WEEK_34


def one_of_a_plan_closed_since(kpi, mia, alice):
    Plan.objects.filter(pk=kpi.plan_id).update(status="closed")
    return kpi, WEEK_34


def hers_who_only_reads_now(kpi, mia, alice):
    Membership.objects.filter(user=mia).update(role="viewer")
    return kpi, WEEK_34


@pytest.mark.parametrize(
    "what",
    [
        another_of_the_plan,
        hers_in_another_company,
        another_week,
        one_given_to_another_since,
        one_of_a_plan_closed_since,
        hers_who_only_reads_now,
    ],
)
@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_else_is_entered_and_that_is_said(client, reminder, kpi, mia, alice, htmx, what, scripts):
    follow(client, reminder)
    asked, period = what(kpi, mia, alice)

    answer = enter(client, reminder, asked, htmx if scripts else None, period=str(period))

    assert answer.status_code == 409
    assert "Nothing was saved." in answer.text
    assert not Reading.objects.exists()


@pytest.mark.parametrize("field", ["kpi", "period"])
@pytest.mark.parametrize("typed", ["", "0", "rubbish", "1e309"])
def test_rubbish_is_answered_alike(client, reminder, kpi, field, typed):
    follow(client, reminder)

    assert enter(client, reminder, kpi, **{field: typed}).status_code == 409


def test_who_owes_nothing_any_more_is_told_so(client, reminder, kpi, alice):
    Kpi.objects.filter(pk=kpi.pk).update(owner=alice)

    assert "Nothing is asked of you for this week" in follow(client, reminder).text


@pytest.mark.parametrize("gone", ["left", "deactivated"])
def test_who_is_gone_finds_it_closed(client, reminder, kpi, mia, gone):
    follow(client, reminder)
    if gone == "left":
        mia.memberships.all().delete()
    else:
        User.objects.filter(pk=mia.pk).update(is_active=False)

    assert follow(client, reminder).status_code == 404
    assert enter(client, reminder, kpi).status_code == 404
    assert not Reading.objects.exists()


# Once


def test_looking_uses_nothing_up_however_often(client, reminder, kpi):
    """Mail programs look at every link before she does."""
    for _time in range(3):
        assert follow(Client(), reminder).status_code == 200

    assert follow(client, reminder).status_code == 200
    assert enter(client, reminder, kpi).status_code == 302
    assert Reminder.objects.get().used_at == FRIDAY


def test_the_browser_that_enters_something_keeps_it_for_itself(client, reminder, kpi, htmx):
    scanner = Client()
    follow(scanner, reminder)
    follow(client, reminder)
    enter(client, reminder, kpi)

    seen = follow(scanner, reminder)
    assert (seen.status_code, "This link has been used" in seen.text) == (410, True)
    assert "Qualified leads" not in seen.text
    assert enter(scanner, reminder, kpi, value="1").status_code == 410
    assert follow(client, reminder).status_code == 200
    assert enter(client, reminder, kpi, value="47", version="1").status_code == 302
    assert Reading.objects.get().value == 47


def test_of_two_browsers_at_once_one_gets_it(reminder, kpi):
    """Both have it open; the second has been let in before the first one sent."""
    first, second = Client(), Client()
    follow(first, reminder), follow(second, reminder)

    assert enter(first, reminder, kpi).status_code == 302
    assert enter(second, reminder, kpi, value="1").status_code == 410
    assert Reading.objects.get().value == 46


def test_after_a_day_the_browser_has_used_it_up(client, reminder, kpi, at):
    follow(client, reminder)
    enter(client, reminder, kpi)

    at(FRIDAY + dt.timedelta(hours=23, minutes=59))
    assert follow(client, reminder).status_code == 200
    at(FRIDAY + dt.timedelta(hours=24))
    assert follow(client, reminder).status_code == 410
    assert enter(client, reminder, kpi, value="47", version="1").status_code == 410


def test_finishing_closes_it_in_her_browser_too(client, reminder, kpi):
    KpiFactory(plan=kpi.plan, owner=reminder.membership.user)
    follow(client, reminder)
    enter(client, reminder, kpi)

    done = client.post(url("reminder_finish", reminder))

    assert "1 of 2 entered" in done.text
    assert "1 value is still missing." in done.text
    assert follow(client, reminder).status_code == 410
    assert enter(client, reminder, kpi, value="47").status_code == 410


def test_it_runs_out_after_a_week(client, reminder, kpi, at):
    follow(client, reminder)

    at(FRIDAY + dt.timedelta(days=7, minutes=-1))
    assert follow(client, reminder).status_code == 200
    at(FRIDAY + dt.timedelta(days=7))
    page = follow(client, reminder)
    assert page.status_code == 410
    assert "This link has run out" in page.text
    assert reverse("account_login") in page.text
    assert enter(client, reminder, kpi).status_code == 410


# Forged


@pytest.mark.parametrize("key", ["", "x", "A" * 43])
def test_a_key_nobody_has_signed_opens_nothing(client, reminder, key):
    page = client.get(url("reminder", reminder), {"key": key}, follow=True)

    assert page.status_code == 404
    assert "This link does not open anything" in page.text
    assert f"checkin-{reminder.pk}" not in client.cookies


def test_the_key_of_one_reminder_is_none_for_another(client, reminder, alice):
    other = ReminderFactory(membership=alice.memberships.get(), week=WEEK_34, sent_at=FRIDAY)
    key = link_of(reminder).partition("?key=")[2]

    assert client.get(url("reminder", other), {"key": key}, follow=True).status_code == 404


def test_the_cookie_of_one_reminder_is_none_for_another(client, reminder, alice):
    other = ReminderFactory(membership=alice.memberships.get(), week=WEEK_34, sent_at=FRIDAY)
    follow(client, reminder)
    client.cookies[f"checkin-{other.pk}"] = client.cookies[f"checkin-{reminder.pk}"].value

    assert client.get(url("reminder", other)).status_code == 404


def test_without_key_and_cookie_it_does_not_exist_for_colleagues_either(as_alice, reminder, kpi):
    assert as_alice.get(url("reminder", reminder)).status_code == 404
    assert enter(as_alice, reminder, kpi).status_code == 404
    assert as_alice.post(url("reminder_finish", reminder)).status_code == 404
    assert Reminder.objects.get().finished_at is None


def test_another_site_cannot_send_it(reminder, kpi):
    client = Client(enforce_csrf_checks=True)
    follow(client, reminder)

    assert enter(client, reminder, kpi).status_code == 403
    assert not Reading.objects.exists()


def test_it_cannot_be_asked_without_end(client, reminder, kpi, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"reminder_entries": "2/h/key"}
    follow(client, reminder)

    assert [enter(client, reminder, kpi).status_code for _time in range(3)] == [302, 302, 429]


def test_the_key_is_written_to_no_log(client, reminder, kpi, caplog):
    key = link_of(reminder).partition("?key=")[2]
    with caplog.at_level(logging.DEBUG):
        follow(client, reminder)
        client.post(url("reminder_finish", reminder))
        follow(client, reminder)
        client.get(url("reminder", reminder), {"key": key + "x"}, follow=True)

    said = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert any("Gone" in record.getMessage() for record in said)
    assert key not in "".join(str(vars(record)) for record in said if record.name != "django.request")
    assert key not in "".join(record.getMessage() for record in said)


def test_nor_to_that_of_gunicorn():
    source = (Path(__file__).parents[3] / "scripts" / "gunicorn.conf.py").read_text()

    (form,) = re.findall(r"^access_log_format = '(.*)'$", source, re.MULTILINE)
    assert not {"%(r)s", "%(q)s", "%(f)s"} & set(re.findall(r"%\([^)]+\)s", form))


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_kpis(client, reminder, kpi, count, django_assert_num_queries):
    for one in KpiFactory.create_batch(count, plan=kpi.plan, owner=kpi.owner):
        ReadingFactory(kpi=one, period=WEEK_33)
    follow(client, reminder)

    # reminder; KPIs, values, readings
    with django_assert_num_queries(4):
        client.get(url("reminder", reminder))


def test_a_company_in_another_time_zone_asks_for_the_same_week(client, reminder):
    Workspace.objects.update(time_zone="Pacific/Auckland")

    assert "week 34" in follow(client, reminder).text


def test_a_reminder_is_seen_by_whom_it_was_sent_to(reminder, mia, alice):
    assert Reminder.objects.visible_to(mia).get() == Reminder.objects.editable_by(mia).get() == reminder
    assert not Reminder.objects.visible_to(alice).exists()
    assert not Reminder.objects.editable_by(alice).exists()
