"""The palette, and the single keys: everything within reach of the keyboard."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory

#: The list that stands now answers what is typed now.
OPTION = "#palette-list [role=option]"
CHOSEN = "#palette-list [role=option][aria-selected=true]"


@pytest.fixture
def table(plan):
    objective = ObjectiveFactory(plan=plan, title="More sales")
    for title in ("Call old customers", "Program lojalność", "Visit the fair"):
        ActionFactory(objective=objective, title=title)
    return reverse("plans:actions", args=[plan.pk])


def press(page, *keys) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_key_opens_it_words_find_an_action_and_enter_goes_there(window, mark, plan, table):
    page = window(mark).open(table)

    press(page, "Control+k")
    page.locator("#palette [role=combobox]:focus").wait_for()
    page.keyboard.type("lojalnosc")
    press(page, "Enter")

    page.wait_for_url(re.compile(r"/actions/\d+/$"))
    assert page.locator("h1").inner_text() == "Program lojalność"


def test_arrows_choose_while_the_focus_stays_in_the_field(window, mark, plan, table):
    page = window(mark).open(reverse("plans:objectives", args=[plan.pk]))

    press(page, "/")
    page.keyboard.type("cal")
    page.locator(OPTION, has_text="Call old").wait_for()
    KpiFactory(plan=plan, name="Calls")
    page.keyboard.type("l")
    page.locator(OPTION, has_text="Calls").wait_for()
    press(page, "ArrowDown")
    chosen = page.locator(CHOSEN)

    assert chosen.inner_text().startswith("Calls")
    assert page.locator(":focus").get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    press(page, "ArrowDown")
    assert page.locator(CHOSEN).inner_text().startswith("Call old")


def test_escape_closes_it_and_gives_the_focus_back(window, mark, table):
    page = window(mark).open(table)

    page.locator(".fchip").first.focus()
    press(page, "Control+k", "Escape")

    page.locator(".fchip:focus").wait_for()


def test_it_opens_while_one_types_and_with_single_keys_switched_off(window, mark, table):
    User.objects.update(shortcuts=False)
    page = window(mark).open(table)

    press(page, "j", "?", "c")
    assert page.locator("dialog[open], [data-quick], td:focus").count() == 0
    page.locator("[data-search]").focus()
    press(page, "Control+k")

    page.locator("#palette [role=combobox]:focus").wait_for()


def test_commands_run(window, mark, plan, table):
    page = window(mark).open(reverse("plans:budget", args=[plan.pk]))

    press(page, "Control+k")
    page.keyboard.type("add act")
    press(page, "Enter")
    page.locator("[data-quick] input[name=title]:focus").wait_for()
    press(page, "Control+k")
    page.keyboard.type("dark")
    press(page, "Enter")
    page.locator("html[data-theme=dark]").wait_for()
    press(page, "Control+k")
    page.keyboard.type("shortcuts")
    press(page, "Enter")
    page.locator("#shortcuts[open]").wait_for()

    assert page.url.endswith(table)
    assert page.locator("#shortcuts").get_by_text("Add action").is_visible()
    assert page.locator("#shortcuts").get_by_text("In the action table").is_visible()


def test_nothing_typed_offers_the_pages_opened_last_until_one_signs_out(window, mark, plan, table):
    reader = window(mark)
    for name in ("plans:budget", "kpis:kpis", "plans:actions"):
        page = reader.open(reverse(name, args=[plan.pk]))

    press(page, "Control+k")
    page.locator(OPTION).first.wait_for()
    assert page.locator("#palette-list [role=group]").first.inner_text().split("\n")[0::1][0] == "Opened last"
    press(page, "Enter")
    page.wait_for_url(re.compile("/kpis/$"))
    press(page, "Control+k")
    page.keyboard.type("sign out")
    press(page, "Enter")
    page.wait_for_url(re.compile("/login/"))

    assert page.evaluate("sessionStorage.getItem('recent')") is None


def test_what_cannot_be_fetched_is_said_and_can_be_tried_again(window, mark, table):
    reader = window(mark)
    page = reader.open(table)

    reader.context.set_offline(True)
    press(page, "Control+k")
    page.get_by_text("Could not be fetched").wait_for()
    reader.context.set_offline(False)
    press(page, "Enter")
    page.locator(OPTION).first.wait_for()

    assert not page.get_by_text("Could not be fetched").is_visible()
    reader.faults.clear()  # the browser's own word on being offline


@pytest.mark.parametrize("options", [{}, {"dark": True}, {"phone": True}], ids=["light", "dark", "phone"])
def test_it_has_no_barrier_and_fits(window, mark, table, options):
    reader = window(mark, **options)
    page = reader.open(table)

    page.locator("[data-palette]:visible").first.click()
    page.locator(OPTION).first.wait_for()
    empty = reader.barriers
    page.keyboard.type("c")
    page.locator(OPTION, has_text="Call old").wait_for()
    found = reader.barriers
    page.keyboard.type("zzz")
    page.get_by_text("Nothing found").wait_for()

    assert (empty, found, reader.barriers, reader.sideways) == ([], [], [], 0)


# Single keys


def test_in_the_action_table_j_and_k_move_and_e_edits(window, mark, table):
    page = window(mark).open(table)

    press(page, "j")
    page.locator("td:focus", has_text="Call old").wait_for()
    press(page, "j", "j", "k")
    page.locator("td:focus", has_text="Program").wait_for()
    press(page, "e")
    page.locator("form[data-cell] input:focus").wait_for()
    page.keyboard.type("jke")

    assert page.locator("form[data-cell] input:focus").input_value() == "jke"


def test_in_a_list_they_move_e_edits_and_enter_opens(window, alice, plan):
    for title in ("Sales", "Service"):
        ObjectiveFactory(plan=plan, title=title)
    page = window(alice).open(reverse("plans:objectives", args=[plan.pk]))

    press(page, "j", "j")
    page.locator(".item a:focus", has_text="Service").wait_for()
    press(page, "k", "e")
    page.locator("[data-item-form] :focus").first.wait_for()
    press(page, "Escape")
    page.locator("[data-item-form]").wait_for(state="detached")
    press(page, "j", "Enter")

    page.wait_for_url(re.compile(r"/objectives/\d+/$"))


def test_c_adds_what_the_page_is_about_and_g_still_goes(window, alice, plan):
    page = window(alice).open(reverse("plans:targeting", args=[plan.pk]))

    press(page, "c")
    page.locator("[data-item-form] input[name=name]:focus").wait_for()
    press(page, "Escape")
    page.locator("[data-item-form]").wait_for(state="detached")
    press(page, "g", "k")

    page.wait_for_url(re.compile("/kpis/$"))


def test_without_javascript_the_search_is_a_page(window, mark, plan, table):
    page = window(mark, scripts=False).open(table)

    page.locator("a.find").click()
    page.locator("main input[name=q]").fill("lojal")
    page.locator("main button").click()
    page.locator("main a", has_text="lojalność").click()

    page.wait_for_url(re.compile(r"/actions/\d+/$"))
