"""Talking about an action: named in a comment by one, told and answered by the other."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Comment, Notice
from tests.factories import ActionFactory, CommentFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def action(plan):
    return ActionFactory(objective=ObjectiveFactory(plan=plan), title="Exhibit in Lyon")


def box(page):
    return page.get_by_label("New comment")


def test_a_colleague_is_named_by_keyboard_told_and_answers(window, mark, mia, action):
    marks = window(mark)
    page = marks.open(action.get_absolute_url())
    box(page).press_sequentially("Can you book the stand, @mi")
    expect(page.get_by_role("option")).to_have_text(["Mia Rossi" + mia.email])
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("Can you book the stand, @Mia Rossi ")
    page.keyboard.type("?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".talk-text .mention")).to_have_text("@Mia Rossi")
    expect(box(page)).to_have_value("")
    assert marks.barriers == []

    theirs = window(mia)
    page = theirs.open(reverse("plans:inbox"))
    expect(page.locator("aside [data-unread]")).to_have_text("1")
    assert theirs.barriers == []
    page.get_by_role("link", name="Exhibit in Lyon").click()
    comment = Comment.objects.get()
    expect(page.locator(f"#comment-{comment.pk}:target")).to_be_in_viewport()
    expect(page.locator("aside [data-unread]")).to_have_text("")
    assert Notice.objects.get().read_at

    box(page).fill("Booked.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".talk-text")).to_have_text(["Can you book the stand, @Mia Rossi ?", "Booked."])
    assert Notice.objects.visible_to(mark).count() == 1


def test_the_list_of_people_is_left_by_escape_and_chosen_from_by_arrow(window, mark, mia, alice, action):
    page = window(mark).open(action.get_absolute_url())
    box(page).press_sequentially("@")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()

    box(page).fill("")
    box(page).press_sequentially("@")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")

    expect(box(page)).to_have_value("@Mia Rossi ")


def test_ones_own_comment_is_edited_deleted_and_brought_back(window, mia, action):
    comment = CommentFactory(action=action, author=mia, text="Boked.")
    CommentFactory(action=action, text="Thanks.")
    page = window(mia).open(action.get_absolute_url())

    page.get_by_role("link", name="Edit comment").click()
    page.locator(f"#comment-{comment.pk} textarea").fill("Booked.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".talk-text").first).to_have_text("Booked.")
    expect(page.locator(".talk")).to_contain_text("edited")

    page.get_by_role("button", name="More for comment").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator(".talk-text")).to_have_text(["Thanks."])
    page.keyboard.press("z")
    expect(page.locator(".talk-text")).to_have_text(["Booked.", "Thanks."])


def test_what_is_typed_survives_watching_a_wrong_comment_and_an_ended_session(window, mia, action):
    mine = window(mia)
    page = mine.open(action.get_absolute_url())
    box(page).press_sequentially("Half a thought")
    page.get_by_role("button", name="Watch").click()
    expect(page.get_by_role("button", name="Unwatch")).to_be_visible()
    expect(box(page)).to_have_value("Half a thought")

    mine.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_role("dialog", name="You were signed out")).to_be_visible()
    expect(box(page)).to_have_value("Half a thought")
    mine.sign_in(mia)
    page.get_by_role("dialog").get_by_role("button", name="Try again").click()

    expect(page.locator(".talk-text")).to_have_text(["Half a thought"])


def test_a_link_into_a_long_talk_leads_to_its_comment(window, mia, action):
    comments = [CommentFactory(action=action, author=mia, text=f"Remark {number}") for number in range(60)]

    page = window(mia).open(comments[3].get_absolute_url())

    expect(page.locator(f"#comment-{comments[3].pk}")).to_be_in_viewport()


def test_without_javascript_one_reads_writes_and_names_all_the_same(window, mark, mia, action):
    page = window(mark, scripts=False).open(action.get_absolute_url())
    page.get_by_role("link", name="Read the comments").click()
    box(page).fill("Can you, @mia rossi?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".talk-text .mention")).to_have_text("@mia rossi")

    page = window(mia, scripts=False).open(reverse("plans:inbox"))
    page.get_by_role("button", name="Mark “Exhibit in Lyon” as read").click()
    expect(page.locator("aside [data-unread]")).to_have_text("")
    expect(page.get_by_role("button", name="Mark “Exhibit in Lyon” as unread")).to_be_visible()


@pytest.mark.parametrize("options", [{"dark": True}, {"phone": True}])
def test_the_pages_have_no_barrier_and_fit(window, mark, mia, action, options):
    CommentFactory(action=action, author=mark, text="https://example.com/" + "long" * 40)
    Notice.objects.create(
        action=action,
        membership=mia.memberships.get(),
        kind="late",
        key="1",
        details={"deadline": "2026-09-30", "who": ""},
    )
    reader = window(mia, **options)

    for path in (reverse("plans:inbox"), reverse("plans:notice_settings"), action.get_absolute_url()):
        reader.open(path)
        assert (path, reader.barriers, max(reader.sideways, 0)) == (path, [], 0)


def test_what_one_wants_to_hear_of_is_chosen_by_boxes(window, mia):
    page = window(mia).open(reverse("plans:notice_settings"))

    page.get_by_label("In my inbox: The status changes").uncheck()
    page.get_by_role("button", name="Save").click()

    expect(page.locator("#toasts")).to_contain_text("Saved")
    expect(page.get_by_label("In my inbox: The status changes")).not_to_be_checked()
    expect(page.get_by_label("In the daily e-mail: The status changes")).to_be_checked()
