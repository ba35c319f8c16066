"""Who is told what when something happens."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse

from plans.actions.bulk import Values, actions_to_change, change_actions
from plans.actions.services import add_action
from plans.items.bin import bin_item, restore_item
from plans.items.services import duplicate_plan
from plans.models import Action, Notice, NoticeSettings, Watch
from plans.notices.models import Kind
from plans.notices.words import says, title
from tests.factories import ActionFactory, CommentFactory, RoleFactory


def told(user) -> list[str]:
    notices = Notice.objects.visible_to(user).select_related("action", "by", "comment").order_by("pk")
    return [says(notice) for notice in notices]


def set_cell(client, action, cell, **values):
    action.refresh_from_db()
    address = reverse("plans:action_cell", args=[action.pk]) + f"?cell={cell}"
    answer = client.post(address, values | {"version": action.version}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer


def comment(client, action, text):
    client.post(reverse("plans:comment_add", args=[action.pk]), {"text": text, "uid": uuid.uuid4()})


# Comments


def test_who_watches_is_told_of_a_comment_and_who_wrote_it_is_not(as_mark, mark, mia, bob, action):
    comment(as_mark, action, "Is the stand booked?")

    assert told(mia) == ["Mark Weber: “Is the stand booked?”"]
    assert told(mark) == told(bob) == []


def test_who_is_named_is_told_that_and_once(as_mark, mia, bob, action):
    comment(as_mark, action, "@Mia Rossi @Bob Larsen look")

    assert told(mia) == told(bob) == ["Mark Weber named you: “@Mia Rossi @Bob Larsen look”"]


def test_naming_oneself_tells_nobody(as_mia, mia, action):
    comment(as_mia, action, "@Mia Rossi remember")

    assert told(mia) == []


def test_who_is_named_when_a_comment_is_edited_is_told_then(as_mark, mark, mia, bob, action):
    comment(as_mark, action, "Is it booked, @Mia Rossi?")
    written = mark_comment = action.comments.get()

    as_mark.post(
        reverse("plans:comment_edit", args=[written.pk]),
        {"text": "Is it booked, @Mia Rossi, @Bob Larsen?", "version": mark_comment.version},
    )

    assert len(told(mia)) == 1
    assert told(bob) == ["Mark Weber named you: “Is it booked, @Mia Rossi, @Bob Larsen?”"]


def test_a_deleted_comment_takes_what_was_told_of_it_along_and_brings_it_back(as_mark, mark, mia, action):
    comment(as_mark, action, "Nonsense")

    binned = bin_item(action.comments.get(), by=mark)
    assert told(mia) == []
    restore_item(binned)

    assert told(mia) == ["Mark Weber: “Nonsense”"]


# Changes


def test_a_change_of_status_is_told(as_mark, mark, mia, action):
    set_cell(as_mark, action, "status", status="blocked")

    assert told(mia) == ["Mark Weber changed the status from not started to blocked"]
    assert told(mark) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, "2026-09-30", "Mark Weber set the deadline to 30 Sep 2026"),
        (dt.date(2026, 9, 30), "2026-10-15", "Mark Weber moved the deadline from 30 Sep 2026 to 15 Oct 2026"),
        (dt.date(2026, 9, 30), "", "Mark Weber removed the deadline, 30 Sep 2026"),
    ],
)
def test_a_change_of_the_deadline_is_told(as_mark, mia, action, before, after, words):
    Action.objects.filter(pk=action.pk).update(deadline=before)

    set_cell(as_mark, action, "due", deadline=after)

    assert told(mia) == [words]


def test_who_becomes_responsible_is_told_so_and_who_watches_hears_of_it(as_mark, alice, bob, action):
    Watch.objects.create(action=action, membership=bob.memberships.get())

    set_cell(as_mark, action, "who", responsible=f"person-{alice.pk}")

    assert told(alice) == ["Mark Weber made you responsible"]
    assert told(bob) == ["Mark Weber made Alice Martin responsible"]


def test_who_holds_the_role_is_meant_by_it(as_mark, bob, action):
    role = RoleFactory(team__plan=action.plan, holder=bob)

    set_cell(as_mark, action, "who", responsible=f"role-{role.pk}")

    assert told(bob) == ["Mark Weber made you responsible"]


def test_a_change_of_something_else_is_told_nobody(as_mark, mia, action):
    set_cell(as_mark, action, "title", title="Exhibit in Paris")
    set_cell(as_mark, action, "priority", priority=1)

    assert told(mia) == []


def test_a_whole_form_tells_of_each_thing_it_changed(as_mark, mia, action):
    as_mark.post(
        reverse("plans:action_edit", args=[action.pk]),
        {
            "title": action.title,
            "objective": action.objective_id,
            "status": "in_progress",
            "priority": 3,
            "deadline": "2026-09-30",
            "responsible": f"person-{mia.pk}",
            "version": action.version,
        },
    )

    assert told(mia) == [
        "Mark Weber changed the status from not started to in progress",
        "Mark Weber set the deadline to 30 Sep 2026",
    ]


def test_the_same_change_sent_twice_is_told_once(as_mark, mia, action):
    data = {"status": "blocked", "version": action.version}
    for _time in range(2):
        as_mark.post(reverse("plans:action_cell", args=[action.pk]) + "?cell=status", data)

    assert len(told(mia)) == 1


def test_what_is_changed_again_before_it_was_read_is_one_change(as_mark, mia, action):
    for status in ("in_progress", "at_risk", "done"):
        set_cell(as_mark, action, "status", status=status)

    assert told(mia) == ["Mark Weber changed the status from not started to done"]


def test_what_is_changed_back_before_it_was_read_is_no_news(as_mark, mia, action):
    for status in ("blocked", "not_started"):
        set_cell(as_mark, action, "status", status=status)

    assert told(mia) == []


def test_what_was_read_or_was_somebody_elses_doing_stays(as_mark, mark, alice, mia, action):
    set_cell(as_mark, action, "status", status="in_progress")
    Notice.objects.mark_read()
    set_cell(as_mark, action, "status", status="at_risk")
    as_mark.force_login(alice)
    set_cell(as_mark, action, "status", status="done")

    assert told(mia) == [
        "Mark Weber changed the status from not started to in progress",
        "Mark Weber changed the status from in progress to at risk",
        "Alice Martin changed the status from at risk to done",
    ]


def change_many(plan, mark, mia, count):
    objective = ActionFactory(objective__plan=plan).objective
    ids = [action.pk for action in ActionFactory.create_batch(count, objective=objective, person=mia)]
    change_actions(plan, actions_to_change(plan, ids, mark), Values(status="blocked"), by=mark, uid=uuid.uuid4())


def test_a_bulk_change_of_a_few_is_told_one_by_one(plan, mark, mia):
    change_many(plan, mark, mia, 3)

    assert len(told(mia)) == 3


def test_a_bulk_change_of_many_is_one_notice_that_says_how_many(plan, mark, mia):
    change_many(plan, mark, mia, 12)

    notice = Notice.objects.visible_to(mia).get()
    assert title(notice) == "Launch an online advertising campaign and 11 more actions"


@pytest.mark.parametrize("count", [7, 14])
def test_telling_costs_the_same_however_many_actions(plan, mark, mia, count, django_assert_max_num_queries):
    objective = ActionFactory(objective__plan=plan).objective
    ids = [action.pk for action in ActionFactory.create_batch(count, objective=objective, person=mia)]
    actions = actions_to_change(plan, ids, mark)

    # values, history, clock, bulk change with its savepoints, who watches, what she is told, health with what waits,
    # and which webhooks listen
    with django_assert_max_num_queries(14):
        change_actions(plan, actions, Values(status="blocked"), by=mark, uid=uuid.uuid4())


def test_who_is_given_a_new_action_is_told(plan, action, bob):
    from simple_history.models import HistoricalRecords  # only here: the user of a request without a request

    HistoricalRecords.context.request = type(
        "Request", (), {"user": plan.workspace.memberships.get(user=action.person).user}
    )
    try:
        add_action(action.objective, title="Call lost accounts", person=bob)
    finally:
        del HistoricalRecords.context.request

    assert told(bob) == ["Mia Rossi made you responsible"]


def test_what_a_program_does_is_told_nobody(action, bob):
    add_action(action.objective, title="Call lost accounts", person=bob)

    assert told(bob) == []


def test_of_the_past_of_the_example_only_its_talk_is_told(db, settings):
    settings.DEMO = True

    call_command("load_example", "--demo-users", verbosity=0)

    assert Action.history.filter(history_type="~", history_user__isnull=False).exists()
    assert sorted(Notice.objects.values_list("kind", "by__name", "membership__user__name")) == [
        ("mention", "Marc Dubois", "Claire Martin"),
        ("mention", "Marc Dubois", "Sofia Rossi"),
        ("mention", "Sofia Rossi", "Marc Dubois"),
    ]


def test_a_copied_plan_tells_nobody(plan, alice, mia, action):
    duplicate_plan(plan, name="Next", starts_on=plan.starts_on, owner=alice)

    assert told(mia) == []


# Whether one wants to hear


def test_who_has_stopped_watching_is_told_nothing(as_mark, mia, action):
    Watch.objects.create(action=action, membership=mia.memberships.get(), on=False)

    set_cell(as_mark, action, "status", status="blocked")
    comment(as_mark, action, "Hello?")

    assert told(mia) == []


def test_what_one_does_not_want_in_the_inbox_may_still_come_by_mail(as_mark, mia, action):
    NoticeSettings.objects.create(user=mia, not_in_inbox=[Kind.STATUS])

    set_cell(as_mark, action, "status", status="blocked")

    assert not Notice.objects.get().in_inbox


def test_what_one_wants_nowhere_is_not_kept(as_mark, mia, action):
    NoticeSettings.objects.create(user=mia, not_in_inbox=[Kind.STATUS], not_in_digest=[Kind.STATUS])

    set_cell(as_mark, action, "status", status="blocked")

    assert not Notice.objects.exists()


# With their rows


def test_a_deleted_action_takes_its_notices_along_and_brings_them_back(as_mark, mark, mia, action):
    set_cell(as_mark, action, "status", status="blocked")
    CommentFactory(action=action)

    binned = bin_item(Action.objects.get(), by=mark)
    assert told(mia) == []
    restore_item(binned)

    assert told(mia) == ["Mark Weber changed the status from not started to blocked"]


def test_who_leaves_the_company_finds_nothing_of_it(as_mark, mia, action):
    set_cell(as_mark, action, "status", status="blocked")

    mia.memberships.all().delete()

    assert told(mia) == []
