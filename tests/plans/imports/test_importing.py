"""A sheet is brought, looked at, imported and undone."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plans.actions.models import Action
from plans.imports import services
from plans.imports.reading import read_sheet
from plans.imports.services import _still_right as still_right
from plans.imports.services import take_in
from plans.imports.tasks import carry_out_import, forget_imports
from plans.models import Notice, Objective, SheetImport
from tests.factories import (
    ActionFactory,
    AllocationFactory,
    BudgetLineFactory,
    KpiFactory,
    ObjectiveFactory,
    RoleFactory,
)
from tests.plans.exchange.conftest import download
from tests.plans.imports.conftest import as_csv, bring, sheet_of, start, undo

HEAD = ["Objective", "Action", "Row ID", "Version"]


def titles(plan):
    return list(
        Action.objects.in_plan(plan).order_by("objective__position", "position").values_list("title", flat=True)
    )


def own_row(action, title):
    return [action.objective.title, title, str(action.uid), str(action.version)]


def test_a_sheet_is_looked_at_before_anything_happens(as_mark, plan, objective):
    response = bring(as_mark, plan, as_csv(["Goal", "Task"], ["Increase sales", "Call"], ["Nonsense", "Write"]))
    page = as_mark.get(response.url)

    assert page.context["counts"] == {"add": 1, "change": 0, "same": 0, "skip": 1}
    assert "There is no “Nonsense” here." in page.text
    assert titles(plan) == []


def test_what_was_looked_at_is_then_done(as_mark, mark, plan, objective):
    there = ActionFactory(objective=objective, title="Call", status="in_progress")
    sheet = sheet_of(
        plan, HEAD, own_row(there, "Phone"), ["Increase sales", "Write", "", ""], ["Nonsense", "Dream", "", ""]
    )
    before = plan.changed_at

    sheet = start(as_mark, sheet)

    there.refresh_from_db()
    plan.refresh_from_db()
    assert titles(plan) == ["Phone", "Write"]
    assert (sheet.state, len(sheet.added), len(sheet.changed)) == ("done", 1, 1)
    assert sheet.left_out == [[4, "Dream", "There is no “Nonsense” here."]]
    assert (there.version, there.status) == (2, "in_progress")
    assert plan.changed_at > before


def test_the_history_says_who_and_from_which_sheet(as_mark, mark, plan, objective):
    there = ActionFactory(objective=objective, title="Call")
    start(as_mark, sheet_of(plan, HEAD, own_row(there, "Phone"), ["Increase sales", "Write", "", ""]))

    added = Action.objects.get(title="Write").history.get()
    changed = there.history.first()

    assert [(row.history_type, row.history_user, row.version) for row in (added, changed)] == [
        ("+", mark, 1),
        ("~", mark, 2),
    ]
    assert changed.history_change_reason == "Sheet actions.csv"
    assert changed.prev_record.title == "Call"


def test_the_history_says_which_links_an_import_changed_and_what_undoing_it_did(as_mark, plan, objective):
    role = RoleFactory(team__plan=plan, title="Trainer")
    there = ActionFactory(objective=objective, title="Call")
    sheet = sheet_of(plan, [*HEAD, "Supporters"], [*own_row(there, "Phone"), "Trainer"])

    undo(as_mark, start(as_mark, sheet))

    links = [record.links for record in there.history.order_by("history_id")]
    assert links == [None, {"supporters": [[], [role.pk]]}, {"supporters": [[role.pk], []]}]


def test_an_import_says_in_each_action_who_made_it(as_mark, mark, plan, objective):
    there = ActionFactory(objective=objective, title="Call")

    start(as_mark, sheet_of(plan, HEAD, own_row(there, "Phone"), ["Increase sales", "Write", "", ""]))

    assert set(Action.objects.values_list("title", "changed_by")) == {("Phone", mark.pk), ("Write", mark.pk)}


def test_of_many_actions_an_import_changes_each_watcher_is_told_once(as_mark, mia, plan, objective, monkeypatch):
    monkeypatch.setattr(services, "CHUNK", 6)
    actions = ActionFactory.create_batch(12, objective=objective, person=mia)
    rows = [[*own_row(action, action.title), "Done"] for action in actions]

    start(as_mark, sheet_of(plan, [*HEAD, "Status"], *rows))

    notice = Notice.objects.visible_to(mia).get()
    assert (notice.kind, notice.others) == ("status", 11)


def test_what_is_done_knows_since_when(as_mark, plan, objective):
    start(as_mark, sheet_of(plan, ["Objective", "Action", "Status"], ["Increase sales", "Call", "Done"]))

    assert Action.objects.get().done_on is not None


def test_pressing_import_twice_imports_once(as_mark, plan, objective):
    sheet = sheet_of(plan, ["Objective", "Action"], ["Increase sales", "Call"])

    start(as_mark, sheet)
    start(as_mark, sheet)

    assert titles(plan) == ["Call"]


def test_of_two_imports_that_change_one_action_the_second_leaves_it_alone(as_mark, plan, objective):
    there = ActionFactory(objective=objective, title="Call")
    first, second = sheet_of(plan, HEAD, own_row(there, "Phone")), sheet_of(plan, HEAD, own_row(there, "Write"))

    start(as_mark, first)
    second = start(as_mark, second)

    assert titles(plan) == ["Phone"]
    assert second.left_out == [[2, "Write", "Somebody has changed this action since the sheet was taken out."]]


def test_what_somebody_changes_while_the_rows_are_looked_at_is_left_alone(as_mark, plan, objective, monkeypatch):
    there = ActionFactory(objective=objective, title="Call")
    sheet = sheet_of(plan, HEAD, own_row(there, "Phone"), ["Increase sales", "Write", "", ""])
    monkeypatch.setattr(services, "_still_right", lambda found: there.save() or still_right(found))

    sheet = start(as_mark, sheet)

    assert titles(plan) == ["Call", "Write"]
    assert sheet.left_out == [[2, "Phone", "Somebody has changed this action since the sheet was taken out."]]


def test_when_something_goes_wrong_nothing_is_written_and_the_page_says_so(as_mark, plan, objective, monkeypatch):
    there = ActionFactory(objective=objective, title="Call")
    sheet = sheet_of(plan, HEAD, own_row(there, "Phone"), ["Increase sales", "Write", "", ""])
    monkeypatch.delattr(services, "_finish")

    sheet = start(as_mark, sheet)

    assert (sheet.state, titles(plan)) == ("failed", ["Call"])
    assert "Nothing was changed." in as_mark.get(reverse("plans:import_detail", args=[sheet.pk])).text


def test_who_has_lost_her_rights_meanwhile_imports_nothing(mia, plan, objective):
    sheet = sheet_of(plan, ["Objective", "Action"], ["Increase sales", "Call"], state="queued")

    carry_out_import.enqueue(sheet.pk, mia.pk, "en")

    sheet.refresh_from_db()
    assert (sheet.state, titles(plan)) == ("failed", [])


# Undoing


def test_undoing_takes_back_the_whole_import(as_mark, mark, plan, objective):
    role, other = (RoleFactory(team__plan=plan, title=title) for title in ("Copywriter", "Designer"))
    day = dt.date(2026, 9, 30)
    there = ActionFactory(objective=objective, title="Call", role=role, deadline=day, expected_return=500)
    there.supporters.add(role)
    kpi = KpiFactory(plan=plan, name="Leads")
    head = [*HEAD, "Responsible", "Supporters", "KPIs", "Deadline", "Status", "Expected return"]
    changed = [*own_row(there, "Phone"), "Designer", "Designer", "Leads", "2026-10-15", "Done", "700"]
    sheet = start(as_mark, sheet_of(plan, head, changed, ["Increase sales", "Write", *[""] * 8]))
    there.refresh_from_db()
    imported = (there.title, there.role, list(there.supporters.all()), list(there.kpis.all()), there.status)

    sheet = undo(as_mark, sheet)

    there = Action.objects.get()
    assert imported == ("Phone", other, [other], [kpi], "done")
    assert (there.title, there.role, there.deadline) == ("Call", role, day)
    assert (there.status, there.done_on, there.expected_return, there.version) == ("not_started", None, 500, 3)
    assert (list(there.supporters.all()), list(there.kpis.all())) == ([role], [])
    assert (sheet.state, sheet.left_out) == ("undone", [])
    assert Action.history.filter(title="Write", history_type="-").get().history_user == mark


def test_undoing_leaves_what_somebody_has_worked_on_since_and_names_it(as_mark, plan, objective):
    there = ActionFactory(objective=objective, title="Call")
    rows = [["Increase sales", title, "", ""] for title in ("Edited", "Paid", "Plain")]
    sheet = start(as_mark, sheet_of(plan, HEAD, own_row(there, "Phone"), *rows))
    edited, paid = (Action.objects.get(title=title) for title in ("Edited", "Paid"))
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=paid)
    for action in (edited, Action.objects.get(title="Phone")):
        action.save()

    sheet = undo(as_mark, sheet)

    assert titles(plan) == ["Phone", "Edited", "Paid"]
    assert sorted(row[1] for row in sheet.left_out) == ["Edited", "Paid", "Phone"]
    page = as_mark.get(reverse("plans:import_detail", args=[sheet.pk]))
    assert "Paid" in page.text


def test_undoing_does_without_what_was_deleted_since(as_mark, plan, objective):
    role = RoleFactory(team__plan=plan, title="Copywriter")
    there = ActionFactory(objective=objective, title="Call", role=role)
    there.supporters.add(role)
    head = [*HEAD, "Responsible", "Supporters"]
    sheet = start(as_mark, sheet_of(plan, head, [*own_row(there, "Phone"), "", ""]))
    role.delete()

    sheet = undo(as_mark, sheet)

    there.refresh_from_db()
    assert (there.title, there.role, sheet.left_out) == ("Call", None, [])


def test_pressing_undo_twice_undoes_once(as_mark, plan, objective):
    there = ActionFactory(objective=objective, title="Call")
    sheet = start(as_mark, sheet_of(plan, HEAD, own_row(there, "Phone")))

    undo(as_mark, sheet)
    undo(as_mark, sheet)

    there.refresh_from_db()
    assert (there.title, there.version) == ("Call", 3)


def test_sheets_are_forgotten_after_a_month(plan, objective):
    sheet = sheet_of(plan, HEAD, ["Increase sales", "Call", "", ""])
    old = sheet_of(plan, HEAD, ["Increase sales", "Call", "", ""], created_at=sheet.created_at - dt.timedelta(days=31))

    forget_imports.enqueue()

    assert not SheetImport.objects.filter(pk=old.pk).exists()
    assert SheetImport.objects.get() == sheet


# What is exported and imported again


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_an_exported_sheet_changes_nothing(as_mark, mark, plan, objective, ending, language):
    mark.language = language
    mark.save()
    role = RoleFactory(team__plan=plan, title="Sales; north", holder=mark)
    action = ActionFactory(
        objective=objective,
        title='=Call, "them"; all',
        description="One.\nTwo\tthree.",
        kind="digital",
        role=role,
        starts_on=dt.date(2026, 4, 3),
        deadline=dt.date(2026, 9, 30),
        priority=1,
        effort="12.25",
        expected_return="1234.5",
    )
    action.supporters.add(role, RoleFactory(team__plan=plan, title="Copywriter"))
    KpiFactory(plan=plan, name='Leads "hot"').actions.add(action)
    ActionFactory(objective=objective, title="Write", person=mark, deadline=None)

    response = bring(as_mark, plan, download(as_mark, plan, ending), f"actions.{ending}")

    assert as_mark.get(response.url).context["counts"] == {"add": 0, "change": 0, "same": 2, "skip": 0}


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\r"), min_size=1, max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=TEXT.map(str.strip).filter(bool),
    description=TEXT.map(str.strip),
    deadline=st.dates(dt.date(1900, 3, 1), dt.date(2199, 12, 31)) | st.none(),
    expected=st.decimals(0, 10**9, places=2) | st.none(),
    effort=st.integers(0, 40_000).map(lambda quarters: Decimal(quarters) / 4) | st.none(),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_whatever_is_exported_and_imported_elsewhere_is_the_same(
    as_mark, plan, objective, title, description, deadline, expected, effort, ending
):
    Action.objects.all().delete()
    action = ActionFactory(
        objective=objective,
        title=title,
        description=description,
        deadline=deadline,
        expected_return=expected,
        effort=effort,
    )
    content = download(as_mark, plan, ending)
    Action.objects.all().delete()

    start(as_mark, take_in(plan, read_sheet("actions", content), name="actions", by=None))

    again = Action.objects.get()
    assert (again.title, again.description) == (title, description)
    assert (again.deadline, again.expected_return, again.objective) == (deadline, expected, action.objective)
    assert again.effort == effort


NASTY = TEXT | st.sampled_from(
    [
        "=1+1",
        "+48 22 555",
        "-5%",
        "@all",
        "'=already",
        '"quoted"',
        'a;b,c\t"d"',
        "😀" * 9,
        "\u202eabc",
        "1e5",
        "2026-09-30",
    ]
)
NASTY_TITLES = NASTY.map(str.strip).filter(bool)
LINES = NASTY | st.sampled_from(["One.\n\nTwo.", "x" * 5000, ""])
ROWS = st.fixed_dictionaries(
    {
        "title": NASTY_TITLES,
        "description": LINES.map(str.strip),
        "kind": st.sampled_from(["", *Action.Kind.values]),
        "status": st.sampled_from([value for value in Action.Status.values if value != "done"]),
        "priority": st.sampled_from(Action.Priority.values),
        "starts_on": st.none() | st.just(dt.date(2026, 4, 3)),
        "deadline": st.none() | st.dates(dt.date(2026, 4, 3), dt.date(2199, 12, 31)),
        "expected_return": st.none() | st.decimals(0, 10**9, places=2),
    }
)


PLAIN = dict.fromkeys(["deadline", "starts_on", "expected_return"]) | {
    "title": "Call",
    "description": "",
    "kind": "",
    "status": "blocked",
    "priority": 1,
}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROWS, min_size=1, max_size=4),
    names=st.lists(NASTY_TITLES, min_size=3, max_size=3, unique_by=lambda name: " ".join(name.casefold().split())),
    ending=st.sampled_from(["csv", "xlsx"]),
    language=st.sampled_from(["en", "pl"]),
)
@example(rows=[PLAIN, PLAIN], names=["=1+1", "Sales @ night", '"quoted"'], ending="csv", language="pl")
def test_whatever_a_plan_holds_it_is_the_same_plan_when_it_comes_back(
    as_mark, mark, plan, rows, names, ending, language
):
    mark.language = language
    mark.save()
    Objective.objects.all().delete()
    objective = ObjectiveFactory(plan=plan, title=names[0])
    role = RoleFactory(team__plan=plan, title=names[1])
    kpi = KpiFactory(plan=plan, name=names[2])
    for place, row in enumerate(rows):
        action = ActionFactory(objective=objective, position=place, role=role if place % 2 else None, **row)
        action.supporters.add(role)
        kpi.actions.add(action)
    before = states()
    content = download(as_mark, plan, ending)
    Action.objects.all().delete()

    start(as_mark, take_in(plan, read_sheet("actions", content), name="actions", by=None))

    assert states() == before
    role.delete()
    kpi.delete()


def states():
    names = ("title", "description", "kind", "status", "priority", "starts_on", "deadline", "expected_return", "role")
    actions = Action.objects.order_by("position")
    return list(actions.values_list(*names, "objective", "supporters", "kpis"))


# The pages


@pytest.mark.parametrize("what", ["upload", "look", "start", "undo"])
def test_team_members_and_readers_import_nothing(as_mia, plan, objective, what):
    sheet = sheet_of(plan, HEAD, ["Increase sales", "Call", "", ""])
    answers = {
        "upload": lambda: bring(as_mia, plan, as_csv(["Action"], ["Call"])),
        "look": lambda: as_mia.get(reverse("plans:import_detail", args=[sheet.pk])),
        "start": lambda: as_mia.post(reverse("plans:import_start", args=[sheet.pk])),
        "undo": lambda: as_mia.post(reverse("plans:import_undo", args=[sheet.pk])),
    }

    assert answers[what]().status_code == 403
    assert titles(plan) == []


def test_a_file_that_cannot_be_read_is_answered_beside_its_field(as_mark, plan):
    response = bring(as_mark, plan, b"\xd0\xcf\x11\xe0", "actions.xlsx")

    assert response.status_code == 422
    assert "old Excel file" in response.text
    assert SheetImport.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_unread(as_mark, plan):
    response = bring(as_mark, plan, b"x" * 10_000_001)

    assert (response.status_code, "more than 10 MB" in response.text) == (422, True)


def test_columns_are_read_as_somebody_says(as_mark, plan, objective):
    sheet = sheet_of(plan, ["What", "By"], ["Call", "2026-09-30"])
    url = reverse("plans:import_detail", args=[sheet.pk])

    as_mark.post(url, {"column_0": "title", "column_1": "deadline", "objective": objective.pk})
    start(as_mark, sheet)

    action = Action.objects.get()
    assert (action.title, action.deadline, action.objective) == ("Call", dt.date(2026, 9, 30), objective)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"column_0": "title", "column_1": "title"}, "“What” holds this already."),
        ({"column_0": "", "column_1": "deadline"}, "Say which column holds the action."),
        ({"column_0": "password", "column_1": "title"}, "Select a valid choice"),
    ],
)
def test_what_the_columns_cannot_be_is_said_beside_them(as_mark, plan, objective, chosen, words):
    sheet = sheet_of(plan, ["What", "By"], ["Call", "2026-09-30"])

    response = as_mark.post(reverse("plans:import_detail", args=[sheet.pk]), chosen)

    assert (response.status_code, words in response.text) == (422, True)
    sheet.refresh_from_db()
    assert sheet.columns == ["", ""]


def test_days_that_could_be_two_are_asked_about_before_anything_happens(as_mark, plan, objective):
    sheet = sheet_of(plan, ["Objective", "Action", "Deadline"], ["Increase sales", "Call", "03/04/2026"])
    url = reverse("plans:import_detail", args=[sheet.pk])
    columns = {"column_0": "objective", "column_1": "title", "column_2": "deadline"}

    asked = as_mark.get(url).text
    start(as_mark, sheet)
    done_before = titles(plan)
    as_mark.post(url, columns | {"day_first": "False"})
    start(as_mark, sheet)

    assert "Which day is 03/04/2026?" in asked
    assert done_before == []
    assert Action.objects.get().deadline == dt.date(2026, 3, 4)


def test_while_it_is_imported_the_page_says_how_far_it_is(as_mark, plan, htmx):
    sheet = sheet_of(plan, HEAD, *[["Increase sales", "Call", "", ""]] * 3, state="queued", looked_at=2)

    answer = as_mark.get(reverse("plans:import_detail", args=[sheet.pk]), headers=htmx("import-progress"))

    assert "2 of 3 rows looked at" in answer.text
    assert "<html" not in answer.text


def test_imports_of_this_plan_can_be_found_again(as_mark, plan, objective):
    start(as_mark, sheet_of(plan, HEAD, ["Increase sales", "Call", "", ""]))
    sheet_of(ObjectiveFactory().plan, HEAD, ["Increase sales", "Call", "", ""], state="done", file_name="theirs.csv")

    page = as_mark.get(reverse("plans:import_add", args=[plan.pk]))

    assert "actions.csv" in page.text
    assert "theirs.csv" not in page.text


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_number_of_queries_of_the_preview_does_not_grow(
    as_mark, plan, objective, row_count, django_assert_num_queries
):
    there = ActionFactory.create_batch(row_count, objective=objective)
    sheet = sheet_of(plan, HEAD, *[own_row(action, "Phone") for action in there])

    # session, user, sheet, plan; roles, people, objectives and KPIs; actions, what they are linked to;
    # in the rail: completeness, workspaces, the week
    with django_assert_num_queries(12):
        as_mark.get(reverse("plans:import_detail", args=[sheet.pk]))


@pytest.mark.parametrize("name", ["plans:import_add", "plans:actions_paste"])
def test_in_the_rail_the_page_belongs_to_the_actions(as_mark, plan, name):
    page = as_mark.get(reverse(name, args=[plan.pk])).text

    assert f'href="{reverse("plans:actions", args=[plan.pk])}" data-go="a" aria-current="page"' in page
