"""What the three pages of step 1 share."""

import datetime as dt

import pytest
from django.urls import reverse

from plans.plan.attention import needs_attention
from plans.plan.completeness import completeness_of
from tests.factories import ActionFactory, CompetitorFactory, FindingFactory, SwotItemFactory

PAGES = ("research", "competitors", "swot")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_a_tab_of_the_step(as_bob, plan, page):
    response = as_bob.get(reverse(f"analysis:{page}", args=[plan.pk]))

    assert response.status_code == 200
    assert [tab.current for tab in response.context["tabs"]] == [page == name for name in PAGES]


@pytest.mark.parametrize("page", PAGES)
def test_a_reader_is_offered_nothing_to_change(as_bob, plan, page):
    FindingFactory(note__plan=plan)
    CompetitorFactory(plan=plan)
    SwotItemFactory(plan=plan)

    response = as_bob.get(reverse(f"analysis:{page}", args=[plan.pk]))

    assert "hx-post" not in response.text
    assert "data-grip" not in response.text


@pytest.mark.parametrize("page", PAGES)
def test_an_example_fills_an_empty_page_once(as_alice, plan, page, htmx):
    url = reverse(f"analysis:{page}_example", args=[plan.pk])

    first = as_alice.post(url, headers=htmx("section"))
    second = as_alice.post(url)

    assert first.status_code == 200
    assert "hx-swap-oob" in first.text
    assert second.url == reverse(f"analysis:{page}", args=[plan.pk])
    assert _rows(plan) in ((1, 0, 0), (0, 3, 0), (0, 0, 4))


def _rows(plan) -> tuple[int, int, int]:
    return plan.researchnote_set.count(), plan.competitor_set.count(), plan.swotitem_set.count()


@pytest.mark.parametrize("page", PAGES)
def test_a_reader_cannot_insert_the_example(as_bob, plan, page):
    response = as_bob.post(reverse(f"analysis:{page}_example", args=[plan.pk]))

    assert response.status_code == 403
    assert _rows(plan) == (0, 0, 0)


def test_the_step_says_what_is_missing(plan):
    missing = {check.key for check in completeness_of(plan).steps[1].missing}

    assert missing == {"research", "findings", "competitors", "own_company", "swot", "answered"}


def test_the_step_is_complete_when_everything_is_there(plan):
    FindingFactory(note__plan=plan)
    CompetitorFactory(plan=plan)
    CompetitorFactory(plan=plan, is_us=True)
    for quadrant in ("strength", "opportunity"):
        SwotItemFactory(plan=plan, quadrant=quadrant)
    SwotItemFactory(plan=plan, quadrant="threat", accepted_because="Too far off")
    SwotItemFactory(plan=plan, quadrant="weakness").actions.add(ActionFactory(objective__plan=plan))
    plan.refresh_from_db()

    assert completeness_of(plan).steps[1].complete


def test_one_unanswered_weakness_keeps_the_step_open(plan):
    SwotItemFactory(plan=plan, accepted_because="Too dear to mend")
    SwotItemFactory(plan=plan, text="Few references abroad")
    plan.refresh_from_db()

    assert "answered" in {check.key for check in completeness_of(plan).steps[1].missing}


def test_counts_follow_a_change_at_once(as_alice, plan, htmx):
    as_alice.get(reverse("analysis:swot", args=[plan.pk]))

    response = as_alice.post(
        reverse("analysis:swotitem_add", args=[plan.pk]),
        {"text": "No presence online", "quadrant": "weakness", "weight": 2},
        headers=htmx("swot-board"),
    )

    assert response.context["open_points"] == 1
    assert [tab.count for tab in response.context["tabs"]] == [0, 0, 1]


def test_unanswered_weaknesses_and_threats_need_attention(plan):
    weakness = SwotItemFactory(plan=plan, text="Few references abroad", weight=3)
    SwotItemFactory(plan=plan, quadrant="threat", text="A price war")
    SwotItemFactory(plan=plan, quadrant="strength", text="Service on site")
    SwotItemFactory(plan=plan, text="No presence online").actions.add(ActionFactory(objective__plan=plan))

    found = [problem for problem in needs_attention(plan, dt.date(2026, 8, 3)) if problem.kind == "missing"]

    details = [problem.detail for problem in found]
    assert details.index("Few references abroad") < details.index("A price war")
    assert "Service on site" not in details
    assert "No presence online" not in details
    assert weakness.get_absolute_url() in {problem.url for problem in found}
