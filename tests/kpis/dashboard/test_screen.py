"""The overview on the screen of a meeting room."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory


def screen(client, plan):
    return client.get(reverse("kpis:dashboard", args=[plan.pk], query={"screen": 1}))


def news(client, plan, since):
    return client.get(reverse("kpis:dashboard_live", args=[plan.pk], query={"since": since}))


def mark_in(page) -> str:
    return re.search(r'data-mark="(\w+)"', page.text)[1]


def test_it_shows_the_overview_and_nothing_around_it(as_bob, plan):
    ActionFactory(objective__plan=plan, title="Call dormant accounts", deadline=dt.date(2026, 1, 5))

    page = screen(as_bob, plan).text

    assert "Call dormant accounts" in page
    assert 'class="rail"' not in page
    assert f'id="screen-leave" href="{plan.get_absolute_url()}"' in page


def test_nothing_new_is_answered_with_nothing(as_bob, plan):
    answer = news(as_bob, plan, mark_in(screen(as_bob, plan)))

    assert (answer.status_code, answer.content) == (204, b"")


def test_a_change_in_the_plan_comes_with_the_next_question(as_bob, plan):
    before = mark_in(screen(as_bob, plan))
    KpiFactory(plan=plan, name="Leads of the fair", on_dashboard=True)

    answer = news(as_bob, plan, before)

    assert "Leads of the fair" in answer.text
    assert "<html" not in answer.text
    assert news(as_bob, plan, mark_in(answer)).status_code == 204


def test_so_does_a_plan_that_was_renamed(as_bob, as_alice, plan):
    before = mark_in(screen(as_alice, plan))
    plan.name = "Sales growth plan, second half"
    plan.version += 1
    plan.save()

    assert "<h1>Sales growth plan, second half</h1>" in news(as_alice, plan, before).text


def test_another_day_is_news_without_any_change(as_bob, plan, monkeypatch):
    before = mark_in(screen(as_bob, plan))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)

    assert news(as_bob, plan, before).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_no_more_than_who_asks_and_the_plan(as_bob, plan, count, django_assert_num_queries):
    ObjectiveFactory.create_batch(count, plan=plan)
    before = mark_in(screen(as_bob, plan))

    with django_assert_num_queries(3):  # session, user, plan
        news(as_bob, plan, before)
