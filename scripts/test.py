"""`make test` and its shorter forms: runs the stages in two lanes and ends with a plain summary."""

import argparse
import os
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from subprocess import Popen
from typing import IO
from xml.etree import ElementTree

from scripts import postgres, processes, steps, system
from scripts.paths import PYTHON, ROOT, VAR
from scripts.processes import Command
from scripts.setup import set_up
from scripts.steps import step

RESULTS = VAR / "test"
STAGE_PATIENCE = 900
APPS = ("salesplan", "accounts", "plans", "kpis", "analysis")
# Tests choose their own settings.
NOT_INHERITED = {
    *("PYTHONDONTWRITEBYTECODE", "DATABASE_URL", "SECRET_KEY_FILE", "SALESPLAN_DEMO", "HTTPS", "DEBUG"),
    *("ALLOWED_HOSTS", "LANGUAGE_CODE", "TIME_ZONE", "EMAIL_HOST"),
}
TAIL_LINES = 120


@dataclass(frozen=True)
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


@dataclass(frozen=True)
class Stage:
    name: str
    command: Command
    counts_tests: bool = False
    env: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return RESULTS / f"{self.name.replace(' ', '-')}.log"

    @property
    def report(self) -> Path:
        return self.log.with_suffix(".xml")


@dataclass(frozen=True)
class Result:
    stage: Stage
    ok: bool
    seconds: float
    counts: Counts = Counts()

    def __str__(self) -> str:
        return summary_line(self.stage.name, self.ok, self.seconds, self.counts if self.stage.counts_tests else "")


def summary_line(name: str, ok: bool, seconds: float, counts: Counts | str = "") -> str:
    return f"  {name:<24} {'ok' if ok else 'FAILED':<7} {seconds:6.1f} s   {counts}".rstrip()


# A lane yields each result as it comes, and None while it waits.
type Lane = Generator[Result | None]


def tool(name: str, *arguments: str) -> Command:
    return [PYTHON.with_name(name), *arguments]


LINT = (
    Stage("ruff check", tool("ruff", "check")),
    Stage("ruff format", tool("ruff", "format", "--check")),
    Stage("import contracts", tool("lint-imports")),
    Stage("templates", tool("djlint", "--lint", "templates")),
)
DEEPER = (
    Stage("missing migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    Stage("types", tool("mypy", *APPS, "scripts")),
)


def pytest(name: str, *arguments: str) -> Stage:
    stage = Stage(name, [], counts_tests=True)
    # The profile draws the same examples every time and sets no time limit: a busy machine is no failure.
    options = ["--quiet", "--hypothesis-profile=ci", f"--junit-xml={stage.report}"]
    command: Command = [PYTHON, "-m", "pytest", *options, *arguments]
    return replace(stage, command=command)


# Migrations are walked through once on each database: by the browser tests on SQLite, by a stage of its own elsewhere.
MIGRATIONS_ON_POSTGRESQL = Stage("migrations on PostgreSQL", [PYTHON, "manage.py", "migrate", "--verbosity=0"])
UNIT_ON_SQLITE = pytest("unit tests on SQLite", "-n", "2", "--no-migrations")
#: What walks through everything, weighs it or does it two hundred times is left to `make test`.
LONG = (
    "analysis/gallery",
    "architecture/test_tenancy.py",
    "architecture/test_weight.py",
    "crash",
    "plans/actions/test_bulk.py",
    "plans/imports",
    "tooling",
)
IGNORED = [f"--ignore=tests/{path}" for path in LONG]
UNIT_IN_A_HURRY = pytest("unit tests on SQLite", "-n", "2", "--no-migrations", *IGNORED)
# The scripts know nothing of the database the tests use, and a page weighs the same on each.
SAME_EVERYWHERE = [f"--ignore=tests/{path}" for path in ("tooling", "architecture/test_weight.py")]
UNIT_ON_POSTGRESQL = pytest("unit tests on PostgreSQL", "-n", "2", "--no-migrations", *SAME_EVERYWHERE)
# Browsers wait more than they work: more of them than there are cores.
BROWSER = pytest("browser tests", "-n", "3", "--maxschedchunk", "1", "--ds", "tests.browser.settings", "tests/browser")


def main() -> int:
    processes.end_in_good_order()
    try:
        return {"all": everything, "fast": fast, "check": check, "bench": bench}[read_arguments()]()
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 130


def read_arguments() -> str:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", choices=("all", "fast", "check", "bench"))
    return parser.parse_args().which


def everything() -> int:
    env = prepare(system.CHROMIUM, system.POSTGRESQL, system.GETTEXT)
    with ExitStack() as stack:
        with step("PostgreSQL"):
            url = stack.enter_context(postgres.cluster())
        migrations, units = (
            replace(stage, env={"DATABASE_URL": url}) for stage in (MIGRATIONS_ON_POSTGRESQL, UNIT_ON_POSTGRESQL)
        )
        return run_stages([(*LINT, *DEEPER, migrations), (UNIT_ON_SQLITE, units, BROWSER)], env)


def fast() -> int:
    return run_stages([LINT, (UNIT_IN_A_HURRY,)], prepare(static_files=False))


def check() -> int:
    return run_stages([LINT, DEEPER], prepare(static_files=False))


def bench() -> int:
    env = prepare(system.CHROMIUM, system.POSTGRESQL)
    with ExitStack() as stack:
        with step("PostgreSQL"):
            url = stack.enter_context(postgres.cluster())
        env["BENCH_POSTGRESQL_URL"] = url
        return processes.run([PYTHON, "-m", "scripts.bench"], env=env, cwd=ROOT)


def prepare(*programs: system.Program, static_files: bool = True) -> dict[str, str]:
    """Set up for development. Collecting static files shows that every file a stylesheet names is there."""
    env = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    env["SECRET_KEY"] = "test"  # noqa: S105 - signs nothing that leaves the machine
    print("Set-up", flush=True)
    if programs:
        with step("System packages"):
            system.require(programs)
    set_up(env, dev=True, static_files=static_files)
    return env


def run_stages(lanes: Sequence[Sequence[Stage]], env: dict[str, str]) -> int:
    """Run the lanes beside each other, the stages of a lane one after the other, and sum up."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in RESULTS.iterdir():
        old.unlink()
    print("\nStages", flush=True)
    began = time.monotonic()
    results = []
    for result in run_beside_each_other([run_lane(lane, env) for lane in lanes]):
        print(result, flush=True)
        results.append(result)
    return summarise(results, time.monotonic() - began)


def run_beside_each_other(lanes: list[Lane]) -> Iterator[Result]:
    try:
        while lanes:
            for lane in list(lanes):
                try:
                    result = next(lane)
                except StopIteration:
                    lanes.remove(lane)
                    continue
                if result:
                    yield result
            time.sleep(0.05)
    finally:
        for lane in lanes:
            lane.close()


def run_lane(stages: Sequence[Stage], env: dict[str, str]) -> Lane:
    for stage in stages:
        began = time.monotonic()
        with stage.log.open("w") as log, started(stage, env, log) as process:
            while process.poll() is None:
                if time.monotonic() - began > STAGE_PATIENCE:
                    log.write(f"\nNot finished after {STAGE_PATIENCE} seconds; ended.\n")
                    break
                yield None
        yield judge(stage, process.returncode == 0, time.monotonic() - began)


@contextmanager
def started(stage: Stage, env: dict[str, str], log: IO[str]) -> Iterator[Popen]:
    process = processes.start(stage.command, env=env | stage.env, output=log, cwd=ROOT)
    try:
        yield process
    finally:
        processes.stop(process)


def judge(stage: Stage, ended_well: bool, seconds: float) -> Result:
    if not stage.counts_tests:
        return Result(stage, ended_well, seconds)
    counts = read_counts(stage.report)
    if not ended_well and not counts.failed:
        # It broke before or after its tests: that is one failure too.
        counts += Counts(failed=1)
    return Result(stage, ended_well, seconds, counts)


def read_counts(report: Path) -> Counts:
    if not report.is_file():
        return Counts()
    total = Counts()
    for suite in ElementTree.parse(report).iter("testsuite"):  # noqa: S314 - written by our own pytest
        tests, failures, errors, skipped = (
            int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
        )
        total += Counts(tests - failures - errors - skipped, failures + errors, skipped)
    return total


def summarise(results: Sequence[Result], seconds: float) -> int:
    failed = [result for result in results if not result.ok]
    for result in failed:
        print(f"\n---- {result.stage.name}: last lines of {result.stage.log.relative_to(ROOT)}\n")
        print(steps.tail(result.stage.log, TAIL_LINES))
    print("\nSummary")
    for result in results:
        print(result)
    print(summary_line("all together", not failed, seconds), end="\n\n")
    if failed:
        print(f"Failed: {', '.join(result.stage.name for result in failed)}")
    if any(result.stage.counts_tests for result in results):
        print(sum((result.counts for result in results), Counts()))
    sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
