"""The view of the action table as a workbook of Excel."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from tests.factories import ActionFactory, AllocationFactory, BudgetLineFactory
from tests.plans.exchange.conftest import download


def sheet(client, plan, query=""):
    return load_workbook(io.BytesIO(download(client, plan, "xlsx", query)))["Actions"]


def cells(sheet, number=2) -> dict:
    """The cells of a row by the headings over them."""
    return {head.value: cell for head, cell in zip(sheet[1], sheet[number], strict=True)}


def test_dates_and_numbers_are_real(as_alice, plan, objective):
    action = ActionFactory(objective=objective, deadline=dt.date(2026, 9, 30), effort="7.5", expected_return="30000.50")
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=action, amount=12_000)

    row = cells(sheet(as_alice, plan))

    assert row["Deadline"].value == dt.datetime(2026, 9, 30)  # noqa: DTZ001 - Excel knows no time zones
    assert row["Deadline"].is_date
    assert (row["Budget (EUR)"].value, row["Expected return (EUR)"].value) == (12_000, 30_000.5)
    assert row["Effort (h)"].value == 7.5
    assert (row["ROI"].value, row["ROI"].number_format) == (pytest.approx(1.500042, rel=1e-6), "0%")
    assert (row["Row ID"].value, row["Version"].value) == (str(action.uid), action.version)


@pytest.mark.parametrize(
    "text", ["=1+1", "+48 22 100", "-5 %", "@name", "'=quoted", "https://example.com", "_x0041_", "1e3"]
)
def test_text_stays_the_text_it_is(as_alice, plan, objective, text):
    ActionFactory(objective=objective, title=text)

    cell = cells(sheet(as_alice, plan))["Action"]

    assert (unescape(cell.value), cell.data_type, cell.hyperlink) == (text, "s", None)


def test_what_looks_like_a_formula_stays_text_when_its_cell_is_edited(as_alice, plan, objective):
    ActionFactory(objective=objective, title="=1+1", position=0)
    ActionFactory(objective=objective, title="Call", position=1)

    table = sheet(as_alice, plan)

    assert [cells(table, number)["Action"].quotePrefix or False for number in (2, 3)] == [True, False]


def test_the_head_is_bold_and_stays_in_sight_and_every_column_filters(as_alice, plan, objective):
    ActionFactory.create_batch(3, objective=objective)

    table = sheet(as_alice, plan)

    assert all(cell.font.bold for cell in table[1])
    assert table.freeze_panes == "A2"
    assert table.auto_filter.ref == "A1:R4"
    assert table.column_dimensions["B"].width > 40


def test_statuses_kinds_and_priorities_are_chosen_from_lists(as_alice, plan, objective):
    ActionFactory(objective=objective)
    book = load_workbook(io.BytesIO(download(as_alice, plan, "xlsx")))

    rules = {str(rule.sqref): rule.formula1 for rule in book["Actions"].data_validations.dataValidation}

    lists = [[cell.value for cell in column if cell.value] for column in book["Lists"].columns]
    assert book["Lists"].sheet_state == "hidden"
    assert rules == {
        "C2:C1048576": "'Lists'!$A$1:$A$8",
        "I2:I1048576": "'Lists'!$B$1:$B$6",
        "K2:K1048576": "'Lists'!$C$1:$C$4",
    }
    assert [words[0] for words in lists] == ["Prospecting", "Not started", "Urgent"]


def test_an_empty_view_is_a_sheet_with_its_head(as_alice, plan):
    table = sheet(as_alice, plan)

    assert (table.max_row, table["A1"].value) == (1, "Objective")


def test_the_sheet_speaks_the_readers_language(as_alice, alice, plan, objective):
    alice.language = "pl"
    alice.save()
    ActionFactory(objective=objective, status="in_progress")

    book = load_workbook(io.BytesIO(download(as_alice, plan, "xlsx")))

    assert cells(book.worksheets[0])["Status"].value == "W toku"


def test_dates_before_excels_first_day_are_written_out(as_alice, plan, objective):
    ActionFactory(objective=objective, starts_on=dt.date(1899, 12, 1), deadline=None)

    assert cells(sheet(as_alice, plan))["Start"].value == "1899-12-01"
