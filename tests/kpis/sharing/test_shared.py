"""The overview as people outside read it, at an address they were given."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from kpis.models import SharedLink
from kpis.sharing import limits
from plans.models import Plan
from salesplan.lib.memory import memory
from tests.factories import (
    ActionFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    KpiFactory,
    ObjectiveFactory,
    ReadingFactory,
    SwotItemFactory,
)

TOKEN = "b7Qx-what-nobody-guesses"
TODAY = dt.date(2026, 8, 19)
NAMES = ["shared", "shared_live", "shared_plots"]


@pytest.fixture(autouse=True)
def _wednesday_in_august(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def fill(plan, count, owner):
    for number in range(count):
        objective = ObjectiveFactory(plan=plan, title=f"Objective {number}", owner=owner)
        kpi = KpiFactory(plan=plan, objective=objective, name=f"KPI {number}", owner=owner)
        for week in range(count):
            ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 3) + dt.timedelta(weeks=week), value=2)
        ActionFactory(
            objective=objective, title=f"Action {number}", deadline=TODAY - dt.timedelta(days=1), person=owner
        )
        BudgetEntryFactory(line=BudgetLineFactory(plan=plan, name=f"Line {number}"))
        SwotItemFactory(plan=plan)


def test_it_says_what_the_overview_says(outside, link, plan, mark):
    fill(plan, 1, mark)

    page = outside.asks()

    assert page.status_code == 200
    for words in (plan.name, str(plan.workspace), "Objective 0", "KPI 0", "Action 0", "Mark Weber", "To read only"):
        assert words in page.text


def test_nothing_on_it_leads_into_the_app_or_changes_anything(outside, link, plan, mark):
    fill(plan, 3, mark)

    page = outside.asks().text

    assert re.findall(r"<(?:form|input|dialog|select)\b", page) == []
    assert re.findall(r"\shx-(?:post|put|patch|delete)=", page) == []
    addresses = set(re.findall(r'(?:href|action|src|data-[\w-]+|hx-get)="([^"]*/[^"]*)"', page))
    assert {address for address in addresses if not address.startswith(("/static/", "plots/"))} == set()


def test_nor_does_anything_of_a_draft_with_nothing_in_it(outside, link, plan):
    plan.status = Plan.Status.DRAFT
    plan.save()

    page = outside.asks().text

    assert "No KPI yet" in page
    assert "Choose KPIs" not in page
    assert re.findall(r'href="/(?!static)[^"]*"', page) == []


def test_for_whom_it_was_made_is_not_told(outside, link, plan):
    assert "The board" not in outside.asks().text


def test_it_speaks_the_language_chosen_for_it(outside, link, plan):
    link.language = "pl"
    link.save()

    page = outside.asks()

    assert '<html lang="pl"' in page.text
    assert page.headers["Content-Language"] == "pl"


@pytest.mark.parametrize("name", NAMES)
def test_its_address_is_told_to_nobody_and_found_by_no_search_engine(outside, link, plan, name):
    answer = outside.asks(name)

    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert re.search("no-store|no-cache", answer.headers["Cache-Control"])


def test_the_plots_and_their_tables_are_there(outside, link, plan, mark):
    fill(plan, 1, mark)

    figures = outside.asks("shared_plots").json()
    table = outside.asks("shared_plots", table="kpi-attainment")

    assert "kpi-attainment" in figures
    assert "KPI 0" in table.text
    assert re.findall(r'href="/(?!static)[^"]*"', table.text) == []


def test_plots_are_drawn_once_whatever_stands_in_the_address(outside, link, plan, mark, django_assert_num_queries):
    fill(plan, 1, mark)
    first = outside.asks("shared_plots")

    with django_assert_num_queries(1):  # the link
        again = outside.asks("shared_plots", at="random")

    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_table_there_is_none_of_is_not_found(outside, link, plan):
    answer = outside.asks("shared_plots", table="salaries")

    assert answer.status_code == 404
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_each_opening_is_counted_and_what_the_page_asks_afterwards_is_not(outside, link, plan):
    outside.asks()
    outside.asks()
    outside.asks("shared_live", since="")
    outside.asks("shared_plots")

    link.refresh_from_db()
    assert link.opened_count == 2
    assert timezone.now() - link.opened_at < dt.timedelta(minutes=1)


# When it ends


def without_nonce(answer) -> str:
    return re.sub(r'nonce="[^"]+"', "", answer.text)


def has_ended(outside) -> bool:
    answers = [outside.asks(name) for name in NAMES]
    return all(answer.status_code == 404 and "This link has ended" in answer.text for answer in answers)


def test_an_address_that_never_was_and_one_that_was_revoked_look_alike(outside, link):
    SharedLink.objects.update(revoked_at=timezone.now())

    assert has_ended(outside)
    assert without_nonce(outside.asks()) == without_nonce(outside.asks(token="never-was"))


def test_it_works_on_its_last_day_and_not_on_the_next(outside, link, monkeypatch):
    SharedLink.objects.update(ends_on=TODAY)

    assert outside.asks().status_code == 200
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY + dt.timedelta(days=1))
    assert has_ended(outside)


def test_its_days_are_those_of_the_company(outside, link, workspace, monkeypatch):
    monkeypatch.undo()
    there = dt.timezone(dt.timedelta(hours=14))
    workspace.time_zone = "Pacific/Kiritimati"
    workspace.save()

    SharedLink.objects.update(ends_on=dt.datetime.now(there).date())
    assert outside.asks().status_code == 200
    SharedLink.objects.update(ends_on=dt.datetime.now(there).date() - dt.timedelta(days=1))
    assert has_ended(outside)


def test_it_ends_while_whoever_made_it_might_not_make_it(outside, link, mark):
    membership = Membership.objects.get(user=mark)
    membership.role = Role.MEMBER
    membership.save()

    assert has_ended(outside)

    membership.role = Role.DIRECTOR
    membership.save()
    assert outside.asks().status_code == 200


def test_a_role_in_another_company_does_not_keep_it(outside, link, mark, carol):
    Membership.objects.filter(user=mark).delete()
    Membership.objects.create(workspace=carol.memberships.get().workspace, user=mark, role=Role.OWNER)

    assert has_ended(outside)


def test_it_ends_with_the_account_of_whoever_made_it(outside, link, mark):
    mark.is_active = False
    mark.save()

    assert has_ended(outside)


def test_it_ends_when_whoever_made_it_is_gone(outside, link, mark):
    mark.delete()

    assert has_ended(outside)
    assert SharedLink.objects.get().made_by is None


def test_it_ends_with_the_plan(outside, link, plan):
    plan.delete()

    assert has_ended(outside)


@pytest.mark.parametrize("status", [Plan.Status.CLOSED, Plan.Status.ARCHIVED])
def test_a_plan_that_is_over_still_shows(outside, link, plan, status):
    Plan.objects.update(status=status)

    assert outside.asks().status_code == 200


def test_nothing_can_be_sent_to_it(outside, link):
    assert [outside.client.post(reverse(f"kpis:{name}", args=[TOKEN])).status_code for name in NAMES] == [405, 405, 405]


def test_a_link_opens_no_other_door(outside, link, plan, mark):
    outside.asks()

    assert outside.client.get(plan.get_absolute_url()).status_code == 302
    assert SharedLink.objects.visible_to(AnonymousUser()).count() == 0


# What it costs


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much_there_is(outside, link, plan, mark, count, django_assert_num_queries):
    fill(plan, count, mark)

    # link with plan, opening; KPIs, readings, budget, objectives with actions, SWOT points, history of actions
    with django_assert_num_queries(8):
        outside.asks()


def test_asking_for_news_costs_one_query(outside, link, plan, django_assert_num_queries):
    mark_of = re.search(r'data-mark="(\w+)"', outside.asks(screen=1).text)[1]

    with django_assert_num_queries(1):
        answer = outside.asks("shared_live", since=mark_of)

    assert answer.status_code == 204


def test_who_asks_for_addresses_that_are_none_is_stopped(outside, link):
    answers = [outside.asks(token=f"guess-{number}").status_code for number in range(61)]

    assert answers == [404] * 60 + [429]
    assert outside.asks().status_code == 200


def test_one_link_is_not_asked_without_end(outside, link, monkeypatch):
    monkeypatch.setattr(limits, "MOST_OF_A_LINK", 2)

    assert [outside.asks("shared_live").status_code for _time in range(3)] == [200, 200, 429]
    memory.clear()
    assert outside.asks("shared_live").status_code == 200


# On a screen


def test_on_a_screen_it_has_no_frame_and_says_where_to_ask(outside, link, plan):
    page = outside.asks(screen=1).text

    assert 'data-news="live/"' in page
    assert 'href="./"' in page
    assert "head-row" not in page


def test_what_has_changed_comes_when_it_is_asked_for(outside, link, plan):
    action = ActionFactory(objective__plan=plan, title="Call dormant accounts", deadline=dt.date(2026, 8, 1))
    seen = re.search(r'data-mark="(\w+)"', outside.asks(screen=1).text)[1]
    action.title = "Visit dormant accounts"
    action.save()

    answer = outside.asks("shared_live", since=seen)

    assert "Visit dormant accounts" in answer.text
    assert "<html" not in answer.text
    assert re.search(r'data-mark="(\w+)"', answer.text)[1] != seen


def test_somebody_who_is_signed_in_reads_it_like_everybody(link, plan, carol):
    client = Client()
    client.force_login(carol)

    page = client.get(reverse("kpis:shared", args=[TOKEN]))

    assert page.status_code == 200
    assert "Carol" not in page.text
