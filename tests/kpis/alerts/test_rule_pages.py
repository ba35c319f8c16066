"""How often each rule is right, and who may switch one off."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.alerts.queries import records_of
from kpis.models import Alert, SilentRule
from tests.factories import AlertFactory, PlanFactory

THEN = dt.datetime(2026, 8, 10, 8, tzinfo=dt.UTC)


def ended(plan, outcome, count=1):
    AlertFactory.create_batch(count, plan=plan, state="cleared", cleared_at=THEN, outcome=outcome)


def record(workspace, plan=None):
    return next(record for record in records_of(workspace, plan) if record.rule.key == "no_action")


def test_a_rule_is_right_as_often_as_its_alerts_were_no_false_alarm(workspace, plan):
    ended(plan, "itself", 2)
    ended(plan, "acted", 4)
    ended(plan, "false")
    ended(plan, "dropped")
    AlertFactory(plan=plan, state="false")
    AlertFactory(plan=PlanFactory(workspace=workspace))
    AlertFactory()

    found = record(workspace)

    assert (found.raised, found.open, found.itself, found.acted, found.false) == (10, 1, 2, 4, 2)
    assert (found.ended, found.right, found.is_noisy) == (8, 75, False)


@pytest.mark.parametrize(("right", "false", "noisy"), [(2, 2, False), (3, 3, True), (4, 2, False), (0, 5, True)])
def test_a_rule_that_is_wrong_as_often_as_right_is_noisy_once_there_are_five(workspace, plan, right, false, noisy):
    ended(plan, "acted", right)
    ended(plan, "false", false)

    assert record(workspace).is_noisy == noisy


def test_without_anything_that_has_ended_there_is_no_share(workspace, plan):
    AlertFactory(plan=plan)

    assert record(workspace).right is None


def test_the_table_says_share_and_number(as_bob, plan):
    ended(plan, "acted", 1)
    ended(plan, "false", 4)

    text = as_bob.get(reverse("kpis:company_rules")).text

    assert '20%</span> <span class="mute3 s12">of 5</span>' in text
    assert "Often wrong:" in text
    assert "Switch off" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_asks_the_same_however_many_alerts(as_alice, plan, count, django_assert_num_queries):
    AlertFactory.create_batch(count, plan=plan)
    url = reverse("kpis:plan_rules", args=[plan.pk])
    as_alice.get(url)

    with django_assert_num_queries(6):  # session, user, plan, frame; alerts, what is off
        as_alice.get(url)


def test_a_director_switches_a_rule_off_for_a_plan_and_on_again(as_alice, workspace, plan, alice):
    alert = AlertFactory(plan=plan)
    url = reverse("kpis:plan_rules", args=[plan.pk])

    page = as_alice.post(url, {"rule": "no_action"}, follow=True)

    alert.refresh_from_db()
    assert "“Objective without action” is off" in page.text
    assert (alert.state, alert.outcome) == ("cleared", "dropped")
    assert SilentRule.objects.get().by == alice
    assert record(workspace, plan).off_here

    as_alice.post(url, {"rule": "no_action", "on": "yes"})
    assert not SilentRule.objects.exists()


def test_off_for_the_company_is_off_in_every_plan(as_alice, workspace, plan):
    AlertFactory(plan=plan)
    AlertFactory(plan=PlanFactory(workspace=workspace))
    elsewhere = AlertFactory()

    as_alice.post(reverse("kpis:company_rules"), {"rule": "no_action"})

    assert list(Alert.objects.uncleared()) == [elsewhere]
    assert "Off for all plans" in as_alice.get(reverse("kpis:plan_rules", args=[plan.pk])).text


@pytest.mark.parametrize("where", ["plan", "company"])
def test_managers_do_not_switch_rules_off(as_mark, plan, where):
    url = reverse("kpis:plan_rules", args=[plan.pk]) if where == "plan" else reverse("kpis:company_rules")

    assert as_mark.post(url, {"rule": "no_action"}).status_code == 403
    assert not SilentRule.objects.exists()


def test_a_rule_that_is_not_there_is_not_switched(as_alice, plan):
    assert as_alice.post(reverse("kpis:company_rules"), {"rule": "nonsense"}).status_code == 404


def test_off_twice_is_off_once(as_alice, plan):
    for _time in range(2):
        as_alice.post(reverse("kpis:plan_rules", args=[plan.pk]), {"rule": "no_action"})

    assert SilentRule.objects.count() == 1
