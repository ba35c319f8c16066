"""Comments on an action: written, named in, edited, deleted and brought back."""

import uuid

import pytest
from django.urls import reverse

from plans.items.bin import bin_item, restore_item
from plans.items.services import duplicate_plan
from plans.models import Action, BinnedItem, Comment, Plan, Watch
from tests.factories import ActionFactory, CommentFactory, MembershipFactory, ObjectiveFactory


@pytest.fixture
def action(plan):
    return ActionFactory(objective=ObjectiveFactory(plan=plan), title="Exhibit in Lyon")


def talk(client, action, **extra):
    return client.get(reverse("plans:action_talk", args=[action.pk]), **extra)


def write(client, action, text, **extra):
    return client.post(reverse("plans:comment_add", args=[action.pk]), {"text": text, "uid": uuid.uuid4()}, **extra)


def watching(action) -> set[str]:
    return {watch.membership.user.name for watch in Watch.objects.filter(action=action, on=True)}


def test_a_comment_is_written_and_the_panel_drawn_again(as_mia, mia, action, htmx):
    answer = write(as_mia, action, "The stand is booked.\r\nSee https://example.com", headers=htmx("talk"))

    comment = Comment.objects.get()
    assert (comment.author, comment.plan_id, comment.text) == (
        mia,
        action.plan_id,
        "The stand is booked.\nSee https://example.com",
    )
    assert 'id="talk"' in answer.text
    assert "The stand is booked.<br>See" in answer.text


def test_without_javascript_it_leads_back_to_the_comment(as_mia, action):
    answer = write(as_mia, action, "Booked.")

    assert answer.url == f"/actions/{action.pk}/talk/#comment-{Comment.objects.get().pk}"


def test_the_same_form_sent_twice_writes_once(as_mia, action):
    data = {"text": "Booked.", "uid": uuid.uuid4()}

    for _time in range(2):
        as_mia.post(reverse("plans:comment_add", args=[action.pk]), data)

    assert Comment.objects.count() == 1


@pytest.mark.parametrize(("text", "problem"), [("  \n ", "Write something first."), ("x" * 5001, "at most 5000")])
def test_what_cannot_be_saved_is_explained_and_stays_in_its_field(as_mia, action, htmx, text, problem):
    answer = write(as_mia, action, text, headers=htmx("talk"))

    assert answer.status_code == 422
    assert problem in answer.text
    assert text in answer.text
    assert not Comment.objects.exists()


def test_readers_read_and_cannot_write(as_bob, action):
    CommentFactory(action=action, text="Booked.")

    assert write(as_bob, action, "Me too").status_code == 403
    page = talk(as_bob, action).text
    assert "Booked." in page
    assert "New comment" not in page


def test_nobody_comments_in_a_closed_plan(as_mia, action):
    Plan.objects.update(status=Plan.Status.CLOSED)

    assert write(as_mia, action, "Too late").status_code == 403


def test_it_is_kept_in_the_history_and_moves_the_plans_clock(as_mia, mia, action, plan):
    clock = plan.changed_at

    write(as_mia, action, "Booked.")

    plan.refresh_from_db()
    assert plan.changed_at > clock
    assert Comment.history.get().history_user == mia


def test_the_one_named_is_kept_with_the_comment_and_watches(as_mia, mark, bob, action):
    write(as_mia, action, f"@Mark Weber and @{bob.email}: look")

    assert Comment.objects.get().mentioned == {mark.pk, bob.pk}
    assert watching(action) == {"Mia Rossi", "Mark Weber", "Bob Larsen"}


def test_nobody_outside_the_company_is_named(as_mia, carol, action):
    write(as_mia, action, f"@Carol Novak @{carol.email}")

    assert Comment.objects.get().mentioned == set()


def test_who_has_stopped_watching_is_not_made_to_by_being_named(as_mia, mark, action):
    Watch.objects.create(action=action, membership=mark.memberships.get(), on=False)

    write(as_mia, action, "@Mark Weber")

    assert watching(action) == {"Mia Rossi"}


# One's own


def test_one_edits_ones_own_comment(as_mia, mia, mark, action):
    comment = CommentFactory(action=action, author=mia, text="Booked")

    as_mia.post(
        reverse("plans:comment_edit", args=[comment.pk]), {"text": "Booked, @Mark Weber", "version": comment.version}
    )

    comment.refresh_from_db()
    assert (comment.text, comment.mentioned) == ("Booked, @Mark Weber", {mark.pk})
    assert comment.edited_at


@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_not_even_the_director_changes_what_somebody_else_has_said(as_alice, mia, action, verb):
    comment = CommentFactory(action=action, author=mia, text="Booked")

    assert as_alice.post(reverse(f"plans:comment_{verb}", args=[comment.pk]), {"text": "No"}).status_code == 403

    assert Comment.objects.get().text == "Booked"


def test_a_deleted_comment_is_brought_back_by_undo(as_mia, mia, action, htmx):
    comment = CommentFactory(action=action, author=mia, text="Booked")

    answer = as_mia.post(reverse("plans:comment_delete", args=[comment.pk]), headers=htmx("talk"))

    assert "Comment deleted" in answer.text
    assert "Booked" not in answer.text
    undone = as_mia.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]), headers=htmx())
    assert undone.headers["HX-Redirect"] == f"/actions/{action.pk}/"
    assert Comment.objects.get().text == "Booked"


def test_what_somebody_took_back_is_shown_to_nobody_else(client, alice, mia, action, plan):
    bin_item(CommentFactory(action=action, author=mia, text="Nonsense"), by=mia)
    client.force_login(alice)

    page = client.get(reverse("plans:bin", args=[plan.pk])).text
    refused = client.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert "Comment by" not in page
    assert refused.status_code == 403
    client.force_login(mia)
    assert "Comment by Mia Rossi" in client.get(reverse("plans:bin", args=[plan.pk])).text


def test_comments_go_with_their_action_and_come_back_with_it(action, mia):
    CommentFactory(action=action, author=mia, text="Booked")

    binned = bin_item(action, by=mia)
    assert not Comment.objects.exists()
    restore_item(binned)

    assert Comment.objects.get().text == "Booked"


def test_neither_a_copied_plan_nor_a_copied_action_repeats_what_was_said(as_alice, alice, action, plan):
    CommentFactory(action=action)

    duplicate_plan(plan, name="Next", starts_on=plan.starts_on, owner=alice)
    as_alice.post(reverse("plans:action_duplicate", args=[action.pk]))

    assert Action.objects.count() == 3
    assert Comment.objects.count() == 1


# The pages


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_comments(
    as_mia, mia, action, count, django_assert_num_queries, htmx
):
    for _number in range(count):
        CommentFactory(action=action, author=MembershipFactory(workspace=action.plan.workspace).user)
    talk(as_mia, action, headers=htmx("talk"))

    with django_assert_num_queries(6):  # session, user, action, plan, comments, watchers
        answer = talk(as_mia, action, headers=htmx("talk"))

    assert answer.text.count('class="talk-text"') == count


def test_the_oldest_stands_first_and_only_ones_own_has_a_menu(as_mia, mia, action):
    CommentFactory(action=action, text="First")
    CommentFactory(action=action, author=mia, text="Second")

    page = talk(as_mia, action).text

    assert page.index("First") < page.index("Second")
    assert page.count("data-deeds") == 1


def test_of_a_long_talk_the_end_is_shown_and_all_of_it_on_demand(as_mia, mia, action):
    for number in range(60):
        CommentFactory(action=action, author=mia, text=f"Remark {number:03}, which is as long as most of them are.")

    page = talk(as_mia, action)
    assert ("Remark 019" in page.text, "Remark 020" in page.text, "Remark 059" in page.text) == (False, True, True)
    assert len(page.content) < 60_000
    everything = as_mia.get(reverse("plans:action_talk", args=[action.pk]) + "?all").text
    assert "Remark 000" in everything
    assert "Show earlier" not in everything


def test_the_page_of_the_action_asks_for_its_comments(as_bob, action):
    page = as_bob.get(action.get_absolute_url()).text

    assert f'hx-get="/actions/{action.pk}/talk/"' in page


def test_a_row_of_the_table_says_how_many_comments_there_are(as_bob, action, plan):
    ActionFactory(objective=action.objective, title="Nobody talks about it")
    CommentFactory.create_batch(3, action=action)

    page = as_bob.get(reverse("plans:actions", args=[plan.pk])).text

    assert page.count('class="talks"') == 1
    assert f'<a class="talks" href="/actions/{action.pk}/#talk" title="3 comments">3</a>' in page


def test_a_title_that_is_changed_keeps_the_number_beside_it(as_mark, action, htmx):
    CommentFactory(action=action)

    answer = as_mark.post(
        reverse("plans:action_cell", args=[action.pk]) + "?cell=title", {"title": "Lyon"}, headers=htmx()
    )

    assert 'title="1 comment">1</a>' in answer.text


def test_people_to_name_are_the_others_who_may_see_the_plan(as_bob, alice, mia, carol, plan):
    MembershipFactory(workspace=plan.workspace, user__name="Alice Martin", user__email="other@example.com")

    people = as_bob.get(reverse("plans:plan_people", args=[plan.pk])).json()["people"]

    assert {(one["name"], one["handle"]) for one in people} == {
        ("Alice Martin", "alice@example.com"),
        ("Alice Martin", "other@example.com"),
        ("Mia Rossi", "Mia Rossi"),
    }
