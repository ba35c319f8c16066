"""Run by `make bench`, which brings a PostgreSQL in BENCH_POSTGRESQL_URL."""

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg

from scripts import processes
from scripts.bench import report, rows, sheets, storm, usage, weight
from scripts.bench.limits import missed
from scripts.bench.results import Figure, Results, Weight
from scripts.bench.rows import Reply, Row
from scripts.bench.server import Backend, Server, fill_all, serving
from scripts.paths import VAR
from scripts.steps import step

LOGS = VAR / "bench"
NOT_INHERITED = ("PYTHONDONTWRITEBYTECODE", "DATABASE_URL", "SECRET_KEY_FILE", "SALESPLAN_DEMO", "HTTPS", "DEBUG")


def main() -> int:
    processes.end_in_good_order()
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    try:
        with tempfile.TemporaryDirectory(prefix="salesplan-bench-") as folder:
            results = measure(backends(Path(folder)))
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 130
    report.show(results)
    report.write(results)
    return 1 if missed(results) else 0


def backends(folder: Path) -> list[Backend]:
    found = [Backend("sqlite", environment(f"sqlite:///{folder / 'bench.sqlite3'}"), LOGS / "sqlite.log")]
    if url := os.environ.get("BENCH_POSTGRESQL_URL"):
        found.append(Backend("postgresql", environment(url), LOGS / "postgresql.log", postmaster(url)))
    return found


def environment(database_url: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    own = {"SECRET_KEY": "bench", "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "DATABASE_URL": database_url}
    return inherited | own


def postmaster(url: str) -> int:
    """The process that all others of the database server descend from: the parent of the one that answers us."""
    with psycopg.connect(url) as connection:
        backend = connection.info.backend_pid
        return usage.read_stat((usage.PROC / str(backend) / "stat").read_text()).parent


def measure(chosen: list[Backend]) -> Results:
    with step("Data: 1,000 actions, 100, 10,000, and 200 plans of others"):
        places = fill_all(chosen)
    with step("Queries and bytes"):
        replies = {backend.name: count(backend, places[backend.name]) for backend in chosen}
    with ExitStack() as stack:
        with step("Servers"):
            servers = {backend.name: stack.enter_context(serving(backend, with_worker=True)) for backend in chosen}
            measured = [
                row for backend in chosen for row in rows.rows_of(backend, servers[backend.name], places[backend.name])
            ]
        with step("CPU time of requests"):
            rows.measure_in_turns(measured)
            rows.measure_after_changes(measured)
        memory = {name: memory_of(server) for name, server in servers.items()}
        with step("First visits"):
            weights = first_visits(measured[0], places[measured[0].backend])
        with step("Sheets of 10,000 rows"):
            moved = [sheet for one in chosen for sheet in sheets.measure(one, servers[one.name], places[one.name])]
        with step("Storm of check-ins"):
            storms = [storm.measure(one, servers[one.name]) for one in chosen]
    return Results(
        machine=report.this_machine(),
        figures=figures_of(measured, replies),
        weights=weights,
        sheets=moved,
        storms=storms,
        memory_mb=memory,
        requests=min(row.requests for row in measured),
        turns=len(measured[0].costs),
        warm_up=rows.WARM_UP,
    )


def count(backend: Backend, places: dict[str, str]) -> dict[str, Reply]:
    with serving(backend, BENCH_COUNT_QUERIES="1", WEB_CONCURRENCY="1") as server:
        return rows.count(server, places)


def memory_of(server: Server) -> float:
    started = [process.pid for process in (server.web, server.worker) if process]
    return round(usage.memory_mb(*started), 1)


def first_visits(row: Row, places: dict[str, str]) -> list[Weight]:
    names = {"dashboard": places["dashboard"], "action_table_50_of_1000": places["action_table"]}
    weighed = weight.weigh(row.client, names.values())
    return [Weight(name, **moved) for name, moved in zip(names, weighed, strict=True)]


def figures_of(measured: list[Row], replies: dict[str, dict[str, Reply]]) -> list[Figure]:
    trivial = {row.backend: row.cost for row in measured if row.name == "trivial"}
    return [
        Figure(
            row.name,
            row.backend,
            round(row.cost, 2),
            round(row.cost / trivial[row.backend], 1),
            replies[row.backend][row.name].queries,
            replies[row.backend][row.name].bytes,
            None if row.after_change is None else round(row.after_change, 1),
            round(row.lowest, 2),
        )
        for row in measured
    ]


if __name__ == "__main__":
    sys.exit(main())
