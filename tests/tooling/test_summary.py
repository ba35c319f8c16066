import pytest

from scripts import test as stages
from scripts.test import Counts, Result, Stage, judge, read_counts, run_stages, summarise

REPORT = '<testsuites><testsuite name="pytest" tests="12" failures="2" errors="1" skipped="3"/></testsuites>'


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(stages, "RESULTS", tmp_path)
    monkeypatch.setattr(stages, "ROOT", tmp_path)
    return tmp_path


def test_counts_are_read_from_the_report_of_pytest(tmp_path):
    (tmp_path / "unit.xml").write_text(REPORT)

    assert read_counts(tmp_path / "unit.xml") == Counts(passed=6, failed=3, skipped=3)


def test_run_that_broke_without_a_report_counts_as_a_failure(results):
    result = judge(Stage("unit", [], counts_tests=True), ended_well=False, seconds=1)

    assert result.counts == Counts(failed=1)


def test_summary_ends_with_the_tests_of_all_runs(capsys):
    results = [
        Result(Stage("ruff", []), ok=True, seconds=0.4),
        Result(Stage("unit", [], counts_tests=True), ok=True, seconds=9, counts=Counts(passed=7)),
        Result(Stage("browser", [], counts_tests=True), ok=True, seconds=9, counts=Counts(passed=2)),
    ]

    code = summarise(results, seconds=18)

    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1] == "9 passed, 0 failed"


def test_lanes_run_beside_each_other_and_one_failure_fails_the_whole(results, capsys):
    good = Stage("good", ["sh", "-c", "exit 0"])
    bad = Stage("bad", ["sh", "-c", "echo it broke; exit 3"])

    code = run_stages([[good, bad], [good]], env={"PATH": "/usr/bin:/bin"})

    assert code == 1
    output = capsys.readouterr().out
    assert "it broke" in output
    assert "Failed: bad" in output.splitlines()


def test_stage_that_hangs_is_ended(results, monkeypatch, capsys):
    monkeypatch.setattr(stages, "STAGE_PATIENCE", 0.2)

    code = run_stages([[Stage("hangs", ["sleep", "60"])]], env={"PATH": "/usr/bin:/bin"})

    assert code == 1
    assert "Not finished after 0.2 seconds" in capsys.readouterr().out
