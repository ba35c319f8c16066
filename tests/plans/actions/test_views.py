"""The views of the same rows: switched between without losing what was asked for."""

import pytest
from django.urls import reverse

from tests.factories import ActionFactory, ObjectiveFactory

VIEWS = ["table", "board", "timeline", "calendar", "mine", "workload"]


@pytest.fixture
def action(plan):
    return ActionFactory(objective=ObjectiveFactory(plan=plan))


def show(client, plan, query, **extra):
    return client.get(reverse("plans:actions", args=[plan.pk]) + query, **extra)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_links_to_the_others_with_the_same_filters(as_mark, plan, action, view):
    links = show(as_mark, plan, f"?view={view}&status=not_started&q=launch&page=1&month=2026-01").context["views"]

    assert [(other.key, href) for other, href in links] == [
        (key, f"?view={key}&status=not_started&q=launch") for key in VIEWS
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_searching_brings_the_rows_of_the_view_and_the_links_to_the_others(as_mark, plan, action, htmx, view):
    response = show(as_mark, plan, f"?view={view}&q=launch", headers=htmx("action-rows"))

    assert "<html" not in response.text
    assert f'href="?view={view}&amp;q=launch" aria-current="page"' in response.text
    assert response.text.count('hx-swap-oob="true"') == 2


@pytest.mark.parametrize("view", VIEWS)
def test_clearing_the_filters_stays_in_the_view(as_mark, plan, action, view):
    assert f'href="?view={view}">Clear filters' in show(as_mark, plan, f"?view={view}&q=launch").text


@pytest.mark.parametrize("view", VIEWS)
def test_the_filters_of_a_view_lead_back_to_it(as_mark, plan, view):
    page = as_mark.get(reverse("plans:action_filters", args=[plan.pk]) + f"?view={view}&sort=title")

    assert f'<input type="hidden" name="view" value="{view}">' in page.text
    assert '<input type="hidden" name="sort" value="title">' in page.text


def test_an_unknown_view_is_the_table(as_mark, plan, action):
    assert show(as_mark, plan, "?view=pie").context["view"].key == "table"


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_brings_its_own_script_only(as_mark, plan, action, view):
    page = show(as_mark, plan, f"?view={view}").text

    scripts = {name for name in ("grid", "board", "timeline") if f"js/{name}." in page}
    assert scripts == {"table": {"grid"}, "calendar": set(), "mine": {"board"}, "workload": set()}.get(view, {view})


@pytest.mark.parametrize("view", VIEWS)
def test_what_nothing_passes_says_so_in_every_view(as_mark, plan, action, view):
    assert "No action matches" in show(as_mark, plan, f"?view={view}&q=nothing").text


@pytest.mark.parametrize("view", VIEWS)
def test_a_plan_without_actions_opens_in_every_view(as_mark, plan, view):
    assert show(as_mark, plan, f"?view={view}").status_code == 200


def test_the_next_page_of_the_table_comes_without_the_page_around_it(as_mark, plan, action, htmx):
    ActionFactory.create_batch(60, objective=action.objective)

    rest = show(as_mark, plan, "?view=table&page=2", headers=htmx("action-page"))

    assert "<html" not in rest.text
    assert rest.text.count('<tr id="action-') == 11
