"""Actions out and in: as a sheet and back, on paper and in a calendar."""

import pytest
from icalendar import Calendar

from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


def test_a_filtered_table_is_taken_out_as_it_is_seen(window, alice, plan, objective):
    ActionFactory(objective=objective, title="Call lost accounts")
    ActionFactory(objective=objective, title="Advertise online")
    page = window(alice).open(f"/plans/{plan.pk}/actions/")

    page.fill("input[name=q]", "lost")
    page.wait_for_url("**q=lost*")
    page.click("text=Export")
    with page.expect_download() as download:
        page.click("text=CSV")

    sheet = download.value.path().read_text("utf-8-sig")
    assert download.value.suggested_filename.endswith(".csv")
    assert "Call lost accounts" in sheet
    assert "Advertise online" not in sheet


def test_the_page_for_paper_asks_to_print_and_hides_its_buttons_there(window, alice, plan, objective):
    ActionFactory(objective=objective, title="Call lost accounts")
    reader = window(alice)
    reader.context.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1; }")
    page = reader.open(f"/plans/{plan.pk}/actions/")
    page.click("text=Export")

    page.click(".menu-x >> text=Print")
    page.wait_for_url("**/paper/**")
    reader.settle()
    printed = [page.evaluate("window.printed")]
    page.click("button:has-text('Print')")
    printed.append(page.evaluate("window.printed"))

    assert printed == [1, 2]
    page.emulate_media(media="print")
    assert not page.is_visible("button:has-text('Print')")
    assert page.is_visible("text=Call lost accounts")


def test_without_scripts_the_page_for_paper_says_how_to_print(window, alice, plan, objective):
    page = window(alice, scripts=False).open(f"/plans/{plan.pk}/actions/paper/")

    assert page.is_visible("text=Print this page with your browser.")
    assert not page.is_visible("button:has-text('Print')")


def test_an_address_for_a_calendar_is_made_copied_and_revoked(window, alice, plan, objective):
    ActionFactory(objective=objective, title="Call lost accounts", deadline=plan.ends_on)
    reader = window(alice)
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open(f"/plans/{plan.pk}/calendar-feeds/")

    page.click("#feed-plan >> text=Make an address")
    page.click("#feed-plan >> text=Copy")
    page.wait_for_selector("#feed-plan >> text=Copied")
    address = page.evaluate("navigator.clipboard.readText()")
    calendar = Calendar.from_ical(window().page.request.get(address).body())
    page.click("#feed-plan >> text=Revoke")
    page.wait_for_selector("#feed-plan >> text=Make an address")

    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["Call lost accounts"]
    assert window().page.request.get(address).status == 404


def test_a_sheet_comes_back_changed_and_is_undone(window, alice, plan, objective, settings, tmp_path):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    ActionFactory(objective=objective, title="Call lost accounts")
    reader = window(alice)
    page = reader.open(f"/plans/{plan.pk}/actions/")
    page.click("text=Export")
    with page.expect_download() as download:
        page.click("text=CSV")
    sheet = tmp_path / "actions.csv"
    text = download.value.path().read_text("utf-8-sig").replace("Call lost", "Visit lost")
    sheet.write_text(text + "Increase sales,Write to all,,,,,03/04/2027\n", "utf-8")

    page.click("text=Import a sheet")
    page.set_input_files("input[type=file]", sheet)
    page.click("text=Look at it")
    asked = page.is_visible("text=Which day is 03/04/2027?")
    page.click("text=The day comes first")
    page.click("text=Read it like this")
    barriers, sideways = reader.barriers, reader.sideways
    page.click("button:has-text('Import')")
    page.wait_for_selector("text=Added: 1 · changed: 1 · left out: 0")
    page.click("text=To the actions")
    imported = [page.is_visible(f"text={title}") for title in ("Visit lost accounts", "Write to all")]
    page.go_back()
    page.click("text=Undo the import")
    page.wait_for_selector("text=Everything is as it was before.")
    page.click("text=To the actions")

    assert (asked, barriers, sideways, imported) == (True, [], 0, [True, True])
    assert page.is_visible("text=Call lost accounts")
    assert not page.is_visible("text=Write to all")
