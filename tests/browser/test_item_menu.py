"""The one menu that serves every item of a page."""

from django.urls import reverse

from plans.models import Team
from tests.factories import TeamFactory


def test_the_menu_of_an_item_works_by_key_and_the_form_opens_in_its_place(window, alice, plan):
    team = TeamFactory(plan=plan, name="Sales")
    page = window(alice).open(reverse("plans:team", args=[plan.pk]))
    item = page.locator(f"#team-{team.pk}")

    item.locator("[data-more]").first.focus()
    page.keyboard.press("Enter")
    page.locator("#item-menu [data-deed=duplicate]:focus").wait_for()
    page.keyboard.press("Escape")
    item.locator("[data-more]:focus").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("[data-toast], .toast-x").first.wait_for()
    page.locator(f"#team-{team.pk} [data-edit]").first.focus()
    page.keyboard.press("Enter")
    page.locator(f"#team-{team.pk} [data-item-form]").wait_for()

    assert Team.objects.count() == 2
