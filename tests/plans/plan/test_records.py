"""What the history of a row knows of its links, and what an action knows of its last change."""

import uuid

import pytest
from django.urls import reverse

from kpis.kpi.services import link_action_to_kpis
from plans.actions.bulk import Values, change_actions
from plans.items.bin import bin_item, restore_item
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, RoleFactory


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan)


@pytest.fixture
def action(objective):
    return ActionFactory(objective=objective, title="Call")


def links_of(row) -> list:
    return [record.links for record in row.history.order_by("history_id")]


def test_supporters_set_in_a_cell_stand_in_the_version_they_came_with(as_mark, plan, action, htmx):
    role = RoleFactory(team__plan=plan)

    as_mark.post(
        reverse("plans:action_cell", args=[action.pk], query={"cell": "who"}),
        {"supporters": [role.pk], "responsible": "", "version": action.version},
        headers=htmx(),
    )

    assert links_of(action) == [None, {"supporters": [[], [role.pk]]}]


def test_what_an_action_waits_for_stands_in_its_history(as_mark, objective, action):
    other = ActionFactory(objective=objective)
    values = {"title": "Call", "objective": objective.pk, "status": "not_started", "priority": 3}

    url = reverse("plans:action_edit", args=[action.pk])
    as_mark.post(url, values | {"waits_for": [other.pk], "version": 1})
    as_mark.post(url, values | {"waits_for": [], "version": 2})

    assert links_of(action) == [None, {"waits_for": [[], [other.pk]]}, {"waits_for": [[other.pk], []]}]


def test_a_save_that_changes_no_link_says_none(as_mark, plan, action, htmx):
    action.supporters.add(RoleFactory(team__plan=plan))

    as_mark.post(
        reverse("plans:action_cell", args=[action.pk], query={"cell": "title"}),
        {"title": "Write", "version": 1},
        headers=htmx(),
    )

    assert links_of(action) == [None, None]


def test_kpis_of_an_action_are_another_version_of_it(plan, action):
    kpi = KpiFactory(plan=plan)

    link_action_to_kpis(action=action, kpis=[kpi])
    link_action_to_kpis(action=action, kpis=[kpi])

    assert links_of(action) == [None, {"kpis": [[], [kpi.pk]]}]
    assert action.version == 2


def test_actions_chosen_on_a_kpi_stand_in_the_history_of_the_actions(as_alice, plan, objective, action):
    kept, gone = ActionFactory(objective=objective), ActionFactory(objective=objective)
    kpi, another = KpiFactory(plan=plan), KpiFactory(plan=plan)
    kpi.actions.set([kept, gone])
    another.actions.set([gone])
    values = {"name": "Leads", "measure": "level", "rhythm": "weekly", "direction": "more", "unit": "leads"}

    url = reverse("kpis:kpi_edit", args=[kpi.pk])
    as_alice.post(url, values | {"actions": [kept.pk, action.pk], "version": kpi.version})

    assert set(kpi.actions.all()) == {kept, action}
    assert links_of(action) == [None, {"kpis": [[], [kpi.pk]]}]
    assert links_of(kept) == [None]
    assert links_of(gone) == [None, {"kpis": [[kpi.pk, another.pk], [another.pk]]}]


# Who changed an action last


def test_an_action_knows_who_changed_it_last(as_mark, mark, action, htmx):
    as_mark.post(
        reverse("plans:action_cell", args=[action.pk], query={"cell": "title"}),
        {"title": "Write", "version": 1},
        headers=htmx(),
    )

    action.refresh_from_db()
    assert (action.title, action.changed_by) == ("Write", mark)


def test_a_bulk_change_says_who_made_it_in_every_row(mark, plan, action):
    before = action.changed_at

    change_actions(plan, [action], Values(status="blocked"), by=mark, uid=uuid.uuid4())

    action.refresh_from_db()
    assert action.changed_by == mark
    assert action.changed_at > before


def test_an_action_comes_back_from_the_bin_with_its_history(mark, action):
    pk = action.pk
    restore_item(bin_item(action, by=mark))

    kinds = type(action).history.filter(id=pk).order_by("history_id").values_list("history_type", flat=True)

    assert list(kinds) == ["+", "-", "+"]
