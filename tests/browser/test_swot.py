"""The SWOT board under the mouse."""

from django.urls import reverse

from tests.factories import ActionFactory, EvidenceFactory, SwotItemFactory

LONG = "Two hundred and twelve customers left within a year because nobody called them before their contracts ended"


def test_the_quick_links_of_a_point_cover_neither_its_text_nor_its_answer(window, alice, plan):
    points = SwotItemFactory.create_batch(2, plan=plan, text=LONG)
    for point in points:
        EvidenceFactory(item=point, source="CRM cohort report")
        point.actions.add(ActionFactory(objective__plan=plan, title="Roll out a loyalty programme"))
    page = window(alice).open(reverse("analysis:swot", args=[plan.pk]))
    row = page.locator(f"#swotitem-{points[0].pk}")

    row.hover()

    quick = row.locator(".quick")
    assert quick.is_visible()
    for written in (row.locator(".pt"), row.locator(".ev .to")):
        assert not overlap(quick.bounding_box(), written.bounding_box())


def overlap(one, other) -> bool:
    beside = one["x"] >= other["x"] + other["width"] or other["x"] >= one["x"] + one["width"]
    apart = one["y"] >= other["y"] + other["height"] or other["y"] >= one["y"] + one["height"]
    return not (beside or apart)
