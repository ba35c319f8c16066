"""The figures as a table on the screen, as docs/benchmarks.md and as docs/benchmarks.json."""

import json
import os
import platform
from dataclasses import asdict
from pathlib import Path

from scripts.bench.limits import (
    CPU_LIMITS,
    KB,
    LOST,
    MEMORY_LIMIT_MB,
    MOST_HTML,
    MOST_QUERIES,
    PEOPLE,
    RATIO_LIMITS,
    READINGS,
    SHEET_MEMORY_MB,
    SHEET_SECONDS,
    STORM_CPU_LIMIT,
    WEIGHT_LIMITS,
    missed,
    ratio,
)
from scripts.bench.results import Figure, Machine, Results, Sheet, Storm
from scripts.paths import ROOT

DOCS = ROOT / "docs"
MEANING = {
    "action_table_50_of_1000": "The action table: 50 of 1,000 rows, the whole page",
    "action_table_50_of_100": "The same page of a plan with 100 actions, 50 of them in the one objective it shows",
    "action_table_50_of_10000": "The same page of a plan with 10,000 actions, 1,000 in the one objective it shows",
    "action_edit": "One cell of it saved: history kept, the row and its group's totals answered",
    "dashboard": "The dashboard of the same plan",
    "checkin": "Its check-in page",
    "trivial": "A view that answers “ok”: what every request of somebody signed in costs",
}

#: From the issue this benchmark was asked for in: measured in CPU-ms on PostgreSQL, on another day and machine.
OTHERS = {
    "Redmine, issue list of 50": 136,
    "NetBox, list of 50": 358,
    "Kanboard, list of 30": 33,
    "A bare Django template of 50 × 8 cells": 9,
    "The same in Jinja2": 3,
    "Redmine, one edit": 33,
    "healthchecks, one edit": 7,
}

METHOD = """\
`make bench` starts Salesplan as `make run` and production do (gunicorn with `scripts/gunicorn.conf.py`, hashed static
files, DEBUG off) on SQLite and on PostgreSQL, beside each other, and asks as a signed-in director over connections
that stay open. The figure is CPU time, not time on the clock: user and system time of gunicorn's master and workers
and, on PostgreSQL, of every process of the database server, from `/proc`. The requests take turns of some
0.4 CPU seconds each, all rows of both databases one after another, so that a noisy machine disturbs them alike; a
row's figure is the median of its turns. Other work on the same processor only adds to it, through caches and shared
units: `lowest_ms` is the cheapest turn, and how far it lies below the median says how busy the machine was. Before each
turn come {warm_up} requests that do not count, so what is kept
until a plan changes (how complete it is, the totals of its groups, the body of the dashboard) is there; what the same
page costs right after a change is `after_change_ms`. Queries and bytes come from a pass of their own, and are those
right after a change too; BEGIN and savepoints count as queries. Bytes are the response without compression.

The database holds a plan with 10 objectives, 1,000 actions, 10 budget lines, 300 payments and 12 KPIs, ten of them
with 30 weekly readings; the same with 2 objectives and 100 actions, and with 10 objectives and 10,000 actions; and 200
plans of other companies with 50 actions each.

Sheets go through the same server after all that, one at a time: seconds on the clock from the request to the last byte,
or from the upload over the preview to the page that says it is done; memory is what the server with its worker had
grown by at most, looked at twenty times a second. Imported is the exported CSV: into a plan with objectives only,
then, with every title changed, into its own.

Last comes the storm: {people} people, each signed in with a browser of her own, begin in the same moment to enter
{readings} readings one after another, as the check-in sends them. One answer in {lost} is lost, so that its reading is
sent again with the key it had. `cpu_ms` is what the server and the database used, divided by the readings stored, not
by the requests. Stored are readings found in the database afterwards; doubled are versions of one beyond its first.

The first visit is what Chromium with an empty cache moves until the network is quiet, headers and all: style sheets,
scripts, fonts, icons and fragments included; 1 KB is 1,000 bytes. Memory is the proportional set size of gunicorn's
master, its workers and the task worker after all these requests, in MiB, without PostgreSQL's own.
"""


def this_machine() -> Machine:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    cores = len(os.sched_getaffinity(0))
    return Machine(model, cores, platform.python_version(), platform.system())


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table that can be read as it is."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def figures_table(figures: list[Figure]) -> str:
    head = [
        "name",
        "backend",
        "cpu_ms",
        "limit",
        "ratio_to_trivial",
        "queries",
        "bytes",
        "after_change_ms",
        "lowest_ms",
    ]
    rows = [
        [
            figure.name,
            figure.backend,
            f"{figure.cpu_ms:.2f}",
            str(CPU_LIMITS.get(figure.name, "")),
            f"{figure.ratio_to_trivial:.1f}",
            str(figure.queries),
            f"{figure.bytes:,}",
            "" if figure.after_change_ms is None else f"{figure.after_change_ms:.1f}",
            "" if figure.lowest_ms is None else f"{figure.lowest_ms:.2f}",
        ]
        for figure in figures
    ]
    return table(head, rows)


def weights_table(results: Results) -> str:
    rows = [
        [
            f"First visit: {weight.name}",
            f"{weight.bytes / KB:.0f} KB in {weight.requests} requests",
            f"{WEIGHT_LIMITS[weight.name] // KB} KB",
        ]
        for weight in results.weights
    ]
    rows += [
        [f"Memory of the server on {backend}", f"{memory:.0f} MB", f"{MEMORY_LIMIT_MB} MB"]
        for backend, memory in results.memory_mb.items()
    ]
    return table(["what", "measured", "limit"], rows)


def sheets_table(sheets: list[Sheet]) -> str:
    rows = [
        [
            sheet.name,
            sheet.backend,
            f"{sheet.seconds:.1f}",
            str(SHEET_SECONDS[sheet.name]),
            f"{sheet.memory_mb:.0f}",
            str(SHEET_MEMORY_MB.get(sheet.name, "")),
        ]
        for sheet in sheets
    ]
    return table(["sheet of 10,000 rows", "backend", "seconds", "limit", "memory_mb", "limit"], rows)


def storms_table(storms: list[Storm]) -> str:
    counted = ["people", "readings", "sent", "acknowledged", "stored", "doubled"]
    rows = [
        [
            "checkin_storm",
            storm.backend,
            *(f"{count:,}" for count in (storm.people, storm.readings, storm.sent, storm.acknowledged, storm.stored)),
            str(storm.doubled),
            f"{storm.cpu_ms:.2f}",
            str(STORM_CPU_LIMIT),
            f"{storm.seconds:.1f}",
        ]
        for storm in storms
    ]
    return table(["row", "backend", *counted, "cpu_ms", "limit", "seconds"], rows)


def ratios_text(results: Results) -> str:
    return "\n".join(
        f"- On {backend}, `{large}` costs {found:.2f} times `{small}`; at most {limit}."
        for (large, small), limit in RATIO_LIMITS.items()
        for backend, found in ratio(results, large, small).items()
    )


def as_markdown(results: Results) -> str:
    machine = results.machine
    verdict = "\n".join(f"- Not reached: {words}" for words in missed(results)) or "Every limit is kept."
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench`; do not edit.",
            "",
            figures_table(results.figures),
            "",
            *(f"- `{name}`: {meaning}." for name, meaning in MEANING.items()),
            "",
            ratios_text(results),
            "",
            weights_table(results),
            "",
            sheets_table(results.sheets),
            "",
            storms_table(results.storms),
            "",
            f"Limits: CPU time, weights and memory as in the tables, at most {MOST_QUERIES} queries a page and"
            f" {MOST_HTML // KB} KB of HTML.",
            "",
            verdict,
            "",
            "## How it is measured",
            "",
            METHOD.format(warm_up=results.warm_up, people=PEOPLE, readings=READINGS, lost=LOST),
            f"Machine: {machine.cores} cores, {machine.cpu}; Python {machine.python}, {machine.system}."
            f" Each row at least {results.requests} requests in {results.turns} turns.",
            "",
            "## To compare",
            "",
            "CPU-ms a request of other programs on PostgreSQL, measured in the same way before Salesplan was begun; not"
            " measured again by `make bench`.",
            "",
            table(["what", "cpu_ms"], [[name, str(cost)] for name, cost in OTHERS.items()]),
            "",
        ]
    )


def as_json(results: Results) -> str:
    """The figures under `rows`, by the names the table shows."""
    content = asdict(results) | {
        "limits": {
            "cpu_ms": CPU_LIMITS,
            "queries": MOST_QUERIES,
            "html_bytes": MOST_HTML,
            "memory_mb": MEMORY_LIMIT_MB,
            "sheet_seconds": SHEET_SECONDS,
            "sheet_memory_mb": SHEET_MEMORY_MB,
            "storm_cpu_ms": STORM_CPU_LIMIT,
        },
        "missed": missed(results),
    }
    content["rows"] = content.pop("figures")
    return json.dumps(content, indent=2) + "\n"


def write(results: Results, folder: Path = DOCS) -> None:
    (folder / "benchmarks.md").write_text(as_markdown(results))
    (folder / "benchmarks.json").write_text(as_json(results))


def show(results: Results) -> None:
    parts = [figures_table(results.figures), ratios_text(results), weights_table(results)]
    parts += [sheets_table(results.sheets), storms_table(results.storms)]
    print("", *parts, sep="\n\n", end="\n\n")
    for words in missed(results):
        print(f"Not reached: {words}")
