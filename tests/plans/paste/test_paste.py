"""A block of cells is pasted into the action table: first what would change, then the change."""

import datetime as dt

import pytest
from django.urls import reverse

from plans.actions.models import BulkChange
from plans.history.causes import PASTED
from plans.models import Action, Plan
from plans.notices.models import Notice
from plans.notices.words import says
from plans.plan.services import change_status
from tests.factories import ActionFactory, ObjectiveFactory, RoleFactory
from tests.plans.paste.conftest import FRIDAY, form_of, said_of, values

OTHER = "22222222-2222-4222-8222-222222222222"
STEP = "4 September 2026"


def undo(client, **headers):
    return client.post(reverse("plans:bulkchange_undo", args=[BulkChange.objects.latest("pk").pk]), headers=headers)


def test_what_would_change_is_shown_before_anything_does(as_mark, actions, paste):
    shown = paste(as_mark, "Advertise online\t\t\t\t2026-09-30\r\nExhibit in Turin\t\t\t\t2026-09-04\r\n", actions)

    assert said_of(shown) == [
        ("Advertise online", [(STEP, "30 September 2026")]),
        ("Exhibit in Lyon", [("Exhibit in Lyon", "Exhibit in Turin")]),
    ]
    assert "Change 2 cells" in shown.text
    assert values("title") == [action.title for action in actions]


def test_then_it_is_changed_with_history_and_the_clock_and_taken_back_as_a_whole(as_mark, mark, plan, actions, paste):
    before = plan.changed_at

    paste(as_mark, "Exhibit in Turin\tDigital\tMark Weber\t2026-08-03\t30.09.2026\t\tDone\tHigh", actions[1:], go=True)

    action = Action.objects.get(pk=actions[1].pk)
    plan.refresh_from_db()
    assert (action.title, action.kind, action.person, action.version) == ("Exhibit in Turin", "digital", mark, 2)
    assert (action.starts_on, action.deadline) == (dt.date(2026, 8, 3), dt.date(2026, 9, 30))
    assert (action.status, action.done_on is None, action.priority) == ("done", False, 2)
    assert (action.history.first().history_user, plan.changed_at > before) == (mark, True)
    assert (action.changed_by, action.history.first().history_change_reason) == (mark, PASTED)

    undo(as_mark)

    action.refresh_from_db()
    assert (action.title, action.kind, action.person, action.status) == ("Exhibit in Lyon", "", None, "not_started")
    assert (action.starts_on, action.deadline, action.done_on, action.priority) == (None, FRIDAY, None, 3)


def test_sent_twice_it_changes_once(as_mark, plan, objective, actions, paste):
    shown = paste(as_mark, "One\r\nTwo\r\nThree\r\nFour", actions)
    for _time in range(2):
        as_mark.post(reverse("plans:actions_paste", args=[plan.pk]), form_of(shown) | {"go": 1})

    assert values("title") == ["One", "Two", "Three", "Four"]
    assert BulkChange.objects.count() == 1


def test_rows_below_the_last_action_become_new_ones_of_its_objective(as_mark, plan, objective, actions, paste):
    other = ObjectiveFactory(plan=plan, title="Keep customers", position=9)
    last = ActionFactory(objective=other, title="Visit", position=0)

    paste(as_mark, "Visit\r\nPhone\tDigital\r\n\r\nWrite", [last], go=True)

    added = Action.objects.filter(objective=other).order_by("position")
    assert [(action.title, action.kind, action.position, action.version) for action in added] == [
        ("Visit", "", 0, 0 + last.version),
        ("Phone", "digital", 1, 1),
        ("Write", "", 2, 1),
    ]
    assert added[1].history.get().history_type == "+"

    undo(as_mark)

    assert values("title") == ["Advertise online", "Exhibit in Lyon", "Call lost accounts", "Visit"]


def test_rows_below_the_last_action_can_be_left_out(as_mark, actions, paste):
    paste(as_mark, "One\r\nTwo", actions[2:], go=True, leave_new=1)

    assert values("title") == ["Advertise online", "Exhibit in Lyon", "One"]


def test_what_a_new_action_leaves_empty_is_as_in_any_new_action(as_mark, actions, paste):
    shown = paste(as_mark, "Call lost accounts\r\nWrite\t\t\t\t\t\t\t\r\n\tDigital\r\n" + "x" * 201, actions[2:])

    assert said_of(shown)[1:] == [
        ("Write", [("", "Write")]),
        ("", "The row does not say what will be done."),
        ("x" * 201, "The title has more than 200 characters."),
    ]


def test_a_new_action_needs_a_name(as_mark, actions, paste):
    shown = paste(as_mark, "Done\r\nBlocked", actions[2:], cell="status")

    assert said_of(shown)[1][1].startswith("There is no action left below")


def test_actions_that_are_not_shown_yet_come_before_new_ones(as_mark, actions, paste):
    paste(as_mark, "One\r\nTwo\r\nThree", actions[:1], go=True)

    assert values("title") == ["One", "Two", "Three"]


def test_one_row_fills_all_that_are_selected(as_mark, actions, paste):
    paste(as_mark, "Blocked\tUrgent\r\n", actions, cell="status", fill=1, go=True)

    assert (values("status"), values("priority")) == (["blocked"] * 3, [1] * 3)


def test_columns_right_of_the_last_one_are_left_out_and_it_is_said(as_mark, actions, paste):
    shown = paste(as_mark, "High\t7:45 h\t5000\t20%\tmore\tand more", actions, cell="priority")

    assert "2 columns of the block lie right of the last column" in shown.text
    assert "Budget, not pasted: " in shown.text
    assert said_of(shown) == [("Advertise online", [("Normal", "High"), ("", "7.75")])]


def test_where_nothing_can_be_typed_nothing_is_pasted_and_the_reason_is_given(as_mark, actions, paste):
    shown = paste(as_mark, "50000", actions, cell="budget")

    assert "Budget, not pasted: The budget is what is allocated on the page of the budget." in shown.text
    assert "Nothing would change." in shown.text


def test_an_empty_cell_empties_what_may_be_empty(as_mark, actions, paste):
    shown = paste(as_mark, "\t\t\t\t\t\t\t", actions)

    assert said_of(shown) == [
        (
            "Advertise online",
            [
                "An action always has this; it stays as it is.",
                (STEP, ""),
                "An action always has this; it stays as it is.",
                "An action always has this; it stays as it is.",
            ],
        )
    ]


def test_what_a_merged_cell_covers_is_left_as_it_is(as_mark, actions, paste):
    shown = paste(as_mark, "2026-10-01\r\n\r\n2026-10-02", actions, cell="due", covered="1.0")

    assert said_of(shown)[1] == ("Exhibit in Lyon", [])
    assert "Only the first of merged cells is taken" in shown.text


def test_a_formula_is_text_in_a_title_and_refused_elsewhere(as_mark, actions, paste):
    shown = paste(as_mark, "=SUM(A1)\t=A1\t=B1\t=C1", actions)

    assert said_of(shown)[0][1] == [
        ("Advertise online", "=SUM(A1)"),
        *(f"“={cell}1” is a formula. Paste it as values only." for cell in "ABC"),
    ]


def test_a_word_that_nothing_is_called_is_asked_about_once(as_mark, plan, mark, actions, paste):
    role = RoleFactory(team__plan=plan, title="Copywriter")
    text = "Ana\r\nAna\r\nMark Weber"
    shown = paste(as_mark, text, actions, cell="who")
    question = shown.context["proposal"].questions[0]

    assert (question.text, question.count) == ("Ana", 2)
    assert said_of(shown)[0][1] == ["There is no “Ana” here."]
    assert "Copywriter" in shown.text

    paste(as_mark, text, actions, cell="who", go=True, **{f"answer-{question.key}": f"{role.pk}-"})

    assert (values("role"), values("person")) == ([role.pk, role.pk, None], [None, None, mark.pk])


def test_of_very_many_unknown_words_only_the_first_are_asked_about(as_mark, actions, paste):
    words = [f"Nobody {number}" for number in range(25)]
    objective = actions[0].objective
    there = actions + [ActionFactory(objective=objective, position=place) for place in range(3, 25)]

    shown = paste(as_mark, "\r\n".join(words), there, cell="who")

    assert shown.text.count('<select class="form-select" name="answer-who-') == 20
    assert "and 5 more words that nothing here is called" in shown.text


def test_a_block_that_begins_with_empty_cells_comes_back_as_it_was(as_mark, actions, paste):
    shown = paste(as_mark, "\r\n\tDigital", actions)

    assert '<textarea name="text" hidden>\n\r\n\tDigital</textarea>' in shown.text


def test_an_unknown_status_can_be_left_out_or_chosen(as_mark, actions, paste):
    shown = paste(as_mark, "Stuck\r\nDone", actions, cell="status")
    key = shown.context["proposal"].questions[0].key

    assert [line[1] != [] for line in said_of(shown)] == [True, True]
    assert "Change 1 cell<" in shown.text

    paste(as_mark, "Stuck\r\nDone", actions, cell="status", go=True, **{f"answer-{key}": "blocked"})

    assert values("status") == ["blocked", "done", "not_started"]


def test_an_answer_that_was_not_offered_counts_for_none(as_mark, carol, actions, paste):
    key = paste(as_mark, "Ana", actions, cell="who").context["proposal"].questions[0].key

    shown = paste(as_mark, "Ana", actions, cell="who", **{f"answer-{key}": f"-{carol.pk}"})

    assert shown.context["proposal"].changed == []


@pytest.mark.parametrize(
    ("text", "data", "after"),
    [
        ("03/10/2026", {}, "3 October 2026"),
        ("03/10/2026", {"day_first": "false"}, "10 March 2026"),
        ("03/10/2026\r\n12/25/2026", {}, "10 March 2026"),
    ],
)
def test_a_day_that_could_be_two_is_guessed_shown_in_words_and_asked_about(as_mark, actions, paste, text, data, after):
    shown = paste(as_mark, text, actions, cell="due", **data)

    assert said_of(shown)[0][1] == [(STEP, after)]
    assert ("Which day is 03/10/2026?" in shown.text) is ("25" not in text)


def test_days_that_contradict_each_other_are_left_out_together(as_mark, actions, paste):
    shown = paste(as_mark, "2026-10-01\r\n2026-08-01", actions, cell="start")

    assert said_of(shown) == [
        ("Advertise online", ["The deadline must not come before the start."]),
        ("Exhibit in Lyon", [("", "1 August 2026")]),
    ]


def test_a_title_stands_on_one_line_and_is_not_too_long(as_mark, actions, paste):
    shown = paste(as_mark, '"Call\nand write"\r\n' + "x" * 201, actions)

    assert [line[1][0] for line in said_of(shown)] == [
        ("Advertise online", "Call and write"),
        "The title has more than 200 characters.",
    ]


@pytest.mark.parametrize("text", ["x\n" * 1001, "x" * 200_001])
def test_too_much_is_refused_with_the_limit_and_nothing_typed_is_lost(as_mark, actions, paste, text):
    shown = paste(as_mark, text, actions)

    assert shown.status_code == 422
    assert "Paste at most" in shown.text
    assert text[-100:].strip() in shown.text


# Somebody else was there


def test_what_was_changed_or_deleted_since_it_was_shown_is_named_and_shown_anew(as_mark, plan, actions, paste):
    shown = paste(as_mark, "One\r\nTwo\r\nThree", actions)
    actions[0].status = "blocked"
    actions[0].save()
    actions[1].delete()
    url = reverse("plans:actions_paste", args=[plan.pk])

    again = as_mark.post(url, form_of(shown) | {"go": 1})

    assert again.status_code == 409
    assert "“Advertise online”, “Exhibit in Lyon”" in again.text
    assert said_of(again)[1] == ("Exhibit in Lyon", "This action was deleted meanwhile.")
    assert values("title") == ["Advertise online", "Call lost accounts"]

    as_mark.post(url, form_of(again) | {"go": 1})

    assert values("title") == ["One", "Three"]


def test_actions_of_another_plan_are_named_and_nothing_is_changed(as_mark, workspace, actions, paste):
    other = ActionFactory(objective=ObjectiveFactory(plan__workspace=workspace), title="Elsewhere")

    shown = paste(as_mark, "One\r\nTwo", [actions[0], other])

    assert (shown.status_code, "Not in this plan: “Elsewhere”." in shown.text) == (422, True)
    assert "Nothing was changed." in shown.text


def test_of_a_strangers_action_one_learns_nothing(as_mark, actions, paste):
    theirs = ActionFactory(title="Secret")

    shown = paste(as_mark, "One\r\nTwo", [actions[0], theirs])

    assert (shown.status_code, "Secret" in shown.text) == (422, False)


def test_team_members_and_readers_paste_nothing(as_mia, actions, paste):
    assert paste(as_mia, "One", actions).status_code == 403
    assert values("title")[0] == "Advertise online"


def test_nothing_is_pasted_into_a_closed_plan(as_alice, alice, plan, actions, paste):
    change_status(plan, to=Plan.Status.CLOSED)

    assert paste(as_alice, "One", actions).status_code == 403


# Where it is shown


def test_in_the_table_the_rows_take_their_places_and_the_dialog_closes(as_mark, actions, paste, htmx):
    response = paste(as_mark, "Blocked\r\nDone", actions, cell="status", go=True, headers=htmx("paste-dialog"))

    assert response.text.count('<tr hx-swap-oob="true" id="action-') == 2
    assert response.headers["HX-Trigger-After-Settle"] == "cells-pasted"


def test_where_rows_are_added_the_table_is_drawn_anew(as_mark, actions, paste, htmx):
    response = paste(as_mark, "One\r\nTwo", actions[2:], go=True, headers=htmx("paste-dialog"))

    assert response.headers["HX-Retarget"] == "#action-table"


def test_without_scripts_a_page_does_the_same(as_mark, plan, objective, actions):
    url = reverse("plans:actions_paste", args=[plan.pk])
    page = as_mark.get(url)

    shown = as_mark.post(url, {"text": "Done\r\nBlocked", "cell": "status", "where": f"action-{actions[1].pk}"})
    done = as_mark.post(url, form_of(shown) | {"go": 1})

    assert f'value="action-{actions[1].pk}"' in page.text
    assert done.url == reverse("plans:actions", args=[plan.pk])
    assert values("status") == ["not_started", "done", "blocked"]

    shown = as_mark.post(url, {"text": "New", "cell": "title", "where": f"objective-{objective.pk}", "uid": OTHER})
    as_mark.post(url, form_of(shown) | {"go": 1})

    assert values("title")[3:] == ["New"]


def test_the_page_keeps_what_was_typed_when_something_is_missing(as_mark, plan, actions):
    response = as_mark.post(reverse("plans:actions_paste", args=[plan.pk]), {"text": "Kept", "cell": "title"})

    assert (response.status_code, "Choose where the first row goes." in response.text) == (422, True)
    assert "Kept</textarea>" in response.text


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_number_of_queries_of_the_preview_does_not_grow(
    as_mark, objective, paste, row_count, django_assert_num_queries
):
    there = ActionFactory.create_batch(row_count, objective=objective)

    # session, user, plan; actions; roles, people, objectives and KPIs; in the rail: completeness, workspaces, the week
    with django_assert_num_queries(10):
        paste(as_mark, "\r\n".join(["Phone\tDigital\tNobody we know"] * row_count), there)


def test_who_is_made_responsible_for_a_pasted_action_is_told_so(as_mark, mia, actions, paste):
    titles = [action.title for action in actions]

    paste(as_mark, "\r\n".join(f"{title}\t\tMia Rossi" for title in [*titles, "Train the team"]), actions, go=True)

    told = Notice.objects.visible_to(mia).filter(action__title="Train the team")
    assert [says(notice) for notice in told] == ["Mark Weber made you responsible"]


@pytest.mark.parametrize("covered", ["x", "1", "1.2.3", "-1.0", "0." + "9" * 5_000])
def test_covered_cells_that_cannot_be_are_left_out(as_mark, actions, paste, covered):
    shown = paste(as_mark, "One", actions, covered=covered)

    assert said_of(shown) == [("Advertise online", [("Advertise online", "One")])]
