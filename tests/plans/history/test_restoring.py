"""A state of a row is brought back."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpis.kpi.services import link_action_to_kpis
from plans.actions.models import Action
from plans.history.restoring import Restoring
from plans.history.states import record_of, state_at
from plans.models import Plan
from plans.plan.records import changes_of_links
from tests.factories import (
    ActionFactory,
    KpiFactory,
    MembershipFactory,
    ObjectiveFactory,
    ReadingFactory,
    RoleFactory,
    UserFactory,
)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


@pytest.fixture
def action(objective):
    return ActionFactory(objective=objective, title="Call")


def save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def link(row, **links):
    """As forms do: the row first, then what it is linked to."""
    before = {name: getattr(row, name).values_list("pk", flat=True) for name in links}
    row.changed_links = changes_of_links(before, {name: [one.pk for one in rows] for name, rows in links.items()})
    row.save()
    for name, rows in links.items():
        getattr(row, name).set(rows)


def preview(client, row, version):
    kind = row._meta.model_name
    return client.get(reverse(f"{row._meta.app_label}:{kind}_restore", args=[row.pk]) + f"?state={version}")


def restore(client, row, version, seen=None):
    kind, seen = row._meta.model_name, row.version if seen is None else seen
    url = reverse(f"{row._meta.app_label}:{kind}_restore", args=[row.pk]) + f"?state={version}"
    return client.post(url, {"version": seen})


def lines(response):
    return [(line.label, line.now, line.then, line.reason) for line in response.context["restoring"].lines]


def test_the_preview_says_what_would_change_and_changes_nothing(as_mark, action):
    save(action, title="Write", status="at_risk", deadline=dt.date(2026, 9, 30))

    page = preview(as_mark, action, 1)

    assert lines(page) == [
        ("Action", "Write", "Call", ""),
        ("Deadline", "30 Sep", "–", ""),
        ("Status", "At risk", "Not started", ""),
    ]
    action.refresh_from_db()
    assert (action.title, action.version) == ("Write", 2)


def test_restoring_writes_one_version_that_says_what_it_is(as_mark, mark, plan, action):
    save(action, title="Write", status="done", done_on=dt.date(2026, 3, 2))
    before = plan.changed_at

    response = restore(as_mark, action, 1)

    action.refresh_from_db()
    plan.refresh_from_db()
    last = action.history.first()
    assert response.url == f"{action.get_absolute_url()}#history"
    assert (action.title, action.status, action.done_on, action.version) == ("Call", "not_started", None, 3)
    assert (last.history_user, action.changed_by) == (mark, mark)
    assert last.history_change_reason.startswith("restored 20")
    assert plan.changed_at > before


def test_links_come_back_with_the_state(as_mark, plan, objective, action):
    kpi, role = KpiFactory(plan=plan), RoleFactory(team__plan=plan)
    other = ActionFactory(objective=objective)
    link(action, supporters=[role], waits_for=[other])
    link_action_to_kpis(action=action, kpis=[kpi])
    link(action, supporters=[], waits_for=[])
    link_action_to_kpis(action=action, kpis=[])

    restore(as_mark, action, 3)

    assert [list(links.all()) for links in (action.supporters, action.waits_for, action.kpis)] == [
        [role],
        [other],
        [kpi],
    ]
    assert action.history.first().links == {
        "kpis": [[], [kpi.pk]],
        "supporters": [[], [role.pk]],
        "waits_for": [[], [other.pk]],
    }


def test_links_that_were_there_before_the_history_knew_of_them_are_known_by_their_first_change(plan, action):
    role = RoleFactory(team__plan=plan)
    action.supporters.add(role)
    link(action, supporters=[])

    assert state_at(action, record_of(action, "1")).links == {"supporters": [role.pk]}


def test_restoring_the_state_before_takes_a_restoring_back(as_mark, action):
    save(action, title="Write")
    restore(as_mark, action, 1)
    action.refresh_from_db()

    restore(as_mark, action, 2)

    action.refresh_from_db()
    assert (action.title, action.version) == ("Write", 4)


def test_the_same_form_sent_twice_restores_once(as_mark, action):
    save(action, title="Write")

    first, second = restore(as_mark, action, 1, seen=2), restore(as_mark, action, 1, seen=2)

    action.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 302)
    assert action.version == 3


def test_when_the_row_has_moved_on_it_is_shown_again_first(as_mark, action):
    save(action, title="Write")
    save(action, title="Read")

    response = restore(as_mark, action, 1, seen=2)

    action.refresh_from_db()
    assert response.status_code == 409
    assert "Somebody has changed it meanwhile." in response.text
    assert lines(response) == [("Action", "Read", "Call", "")]
    assert action.title == "Read"


def test_readers_cannot_restore(as_bob, action):
    save(action, title="Write")

    assert restore(as_bob, action, 1).status_code == 403
    action.refresh_from_db()
    assert action.title == "Write"


def test_nothing_is_restored_in_a_closed_plan(as_mark, plan, action):
    save(action, title="Write")
    Plan.objects.filter(pk=plan.pk).update(status=Plan.Status.CLOSED)

    assert restore(as_mark, action, 1).status_code == 403


@pytest.mark.parametrize("version", ["7", "", "x", "-1", "99999999999999"])
def test_a_state_that_never_was_is_not_found(as_mark, action, version):
    assert preview(as_mark, action, version).status_code == 404


def test_the_present_state_has_nothing_to_restore(as_mark, action):
    save(action, title="Write")

    page = preview(as_mark, action, 2)

    assert "Nothing: it is now as it was then." in page.text
    assert restore(as_mark, action, 2).status_code == 422
    assert action.history.count() == 2


# What cannot come back


def test_a_role_that_is_gone_is_named_and_who_answers_stays(as_mark, plan, action, alice):
    role = RoleFactory(team__plan=plan, title="Sales manager")
    save(action, role=role, title="Write")
    save(action, role=None, person=alice, title="Read")
    role.delete()

    page = preview(as_mark, action, 2)
    restore(as_mark, action, 2)

    gone = "It is gone, so this stays as it is."
    kept = "Who answered for it then is gone, so this stays as it is."
    assert lines(page) == [
        ("Action", "Read", "Write", ""),
        ("Role", "–", "Sales manager (deleted)", gone),
        ("Person", "Alice Martin", "–", kept),
    ]
    action.refresh_from_db()
    assert (action.title, action.role, action.person) == ("Write", None, alice)


def test_who_has_left_the_company_does_not_answer_again(as_mark, plan, action):
    left = MembershipFactory(workspace=plan.workspace, user=UserFactory(name="Lea Left"))
    save(action, person=left.user)
    save(action, person=None)
    left.delete()

    page = preview(as_mark, action, 2)

    assert lines(page) == [("Person", "–", "Lea Left", "It is gone, so this stays as it is.")]
    assert restore(as_mark, action, 2).status_code == 422


def test_links_to_what_is_gone_are_named_and_left_out(as_mark, plan, action):
    kept, gone = RoleFactory(team__plan=plan, title="Manager"), RoleFactory(team__plan=plan, title="Trainer")
    link(action, supporters=[kept, gone])
    link(action, supporters=[])
    gone.delete()

    page = preview(as_mark, action, 2)
    restore(as_mark, action, 2)

    (line,) = page.context["restoring"].lines
    assert (line.then, line.note) == ("Manager, Trainer (deleted)", "Gone, and so left out: Trainer (deleted).")
    assert list(action.supporters.all()) == [kept]


def test_actions_that_would_wait_for_each_other_stay_as_they_are(as_mark, objective, action):
    other = ActionFactory(objective=objective, title="Write")
    link(action, waits_for=[other])
    link(action, waits_for=[])
    link(other, waits_for=[action])

    page = preview(as_mark, action, 2)

    assert lines(page) == [("Waits for", "–", "Write", "They would wait for each other: Call → Write → Call.")]
    assert restore(as_mark, action, 2).status_code == 422
    assert list(action.waits_for.all()) == []


def test_a_day_outside_the_plan_comes_back_and_is_said_to_be_outside(as_mark, plan, action):
    save(action, deadline=dt.date(2026, 12, 1))
    save(action, deadline=None)
    Plan.objects.filter(pk=plan.pk).update(ends_on=dt.date(2026, 6, 30))

    (line,) = preview(as_mark, action, 2).context["restoring"].lines
    restore(as_mark, action, 2)

    action.refresh_from_db()
    assert line.note == "This day lies outside the plan."
    assert action.deadline == dt.date(2026, 12, 1)


def test_a_state_that_breaks_a_rule_is_refused_with_the_reason(as_alice, plan):
    kpi = KpiFactory(plan=plan, band_low=None, band_high=None)
    save(kpi, starts_on=dt.date(2026, 3, 1), name="Leads")
    type(kpi).history.filter(id=kpi.pk, version=1).update(starts_on=dt.date(2026, 6, 1), deadline=dt.date(2026, 2, 1))

    page = preview(as_alice, kpi, 1)

    assert page.context["restoring"].refused == ["The target date must come after the day it is counted from."]
    assert restore(as_alice, kpi, 1).status_code == 422


def test_what_waits_for_an_action_is_offered_when_its_former_deadline_is_back(as_mark, objective, action):
    save(action, deadline=dt.date(2026, 9, 1))
    save(action, deadline=dt.date(2026, 9, 8))
    link(ActionFactory(objective=objective, deadline=dt.date(2026, 10, 1)), waits_for=[action])

    response = restore(as_mark, action, 2)

    assert response.url == reverse("plans:actions_follow", args=[action.plan_id]) + f"?moved={action.pk}%3A-5"


# Other kinds


def test_an_objective_is_restored(as_alice, objective):
    save(objective, title="Grow", target=3_000_000)

    restore(as_alice, objective, 1)

    objective.refresh_from_db()
    assert (objective.title, objective.target) == ("Increase sales", 2_000_000)


def test_a_kpi_with_values_keeps_its_rhythm(as_alice, plan):
    kpi = KpiFactory(plan=plan, name="Leads", rhythm="weekly")
    save(kpi, name="Calls", rhythm="monthly")
    ReadingFactory(kpi=kpi)

    restore(as_alice, kpi, 1)

    kpi.refresh_from_db()
    assert (kpi.name, kpi.rhythm) == ("Leads", "monthly")


def test_managers_do_not_restore_what_directors_steer(as_mark, objective):
    save(objective, title="Grow")

    assert restore(as_mark, objective, 1).status_code == 403


def test_a_copy_has_no_past_but_its_making(as_alice, plan, action):
    save(action, title="Write")

    as_alice.post(reverse("plans:action_duplicate", args=[action.pk]))

    copy = Action.objects.exclude(pk=action.pk).get()
    assert [record.version for record in copy.history.all()] == [1]


# Any sequence of edits

EDIT = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Call", "Write", "Read"]),
        "description": st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
        "priority": st.sampled_from([1, 2, 3, 4]),
        "deadline": st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)) | st.none(),
        "kind": st.sampled_from(["", "digital"]),
        "supporters": st.sets(st.integers(0, 2)),
        "waits_for": st.sets(st.integers(0, 2)),
        "kpis": st.sets(st.integers(0, 2)),
    },
)
LINKED = ("supporters", "waits_for", "kpis")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDIT, min_size=1, max_size=6), data=st.data())
def test_whatever_was_edited_each_state_comes_back_whole(plan, objective, edits, data):
    others = {
        "supporters": RoleFactory.create_batch(3, team__plan=plan),
        "waits_for": ActionFactory.create_batch(3, objective=objective),
        "kpis": KpiFactory.create_batch(3, plan=plan),
    }
    action = ActionFactory(objective=objective)

    def state():
        fresh = Action.objects.get(pk=action.pk)
        fields = {name: getattr(fresh, name) for name in ("title", "description", "priority", "deadline", "kind")}
        return fields | {name: set(getattr(fresh, name).values_list("pk", flat=True)) for name in LINKED}

    states = {action.version: state()}
    for edit in edits:
        for name, value in edit.items():
            if name not in LINKED:
                setattr(action, name, value)
        link(action, **{name: [others[name][place] for place in edit[name]] for name in LINKED if name in edit})
        states[action.version] = state()
    for version in data.draw(st.permutations(list(states))):
        row = Action.objects.get(pk=action.pk)
        Restoring(row, record_of(row, str(version)), plan).save()
        assert state() == states[version]
