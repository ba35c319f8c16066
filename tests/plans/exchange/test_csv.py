"""The view of the action table as CSV."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from plans.exchange import queries
from plans.exchange.columns import Column, Content
from plans.exchange.csv_sheet import csv_lines
from plans.exchange.names import join_names, split_names
from salesplan.lib.csv_text import Dialect, guard, unguard
from tests.factories import (
    ActionFactory,
    AllocationFactory,
    BudgetLineFactory,
    KpiFactory,
    ObjectiveFactory,
    RoleFactory,
)
from tests.plans.exchange.conftest import download, read_csv


def test_a_row_says_all_there_is_about_an_action(as_alice, plan, objective, alice):
    role = RoleFactory(team__plan=plan, title="Marketing manager", holder=alice)
    action = ActionFactory(
        objective=objective,
        title="Advertise online",
        description="Two waves.\nOne in spring.",
        kind="digital",
        role=role,
        starts_on=dt.date(2026, 3, 1),
        deadline=dt.date(2026, 9, 30),
        status="in_progress",
        priority=2,
        expected_return="30000.50",
        effort="7.5",
    )
    action.supporters.add(RoleFactory(team__plan=plan, title="Copywriter"))
    for name in ("Website traffic", "Conversion; paid"):
        KpiFactory(plan=plan, name=name).actions.add(action)
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=action, amount=12_000)

    (row,) = read_csv(download(as_alice, plan, "csv"))

    assert row == {
        "Objective": "Increase sales",
        "Action": "Advertise online",
        "Kind": "Digital",
        "Responsible": "Marketing manager (Alice Martin)",
        "Supporters": "Copywriter",
        "Start": "2026-03-01",
        "Deadline": "2026-09-30",
        "KPIs": 'Website traffic; "Conversion; paid"',
        "Status": "In progress",
        "Health": "Off track",
        "Priority": "High",
        "Effort (h)": "7.5",
        "Budget (EUR)": "12000",
        "Expected return (EUR)": "30000.5",
        "ROI": "150%",
        "Description": "Two waves.\nOne in spring.",
        "Row ID": str(action.uid),
        "Version": str(action.version),
    }


def test_what_is_not_known_is_empty(as_alice, plan, objective):
    ActionFactory(objective=objective, title="Advertise online", deadline=None)

    (row,) = read_csv(download(as_alice, plan, "csv"))

    empty = ("Kind", "Responsible", "Supporters", "Start", "Deadline", "KPIs", "Effort (h)", "Budget (EUR)", "ROI")
    assert {row[name] for name in empty} == {""}


def test_polish_readers_get_semicolons_commas_and_polish_words(as_alice, alice, plan, objective):
    alice.language = "pl"
    alice.save()
    ActionFactory(objective=objective, status="in_progress", expected_return="1234.5")

    content = download(as_alice, plan, "csv")

    (row,) = read_csv(content, ";")
    assert content.startswith(b"\xef\xbb\xbf")
    assert (row["Status"], row["Cel"]) == ("W toku", "Increase sales")
    assert "1234,5" in row.values()


def test_all_rows_are_there_filtered_and_sorted_as_the_address_says(as_alice, plan, objective):
    for number in range(60):
        ActionFactory(objective=objective, title=f"Call {number:02}", status="blocked")
    ActionFactory(objective=objective, title="Rest", status="done", done_on=dt.date(2026, 1, 1))

    rows = read_csv(download(as_alice, plan, "csv", "?status=blocked&sort=-title&page=2"))

    assert [row["Action"] for row in rows] == [f"Call {number:02}" for number in reversed(range(60))]


def test_only_the_plan_itself_is_in_the_sheet(as_alice, plan, objective):
    ActionFactory(objective=ObjectiveFactory(), title="Of another company")
    ActionFactory(objective=objective, title="Ours")

    rows = read_csv(download(as_alice, plan, "csv"))

    assert [row["Action"] for row in rows] == ["Ours"]


def test_readers_may_take_a_sheet_along(as_bob, plan, objective):
    ActionFactory(objective=objective, title="Ours")

    assert len(read_csv(download(as_bob, plan, "csv"))) == 1


def test_the_file_is_named_after_the_plan_and_the_day(as_alice, plan, client):
    response = as_alice.get(f"/plans/{plan.pk}/actions.csv")

    named = response.headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="sales-growth-plan-2026-\d{4}-\d\d-\d\d.csv"', named)


@pytest.mark.parametrize("row_count", [1, 3])
def test_each_chunk_costs_four_queries_whatever_is_in_it(as_alice, plan, objective, row_count, monkeypatch):
    monkeypatch.setattr(queries, "CHUNK", row_count)
    for action in ActionFactory.create_batch(2 * row_count, objective=objective, role=RoleFactory(team__plan=plan)):
        KpiFactory(plan=plan).actions.add(action)
        action.supporters.add(RoleFactory(team__plan=plan))

    with CaptureQueriesContext(connection) as asked:
        rows = read_csv(download(as_alice, plan, "csv"))

    assert len(rows) == 2 * row_count
    assert len(asked) == 3 + 1 + 2 * 4  # session, user, plan; the order; two chunks of rows, KPIs, supporters, budgets


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_held_back_by_an_apostrophe(as_alice, plan, objective, start):
    ActionFactory(objective=objective, title=f"{start}cmd()")

    (row,) = read_csv(download(as_alice, plan, "csv"))

    assert row["Action"] == f"'{start}cmd()"


@given(st.text())
def test_every_text_comes_back_from_behind_its_apostrophe(text):
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


COLUMNS = [
    Column("title", "Action", 10),
    Column("deadline", "Deadline", 10, Content.DATE),
    Column("budget", "Budget", 10, Content.AMOUNT),
]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.text(st.characters(blacklist_characters="\x00", blacklist_categories=["Cs"])),
            "deadline": st.dates() | st.none(),
            "budget": st.decimals(-(10**12), 10**12, places=2, allow_nan=False) | st.none(),
        }
    )
)


@given(ROWS, st.sampled_from([Dialect(";", ","), Dialect(",", ".")]))
def test_what_is_written_and_read_back_is_the_same(rows, dialect):
    text = "".join(csv_lines(COLUMNS, rows, dialect)).removeprefix("\ufeff")

    _head, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.separator)

    assert [_as_row(line, dialect) for line in lines] == rows


def _as_row(line, dialect):
    title, deadline, budget = line
    return {
        "title": unguard(title),
        "deadline": dt.date.fromisoformat(deadline) if deadline else None,
        "budget": Decimal(budget.replace(dialect.decimal_mark, ".")) if budget else None,
    }


@given(st.lists(st.text(st.characters(blacklist_characters="\x00"), min_size=1)))
def test_names_in_one_cell_can_be_taken_apart_again(names):
    assert split_names(join_names(names)) == names
