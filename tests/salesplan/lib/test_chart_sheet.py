"""The figures of a chart, taken out as comma-separated text."""

import csv
import datetime as dt
import io
from decimal import Decimal

from salesplan.lib.chart_sheet import chart_sheet
from salesplan.lib.charts import Chart, Measured, base_figure
from salesplan.lib.csv_text import Dialect
from salesplan.lib.numbers import NO_VALUE

ENGLISH, POLISH = Dialect(",", "."), Dialect(";", ",")


def sheet(columns, rows, dialect=ENGLISH):
    chart = Chart("sums", "Sums", says="", draw=base_figure, columns=columns, tabulate=lambda: rows)
    text = chart_sheet(chart, dialect).removeprefix("\N{BYTE ORDER MARK}")
    return list(csv.reader(io.StringIO(text), delimiter=dialect.separator))


def test_numbers_are_exact_and_their_unit_stands_in_the_heading():
    rows = [
        ["Fairs", Measured("1.26\xa0M€", Decimal("1259999.50"), "EUR")],
        ["Mails", Measured("0\xa0€", Decimal(0), "EUR")],
    ]

    assert sheet(["Category", "Spent"], rows) == [
        ["Category", "Spent (EUR)"],
        ["Fairs", "1259999.5"],
        ["Mails", "0"],
    ]


def test_units_that_differ_have_a_column():
    rows = [["Sales", Measured("5\xa0€", Decimal(5), "EUR"), 2], ["Share", Measured("9.3%", Decimal("9.30"), "%"), 3]]

    assert sheet(["KPI", "Now", "Count"], rows) == [
        ["KPI", "Now", "Now, unit", "Count"],
        ["Sales", "5", "EUR", "2"],
        ["Share", "9.3", "%", "3"],
    ]


def test_decimals_are_those_of_the_readers_spreadsheet():
    assert sheet(["KPI", "Now"], [["Share", Measured("9,3%", Decimal("9.3"), "%")]], POLISH)[1] == ["Share", "9,3"]


def test_a_share_without_end_is_rounded():
    assert sheet(["KPI", "Now"], [["Share", Measured("33%", Decimal(100) / 3, "%")]])[1] == ["Share", "33.3333"]


def test_days_are_days_and_what_is_missing_is_empty():
    rows = [[Measured("Week 34", dt.date(2026, 8, 17)), Measured(NO_VALUE, None, "%")], ["Week 35", NO_VALUE]]

    assert sheet(["Period", "Value"], rows)[1:] == [["2026-08-17", ""], ["Week 35", ""]]


def test_no_text_becomes_a_formula():
    rows = [["=HYPERLINK(A1)", Measured("-5\xa0+kg", Decimal(-5), "+kg")], ["@x", Measured("1\xa0%", Decimal(1), "%")]]

    assert sheet(["-1", "Now"], rows) == [
        ["'-1", "Now", "Now, unit"],
        ["'=HYPERLINK(A1)", "-5", "'+kg"],
        ["'@x", "1", "%"],
    ]


def test_a_chart_without_rows_has_its_headings():
    assert sheet(["Week", "Done"], []) == [["Week", "Done"]]
