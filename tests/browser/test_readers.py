"""What stands where for those who may only read: no handle takes up room."""

import pytest
from django.urls import reverse

from tests.factories import AxisFactory, CompetitorFactory, KpiFactory, ObjectiveFactory, RoleFactory, SegmentFactory


def left(page, selector: str) -> float:
    return page.locator(selector).first.bounding_box()["x"]


@pytest.fixture
def filled(plan):
    AxisFactory(plan=plan)
    CompetitorFactory(plan=plan)
    RoleFactory(team__plan=plan)
    SegmentFactory(plan=plan)
    KpiFactory(plan=plan, objective=ObjectiveFactory(plan=plan))
    return plan


@pytest.mark.parametrize(
    ("name", "text", "heading"),
    [
        ("analysis:competitors", "#axes .item-body", "#axes h2"),
        ("plans:team", ".role .item-body", ".team-h .item-body"),
        ("kpis:kpis", ".kl-n", ".kl-h > :nth-child(1)"),
        ("kpis:kpis", ".kl-o", ".kl-h > :nth-child(7)"),
    ],
)
def test_text_stands_below_its_heading(window, bob, filled, name, text, heading):
    page = window(bob).open(reverse(name, args=[filled.pk]))

    assert left(page, text) == pytest.approx(left(page, heading), abs=1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plans:team", ".team-h .item-body"),
        ("plans:objectives", ".objs .item-body"),
        ("plans:targeting", ".seg-h .item-body"),
    ],
)
def test_text_keeps_the_margin_of_its_panel(window, bob, filled, name, text):
    page = window(bob).open(reverse(name, args=[filled.pk]))

    assert left(page, text) - left(page, f".pan:has({text})") == pytest.approx(19, abs=1)
