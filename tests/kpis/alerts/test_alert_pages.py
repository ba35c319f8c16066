"""The list of alerts, its filters and empty states, the overview's strip, and settling an alert."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.alerts.forms import LONGEST
from kpis.models import Alert
from plans.models import Plan
from tests.factories import (
    AlertFactory,
    JudgingFactory,
    KpiFactory,
    ObjectiveFactory,
    PlanFactory,
    ReadingFactory,
    WorkspaceFactory,
)
from tests.kpis.alerts.conftest import TODAY


@pytest.fixture(autouse=True)
def _wednesday_in_august(monkeypatch):
    monkeypatch.setattr("accounts.workspaces.models.Workspace.today", TODAY)


@pytest.fixture
def alert(plan, mia):
    alert = AlertFactory(plan=plan, subject=f"objective-{ObjectiveFactory(plan=plan).pk}")
    alert.people.add(mia)
    return alert


def page_of(plan, **query):
    return reverse("kpis:alerts", args=[plan.pk], query=query or None)


def fields_of(alert, **values):
    return {f"alert-{alert.pk}-{name}": value for name, value in ({"version": alert.version} | values).items()}


def state_of(alert) -> str:
    return Alert.objects.get(pk=alert.pk).state


# The list


def test_an_alert_says_what_is_wrong_since_when_what_clears_it_and_whom_it_concerns(as_bob, plan, alert, mia):
    page = as_bob.get(page_of(plan))

    for words in (
        "Retain customers",
        "Objective without action",
        "since 3 Aug",
        "No action says how it is to be reached. It is due on 31 Dec.",
        "The first action for it.",
    ):
        assert words in page.text
    assert f'href="{reverse("plans:objective_detail", args=[alert.subject_id])}"' in page.text
    assert f'?who=person-{mia.pk}">Mia Rossi</a>' in page.text
    assert "Add action" in page.text
    assert "Snooze:" not in page.text


def test_the_worst_stands_first(as_bob, plan, alert):
    AlertFactory(plan=plan, weight=60, figures={"name": "Win accounts", "due": "2026-08-20", "cancelled": 1})

    page = as_bob.get(page_of(plan))

    assert page.text.index("Win accounts") < page.text.index("Retain customers")


def test_the_list_is_narrowed_by_rule_by_person_and_to_oneself(as_mia, plan, alert, mark):
    other = AlertFactory(
        plan=plan,
        rule="no_kpi",
        subject="action-9",
        figures={"name": "Exhibit in Lyon", "status": "in_progress", "costs": False, "due": None},
    )
    other.people.add(mark)

    def named(**query):
        text = as_mia.get(page_of(plan, **query)).text
        return [name for name in ("Retain customers", "Exhibit in Lyon") if f'">{name}</a>' in text]

    assert named() == ["Retain customers", "Exhibit in Lyon"]
    assert named(rule="no_kpi") == ["Exhibit in Lyon"]
    assert named(who=str(mark.pk)) == ["Exhibit in Lyon"]
    assert named(who="me") == ["Retain customers"]
    assert named(rule="no_kpi", who="me") == []


@pytest.mark.parametrize("query", [{"rule": "nonsense"}, {"who": "²"}, {"who": "9" * 30}, {"show": "all of them"}])
def test_what_the_address_says_wrongly_is_not_asked_for(as_bob, plan, alert, query):
    assert "Retain customers" in as_bob.get(page_of(plan, **query)).text


def test_tabs_count_and_show_what_is_snoozed_false_and_cleared(as_bob, plan, alert, mark):
    AlertFactory(plan=plan, state="snoozed", snoozed_until=dt.date(2026, 8, 26), settled_by=mark, note="Fair in Lyon")
    AlertFactory(plan=plan, state="false", settled_by=mark, note="Counted elsewhere")
    AlertFactory(plan=plan, state="cleared", cleared_at=dt.datetime(2026, 8, 18, 8, tzinfo=dt.UTC), outcome="acted")

    shown = {state: as_bob.get(page_of(plan, show=state)).text for state in ("snoozed", "false", "cleared")}

    assert "Mark Weber snoozed it until 26 Aug: <q>Fair in Lyon</q>" in shown["snoozed"]
    assert "Mark Weber called it a false alarm: <q>Counted elsewhere</q>" in shown["false"]
    assert "Acted upon" in shown["cleared"]
    assert shown["cleared"].count('<span class="ct">1</span>') == 4


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "Nothing sets off an alert"),
        ({"show": "snoozed"}, "Nothing is snoozed"),
        ({"show": "false"}, "No false alarm"),
        ({"show": "cleared"}, "Nothing has cleared yet"),
        ({"rule": "stale"}, "No such alert"),
    ],
)
def test_an_empty_list_says_why(as_bob, plan, query, words):
    JudgingFactory(plan=plan)

    assert words in as_bob.get(page_of(plan, **query)).text


def test_where_nothing_is_wrong_it_is_said_what_was_looked_at_and_when(as_bob, plan):
    JudgingFactory(plan=plan, looked_at={"stale": 19, "no_action": 5})

    text = as_bob.get(page_of(plan)).text

    assert 'No fresh value <span class="mute3">19</span>' in text
    assert 'Objective without action <span class="mute3">5</span>' in text
    assert "Looked at on" in text
    assert "Overspent <span" not in text


def test_before_the_first_look_the_list_says_when_it_comes(as_bob, plan):
    assert "The worker looks within five minutes after a change." in as_bob.get(page_of(plan)).text


@pytest.mark.parametrize(
    ("status", "words"), [("draft", "The plan is a draft"), ("closed", "not carried out any more")]
)
def test_a_plan_that_is_not_carried_out_says_that_nobody_is_alerted(as_alice, plan, status, words):
    Plan.objects.update(status=status)

    text = as_alice.get(page_of(plan)).text

    assert words in text
    assert "Look again now" not in text


def test_a_long_list_is_sent_in_pieces(as_bob, plan, htmx):
    AlertFactory.create_batch(25, plan=plan)

    page = as_bob.get(page_of(plan))
    rest = as_bob.get(page_of(plan, seen=20), headers=htmx("alert-rest"))

    assert page.text.count('<li class="alarm') == 20
    assert rest.text.count('<li class="alarm') == 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_alerts(as_alice, plan, alice, count, django_assert_num_queries):
    for alert in AlertFactory.create_batch(count, plan=plan):
        alert.people.add(alice)
    as_alice.get(page_of(plan))

    # session, user, plan, frame; alerts, whom they concern, counts, people, last look
    with django_assert_num_queries(9):
        as_alice.get(page_of(plan))


def test_the_rail_counts_what_is_open(as_bob, plan, alert):
    AlertFactory(plan=plan, state="snoozed", snoozed_until=dt.date(2026, 8, 26))

    text = as_bob.get(plan.get_absolute_url()).text

    assert '>Alerts</span><span class="end" id="rail-7-3">1</span>' in text


# Looking again


def test_whoever_has_mended_something_has_the_rules_look_again(as_mark, plan, alert):
    page = as_mark.post(reverse("kpis:alerts_judge", args=[plan.pk]), follow=True)

    assert "Looked again: " in page.text
    assert Alert.objects.filter(rule="no_action").exclude(state="cleared").exists()


def test_a_plan_without_anything_wrong_clears_what_was(as_mark, plan):
    AlertFactory(plan=plan)

    page = as_mark.post(reverse("kpis:alerts_judge", args=[plan.pk]), follow=True)

    assert "Looked again: 0 new alerts, 1 cleared" in page.text


# On the overview


def test_the_overview_asks_for_the_worst_three_after_it_has_loaded(as_bob, plan, htmx):
    for number in range(5):
        AlertFactory(plan=plan, weight=number, figures={"name": f"Alert {number}", "due": "2026-12-31", "cancelled": 0})

    page = as_bob.get(plan.get_absolute_url())
    strip = as_bob.get(page_of(plan), headers=htmx("alert-strip"))

    assert f'hx-get="{page_of(plan)}"' in page.text
    assert "5 alerts" in page.text
    assert [f"Alert {number}" in strip.text for number in range(5)] == [False, False, True, True, True]


def test_an_overview_without_alerts_asks_for_none(as_bob, plan):
    AlertFactory(plan=plan, state="snoozed", snoozed_until=dt.date(2026, 8, 26))

    assert "alert-strip" not in as_bob.get(plan.get_absolute_url()).text


# All plans


def test_the_company_sees_the_alerts_of_all_plans_that_are_carried_out(as_bob, workspace, alert):
    for name, status in (("Winter", "active"), ("Old", "closed")):
        other = PlanFactory(workspace=workspace, name=name, status=status)
        AlertFactory(plan=other, figures={"name": f"{name} objective", "due": "2026-12-31", "cancelled": 0})
    AlertFactory(plan__workspace=WorkspaceFactory(), figures={"name": "Theirs", "due": "2026-12-31", "cancelled": 0})

    text = as_bob.get(reverse("kpis:company_alerts")).text

    assert "Winter objective" in text
    assert "Retain customers" in text
    assert "Old objective" not in text
    assert "Theirs" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_companys_list_asks_the_same_for_any_number_of_plans(
    as_alice, workspace, alice, count, django_assert_num_queries
):
    for _number in range(count):
        AlertFactory(plan=PlanFactory(workspace=workspace)).people.add(alice)
    as_alice.get(reverse("kpis:company_alerts"))

    with django_assert_num_queries(8):  # session, user, company, frame; alerts, whom they concern, counts, people
        as_alice.get(reverse("kpis:company_alerts"))


# Snoozing


def test_a_week_of_silence_is_one_choice(as_mark, plan, alert, mark):
    url = reverse("kpis:alert_snooze", args=[alert.pk])

    page = as_mark.post(url, fields_of(alert, lasts="week", note="Fair in Lyon"), follow=True)

    alert.refresh_from_db()
    assert (alert.state, alert.snoozed_until, alert.note) == ("snoozed", dt.date(2026, 8, 26), "Fair in Lyon")
    assert alert.settled_by == mark
    assert "Mark Weber snoozed it until 26 Aug" in page.text
    assert alert.history.latest().history_user == mark


def test_the_next_period_is_offered_for_what_a_kpi_sets_off(as_mark, plan, alert):
    Alert.objects.update(figures=alert.figures | {"rhythm": "monthly"})
    url = reverse("kpis:alert_snooze", args=[alert.pk])

    assert "Until the next period, 1 Sep" in as_mark.get(url).text
    as_mark.post(url, fields_of(alert, lasts="period"))

    assert Alert.objects.get().snoozed_until == dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("", "Choose the day on which it comes back."),
        ("2026-08-19", "Choose a day after today."),
        ("2026-11-20", "Choose a day until 19 Nov."),
        ("nonsense", "There is no such day."),
    ],
)
def test_a_wrong_day_is_explained_beside_the_field_and_nothing_typed_is_lost(as_mark, alert, until, words, htmx):
    url = reverse("kpis:alert_snooze", args=[alert.pk])

    page = as_mark.post(url, fields_of(alert, lasts="own", until=until, note="Fair in Lyon"), headers=htmx())

    assert page.status_code == 422
    assert words in page.text
    assert 'value="Fair in Lyon"' in page.text
    assert page.headers["HX-Retarget"] == f"#alert-{alert.pk}-form"
    assert state_of(alert) == "open"


def test_the_last_day_that_can_be_chosen_is_a_quarter_away(as_mark, alert):
    until = TODAY + LONGEST

    as_mark.post(reverse("kpis:alert_snooze", args=[alert.pk]), fields_of(alert, lasts="own", until=until.isoformat()))

    assert Alert.objects.get().snoozed_until == until


def test_a_day_typed_for_another_choice_does_not_matter(as_mark, alert):
    as_mark.post(reverse("kpis:alert_snooze", args=[alert.pk]), fields_of(alert, lasts="week", until="nonsense"))

    assert Alert.objects.get().snoozed_until == dt.date(2026, 8, 26)


def test_settling_answers_with_the_card_and_the_counts_of_the_rail(as_mark, alert, htmx):
    page = as_mark.post(reverse("kpis:alert_snooze", args=[alert.pk]), fields_of(alert, lasts="week"), headers=htmx())

    assert f'id="alert-{alert.pk}"' in page.text
    assert "Take back" in page.text
    assert '<span class="end" id="rail-7-3" hx-swap-oob="true">0</span>' in page.text


def test_sent_twice_it_is_said_once(as_mark, alert):
    url = reverse("kpis:alert_false", args=[alert.pk])
    as_mark.post(url, fields_of(alert, note="Counted elsewhere"))
    alert.refresh_from_db()

    as_mark.post(url, fields_of(alert, note="Counted elsewhere"))

    assert alert.history.filter(history_type="~").count() == 1
    assert Alert.objects.get().version == alert.version


def test_of_two_people_who_settle_it_the_second_sees_what_the_first_has_said(as_mark, alert, alice, client):
    url = reverse("kpis:alert_snooze", args=[alert.pk])
    as_mark.post(reverse("kpis:alert_false", args=[alert.pk]), fields_of(alert, note="Counted elsewhere"))
    client.force_login(alice)

    page = client.post(url, fields_of(alert, lasts="week", note="Fair in Lyon"))

    assert page.status_code == 409
    assert "Meanwhile: Mark Weber called it a false alarm." in page.text
    assert 'value="Fair in Lyon"' in page.text
    assert state_of(alert) == "false"

    client.post(url, fields_of(alert, version=1, lasts="week"))
    assert state_of(alert) == "snoozed"


def test_what_has_cleared_meanwhile_is_not_settled(as_mark, alert):
    Alert.objects.update(state="cleared", cleared_at=dt.datetime(2026, 8, 19, tzinfo=dt.UTC), outcome="itself")

    page = as_mark.post(reverse("kpis:alert_snooze", args=[alert.pk]), fields_of(alert, lasts="week"), follow=True)

    assert "“Retain customers” has cleared meanwhile." in page.text
    assert state_of(alert) == "cleared"


# False alarms


def test_a_false_alarm_wants_a_reason(as_mark, alert):
    url = reverse("kpis:alert_false", args=[alert.pk])

    page = as_mark.post(url, fields_of(alert, note=""))
    assert page.status_code == 422
    assert "This field is required." in page.text

    as_mark.post(url, fields_of(alert, note="Counted elsewhere"))
    assert state_of(alert) == "false"


def test_what_was_said_is_taken_back(as_mark, alert, mark):
    as_mark.post(reverse("kpis:alert_false", args=[alert.pk]), fields_of(alert, note="Counted elsewhere"))

    page = as_mark.post(reverse("kpis:alert_wake", args=[alert.pk]), follow=True)

    assert state_of(alert) == "open"
    assert "Snooze: Retain customers" in page.text
    assert [record.state for record in alert.history.filter(history_type="~").order_by("history_id")] == [
        "false",
        "open",
    ]


@pytest.mark.parametrize("name", ["alert_snooze", "alert_false", "alert_wake", "alerts_judge"])
def test_who_does_not_work_the_actions_settles_nothing(as_mia, plan, alert, name):
    pk = plan.pk if name == "alerts_judge" else alert.pk

    page = as_mia.post(reverse(f"kpis:{name}", args=[pk]), fields_of(alert, lasts="week", note="Mine"))

    assert page.status_code == 403
    assert state_of(alert) == "open"


# The page of one


def test_its_page_tells_what_happened_to_it(as_mark, alert):
    as_mark.post(reverse("kpis:alert_false", args=[alert.pk]), fields_of(alert, note="Counted elsewhere"))
    as_mark.post(reverse("kpis:alert_wake", args=[alert.pk]))

    text = as_mark.get(alert.get_absolute_url()).text

    deeds = ["Mark Weber took that back", "Mark Weber called it a false alarm", "Raised"]
    places = [text.index(words, text.index("What happened to it")) for words in deeds]
    assert places == sorted(places)
    assert "<q>Counted elsewhere</q>" in text


def test_an_alert_of_a_rule_that_is_no_more_is_not_lost(as_mark, plan):
    alert = AlertFactory(plan=plan, rule="of_old")

    assert "is not known any more" in as_mark.get(alert.get_absolute_url()).text
    assert as_mark.get(page_of(plan)).status_code == 200


def test_names_are_escaped(as_bob, plan, mia):
    kpi = KpiFactory(plan=plan, name="<b>Leads</b>", owner=mia)
    ReadingFactory(kpi=kpi)
    AlertFactory(plan=plan, figures={"name": kpi.name, "due": "2026-12-31", "cancelled": 0})

    assert "<b>Leads" not in as_bob.get(page_of(plan)).text
