"""A plan with 10,000 actions as a sheet: out as CSV and as a workbook, and in again, through the running server."""

import csv
import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scripts.bench import usage
from scripts.bench.client import Client, Refused
from scripts.bench.results import Sheet
from scripts.bench.server import Backend, Server

ROWS = 10_000
LOOK_EVERY = 0.05
PATIENCE = 120
#: Asks for how far an import is; what stands there while the worker is at it, and when it is done.
PROGRESS = {"HX-Request": "true", "HX-Target": "import-progress"}
WORKING, DONE = b"hx-trigger=", b"Undo the import"
TITLE = "Action"
#: Of the columns of an export those that say which action a row was.
IDENTITY = {"Row ID", "Version"}


def measure(backend: Backend, server: Server, places: dict[str, str]) -> Iterator[Sheet]:
    client = Client(server.port)
    client.sign_in(places)
    started = [process.pid for process in (server.web, server.worker) if process]

    def measured(name: str, deed: Callable[[], None]) -> Sheet:
        with watched(*started) as used:
            deed()
        return Sheet(name, backend.name, round(used.seconds, 1), round(used.memory_mb, 1))

    yield measured("export_xlsx_10000", lambda: check(client.get(places["xlsx"])[0], more_than=100_000))
    exported: list[bytes] = []
    yield measured("export_csv_10000", lambda: exported.append(client.get(places["csv"])[0]))
    rows = list(csv.DictReader(io.StringIO(exported[0].decode("utf-8-sig"))))
    if len(rows) != ROWS:
        raise Refused(f"the export has {len(rows)} rows")
    yield measured("import_added_10000", lambda: bring(client, places["import_added"], as_new(rows)))
    yield measured("import_changed_10000", lambda: bring(client, places["import_changed"], renamed(rows)))


def check(content: bytes, *, more_than: int) -> None:
    if len(content) <= more_than:
        raise Refused(f"a sheet of {len(content)} bytes")


def bring(client: Client, path: str, sheet: bytes) -> None:
    """Upload, look at the preview, start, and ask until it is done."""
    client.get(path)
    place = client.upload(path, "actions.csv", sheet)
    client.get(place)
    client.press(f"{place}start/")
    began = time.monotonic()
    while WORKING in (content := client.get(place, **PROGRESS)[0]) and time.monotonic() - began < PATIENCE:
        time.sleep(LOOK_EVERY)
    if DONE not in content:
        raise Refused(f"{place}: {content[:2000].decode()}")


def as_new(rows: list[dict[str, str]]) -> bytes:
    return written([{name: value for name, value in row.items() if name not in IDENTITY} for row in rows])


def renamed(rows: list[dict[str, str]]) -> bytes:
    return written([row | {TITLE: f"{row[TITLE]} again"} for row in rows])


def written(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@dataclass
class Used:
    seconds: float = 0
    memory_mb: float = 0


@contextmanager
def watched(*processes: int) -> Iterator[Used]:
    """How long it takes on the clock, and how much the processes grow."""
    used, over = Used(), threading.Event()
    before = usage.memory_mb(*processes)

    def look() -> None:
        while not over.wait(LOOK_EVERY):
            used.memory_mb = max(used.memory_mb, usage.memory_mb(*processes) - before)

    watcher = threading.Thread(target=look)
    began = time.monotonic()
    watcher.start()
    try:
        yield used
    finally:
        used.seconds = time.monotonic() - began
        over.set()
        watcher.join()
