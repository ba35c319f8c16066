"""Long lists to choose from: a field one can type in stands in the place of the list."""

from django.urls import reverse

from tests.factories import FindingFactory, SwotItemFactory


def test_focus_goes_to_the_field_one_sees_at_first_and_when_the_choice_was_wrong(window, alice, plan):
    point, finding = SwotItemFactory(plan=plan), FindingFactory(note__plan=plan, statement="Customers wait for quotes")
    page = window(alice).open(reverse("analysis:swot", args=[plan.pk]))
    typed_in = page.locator("select[name=finding] + .ts-wrapper input:focus")

    page.locator(f"#evidence-add-{point.pk} .add").click()
    typed_in.wait_for()
    assert page.locator(".ts-dropdown:visible").count() == 0
    page.keyboard.type("wait")
    page.keyboard.press("Enter")
    finding.delete()
    page.keyboard.press("Control+Enter")

    page.locator(".is-invalid").first.wait_for(state="attached")
    typed_in.wait_for()
