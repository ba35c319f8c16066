"""The parts of `make bench` that measure nothing: what it reads from /proc, and what it writes."""

import json
import os

import pytest

from scripts.bench import report, usage
from scripts.bench.limits import missed
from scripts.bench.results import Figure, Machine, Results, Sheet, Storm, Weight
from scripts.bench.usage import Stat, read_pss, read_stat

STAT = "4242 (gunicorn: (w) 1) S 4200 4200 4200 0 -1 4194560 9 0 0 0 150 30 7 3 20 0 5 0 99 0 0"


def figure(**values):
    return Figure(
        **{"name": "trivial", "backend": "sqlite", "cpu_ms": 1, "ratio_to_trivial": 1, "queries": 2, "bytes": 2}
        | values
    )


def storm(**values):
    whole = {"people": 500, "readings": 5000, "sent": 5250, "acknowledged": 5000, "stored": 5000, "doubled": 0}
    return Storm(**{"backend": "sqlite", "cpu_ms": 5.2, "seconds": 21.5} | whole | values)


@pytest.fixture
def results():
    return Results(
        machine=Machine("A processor", 2, "3.13.0", "Linux"),
        figures=[figure(name="action_edit", cpu_ms=5.5, ratio_to_trivial=4.4, queries=12, bytes=990, lowest_ms=5.12)],
        weights=[Weight("dashboard", 690_000, 31)],
        sheets=[Sheet("export_csv_10000", "sqlite", 1.4, 12)],
        storms=[storm()],
        memory_mb={"sqlite": 180.2},
        requests=400,
        turns=10,
        warm_up=4,
    )


def test_the_name_of_a_program_may_hold_spaces_and_parentheses():
    assert read_stat(STAT) == Stat(pid=4242, parent=4200, own=180, of_ended_children=10)


def test_a_process_counts_with_those_it_started(monkeypatch):
    processes = [Stat(1, 0, 10, 0), Stat(2, 1, 20, 5), Stat(3, 2, 30, 0), Stat(9, 0, 400, 0)]
    monkeypatch.setattr(usage, "_all_processes", lambda: processes)
    monkeypatch.setattr(usage, "MS_PER_TICK", 10)

    assert usage.cpu_ms(1) == 650


def test_this_very_process_has_used_time_and_memory():
    assert usage.cpu_ms(os.getpid()) > 0
    assert usage.memory_mb(os.getpid()) > 1


def test_memory_is_read_from_the_sum_of_all_maps():
    assert read_pss("Rss:   900 kB\nPss:   512 kB\nPss_Dirty:  1 kB\n") == 512


def test_every_limit_that_was_kept_is_silent(results):
    assert missed(results) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"cpu_ms": 6.1}, "action_edit on sqlite: 6.1 CPU-ms, at most 6"),
        ({"name": "dashboard", "queries": 13}, "dashboard on sqlite: 13 queries, at most 12"),
        ({"bytes": 61_000}, "action_edit on sqlite: 61.0 KB of HTML, at most 60"),
    ],
)
def test_a_limit_that_was_missed_is_said_in_words(results, values, words):
    results.figures[0] = figure(**{"name": "action_edit", "queries": 12, "bytes": 990} | values)

    assert missed(results) == [words]


def test_heavy_pages_and_a_large_server_are_said_in_words(results):
    results.weights[0] = Weight("dashboard", 701_000, 31)
    results.memory_mb["sqlite"] = 260

    assert missed(results) == [
        "first visit to dashboard: 701 KB, at most 700",
        "memory on sqlite: 260 MB, at most 250",
    ]


def test_a_large_plan_that_costs_too_much_more_than_a_small_one_is_said_in_words(results):
    results.figures.extend(
        [
            figure(name="action_table_50_of_100", cpu_ms=10),
            figure(name="action_table_50_of_10000", cpu_ms=13.4),
        ]
    )

    assert missed(results) == ["action_table_50_of_10000 on sqlite: 1.34 times action_table_50_of_100, at most 1.3"]


def test_slow_and_heavy_sheets_are_said_in_words(results):
    results.sheets.extend(
        [
            Sheet("export_xlsx_10000", "sqlite", 10.2, 151),
            Sheet("import_added_10000", "sqlite", 30.1, 400),
        ]
    )

    assert missed(results) == [
        "export_xlsx_10000 on sqlite: 10.2 seconds, at most 10",
        "export_xlsx_10000 on sqlite: 151 MB more, at most 150",
        "import_added_10000 on sqlite: 30.1 seconds, at most 30",
    ]


def test_both_files_are_written(results, tmp_path):
    report.write(results, tmp_path)

    (row,) = json.loads((tmp_path / "benchmarks.json").read_text())["rows"]
    assert row == {
        "name": "action_edit",
        "backend": "sqlite",
        "cpu_ms": 5.5,
        "ratio_to_trivial": 4.4,
        "queries": 12,
        "bytes": 990,
        "after_change_ms": None,
        "lowest_ms": 5.12,
    }
    text = (tmp_path / "benchmarks.md").read_text()
    assert "| action_edit | sqlite  | 5.50   | 6     | 4.4              | 12      | 990   |" in text
    assert "| export_csv_10000     | sqlite  | 1.4     | 10    | 12        | 150   |" in text
    assert "Every limit is kept." in text


def test_a_storm_may_lose_nothing_double_nothing_and_cost_little(results):
    results.storms[:] = [storm(acknowledged=4999), storm(stored=4990), storm(doubled=3), storm(cpu_ms=6.3)]

    assert missed(results) == [
        "checkin_storm on sqlite: not acknowledged or not stored: 1",
        "checkin_storm on sqlite: not acknowledged or not stored: 10",
        "checkin_storm on sqlite: doubled: 3",
        "checkin_storm on sqlite: 6.3 CPU-ms a reading, at most 6",
    ]


def test_a_storm_is_told_with_all_its_counts(results):
    (told,) = [line for line in report.as_markdown(results).splitlines() if line.startswith("| checkin_storm")]

    assert [cell.strip() for cell in told.strip("|").split("|")] == [
        *("checkin_storm", "sqlite", "500", "5,000", "5,250", "5,000", "5,000", "0", "5.20", "6", "21.5")
    ]
