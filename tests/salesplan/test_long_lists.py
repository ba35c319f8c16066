"""Each list that comes in two pieces shows every row once, in one order."""

import re

import pytest
from django.urls import reverse

from salesplan.lib.pieces import FIRST
from tests.factories import (
    CompetitorFactory,
    FindingFactory,
    ObjectiveFactory,
    PlanFactory,
    ResearchNoteFactory,
    SegmentFactory,
)

MANY = FIRST + 5
#: A page of a plan, what its rows are made by, their id in the page, and the place that fetches the rest.
LISTS = [
    ("plans:objectives", ObjectiveFactory, "objective", "objective-rest"),
    ("plans:targeting", SegmentFactory, "segment", "segment-rest"),
    ("analysis:research", ResearchNoteFactory, "researchnote", "research-rest"),
    ("analysis:competitors", CompetitorFactory, "competitor", "competitor-rest"),
]


def ids(page, row):
    return [int(pk) for pk in re.findall(rf'id="{row}-(\d+)"', page.text)]


@pytest.mark.parametrize(("name", "factory", "row", "rest"), LISTS)
def test_a_long_list_of_a_plan_comes_in_two_pieces(as_alice, plan, htmx, name, factory, row, rest):
    made = [factory(plan=plan, position=MANY - number) for number in range(MANY)]
    url = reverse(name, args=[plan.pk])

    page = as_alice.get(url)
    later = as_alice.get(f"{url}?seen={FIRST}", headers=htmx(rest))
    whole = as_alice.get(f"{url}?all")

    assert len(ids(page, row)) == FIRST
    assert f'id="{rest}"' in page.text
    assert ids(page, row) + ids(later, row) == ids(whole, row) == [one.pk for one in reversed(made)]
    assert "<html" not in later.text
    assert f'id="{rest}"' not in later.text + whole.text


def test_many_plans_come_in_two_pieces(as_alice, workspace, htmx):
    plans = PlanFactory.create_batch(MANY, workspace=workspace, status="closed")
    url = reverse("plans:plan_list")

    page = as_alice.get(url, {"tab": "closed"})
    later = as_alice.get(f"{url}?tab=closed&seen={FIRST}", headers=htmx("plan-rest"))

    assert f'hx-get="?tab=closed&amp;seen={FIRST}"' in page.text
    assert len(ids(page, "plan")) == FIRST
    assert sorted(ids(page, "plan") + ids(later, "plan")) == [plan.pk for plan in plans]


@pytest.mark.parametrize("of", ["finding", "competitor"])
def test_a_link_to_a_row_of_the_rest_leads_to_it(as_alice, plan, of):
    for _n in range(MANY):
        last = FindingFactory(note__plan=plan) if of == "finding" else CompetitorFactory(plan=plan)

    url = last.get_absolute_url()

    assert last.pk in ids(as_alice.get(url), of)
    assert url.endswith(f"#{of}-{last.pk}")
