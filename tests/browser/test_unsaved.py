"""What is typed in one form while another one of the same part of the page is saved."""

from django.urls import reverse

from plans.models import SalesStage, Story
from plans.strategy.services import ensure_stages
from tests.factories import StoryFactory


def test_saving_a_stage_keeps_what_is_typed_in_the_pipeline(window, alice, plan):
    [qualification] = [stage for stage in ensure_stages(plan) if stage.kind == "qualification"]
    page = window(alice).open(reverse("plans:strategy", args=[plan.pk]))
    stage = page.locator(f"#salesstage-{qualification.pk}")

    page.fill("[name=cycle-deal_size]", "1234")
    page.keyboard.press("Tab")
    page.wait_for_timeout(400)  # longer than the preview waits for more
    page.wait_for_load_state("networkidle")
    stage.locator("[data-edit]").click()
    stage.locator("[name=conversion]").fill("40")
    with page.expect_response("**/preview/**"):
        stage.locator("[type=submit]").click()
    page.wait_for_function(f"document.querySelector('#salesstage-{qualification.pk} dd')?.textContent.includes('40')")

    assert page.input_value("[name=cycle-deal_size]") == "1234"
    assert page.input_value("#pipeline [name=qualification-conversion]") == "40"

    with page.expect_response("**/pipeline/"):
        page.locator("#pipeline [type=submit]").click()

    assert SalesStage.objects.get(pk=qualification.pk).conversion == 40
    assert plan.salescycle_set.get().deal_size == 1234


def test_saving_one_item_keeps_what_is_typed_in_the_form_of_another(window, alice, plan):
    first, second = StoryFactory(plan=plan, title="First"), StoryFactory(plan=plan, title="Second")
    page = window(alice).open(reverse("plans:strategy", args=[plan.pk]))

    for story in (first, second):
        page.locator(f"#story-{story.pk} [data-edit]").click()
        page.locator(f"#story-{story.pk} [name=title]").fill(f"{story.title}, told better")
    page.locator(f"#story-{first.pk} [type=submit]").click()
    page.locator(f"#story-{first.pk} h3").wait_for()

    assert page.input_value(f"#story-{second.pk} [name=title]") == "Second, told better"

    page.locator(f"#story-{second.pk} [type=submit]").click()
    page.locator(f"#story-{second.pk} h3").wait_for()

    titles = Story.objects.in_plan(plan).order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["First, told better", "Second, told better"]


def test_cancelling_lets_go_of_what_was_typed(window, alice, plan):
    story = StoryFactory(plan=plan, title="First")
    page = window(alice).open(reverse("plans:strategy", args=[plan.pk]))

    page.locator(f"#story-{story.pk} [data-edit]").click()
    page.locator(f"#story-{story.pk} [name=title]").fill("Something else")
    page.keyboard.press("Escape")

    page.locator(f"#story-{story.pk} h3", has_text="First").wait_for()
