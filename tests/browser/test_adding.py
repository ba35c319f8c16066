"""Actions are added by typing, one after the other, at the end of each group."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("group", [0, 1])
def test_after_the_last_action_of_a_group_others_are_typed_without_leaving_the_keyboard(window, mark, plan, group):
    objectives = [ObjectiveFactory(plan=plan, title=title, position=place) for place, title in enumerate("AB")]
    for objective in objectives:
        ActionFactory(objective=objective, title=f"Last of {objective}")
    page = window(mark).open(reverse("plans:actions", args=[plan.pk]))
    page.locator("td[data-f=kind]").nth(group).focus()

    page.keyboard.press("c")
    for title in ("First", "Second"):
        expect(page.get_by_label("New action")).to_be_focused()
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(page.locator("td[data-f=title] a", has_text=title)).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Add action").nth(group)).to_be_focused()
    expect(page.get_by_label("New action")).to_have_count(0)
    added = Action.objects.filter(objective=objectives[group]).order_by("position", "pk")
    assert [action.title for action in added] == [f"Last of {'AB'[group]}", "First", "Second"]
