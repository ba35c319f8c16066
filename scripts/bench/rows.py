"""What is measured: a few requests on each database, in turns, so that a busy machine disturbs all of them alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from scripts.bench import usage
from scripts.bench.client import CellEditor, Client
from scripts.bench.server import Backend, Server

#: CPU time of one turn of one row: forty ticks of the clock.
TURN_MS = 400
WARM_UP = 4
CALIBRATION = 15
TURNS = 10
#: A very busy machine gets fewer turns rather than more time.
PATIENCE = 100
FEWEST_TURNS = 4
#: So often each of these is asked for right after a change.
CHANGES = 20
#: Pages, and which of the three plans they are of.
PAGES = {
    "action_table_50_of_1000": "",
    "action_table_50_of_100": "_small",
    "action_table_50_of_10000": "_large",
    "dashboard": "",
    "checkin": "",
}

type Answer = tuple[bytes, dict[str, str]]


@dataclass
class Row:
    name: str
    backend: str
    client: Client
    request: Callable[[], Answer]
    cpu_ms: Callable[[], float]
    #: Changes a cell in the plan of the page.
    edit: Callable[[], Answer] | None = None
    requests_a_turn: int = CALIBRATION
    #: CPU-ms per request, one figure for each turn.
    costs: list[float] = field(default_factory=list)
    requests: int = 0
    #: CPU-ms of a request right after a change, when nothing computed before can be used.
    after_change: float | None = None

    @property
    def cost(self) -> float:
        return median(self.costs)

    @property
    def lowest(self) -> float:
        """Of the turn that was disturbed least."""
        return min(self.costs)

    def take_turn(self) -> float:
        """Some requests on one connection; the first of them warm up and do not count."""
        self.client.connect()
        for _ in range(WARM_UP):
            self.request()
        before = self.cpu_ms()
        for _ in range(self.requests_a_turn):
            self.request()
        return (self.cpu_ms() - before) / self.requests_a_turn

    def calibrate(self) -> None:
        cost = max(self.take_turn(), 0.1)
        self.requests_a_turn = max(CALIBRATION, round(TURN_MS / cost))

    def measure(self) -> None:
        self.costs.append(self.take_turn())
        self.requests += self.requests_a_turn

    def measure_after_changes(self, edit: Callable[[], Answer]) -> None:
        """Each request after an edit of its own, and the cost of as many edits taken off."""
        self.client.connect()
        edit()
        before = self.cpu_ms()
        for _ in range(CHANGES):
            edit()
        between = self.cpu_ms()
        for _ in range(CHANGES):
            edit()
            self.request()
        edits, both = between - before, self.cpu_ms() - between
        self.after_change = max(0, (both - edits) / CHANGES)


def measure_after_changes(rows: list[Row]) -> None:
    for row in rows:
        if row.edit:
            row.measure_after_changes(row.edit)


@dataclass(frozen=True)
class Reply:
    queries: int
    bytes: int


def requests_of(client: Client, places: dict[str, str], edit: Callable[[], Answer]) -> dict[str, Callable[[], Answer]]:
    return {
        "action_table_50_of_1000": lambda: client.get(places["action_table"]),
        "action_table_50_of_100": lambda: client.get(places["action_table_small"]),
        "action_table_50_of_10000": lambda: client.get(places["action_table_large"]),
        "action_edit": edit,
        "dashboard": lambda: client.get(places["dashboard"]),
        "checkin": lambda: client.get(places["checkin"]),
        "trivial": lambda: client.get(places["trivial"]),
    }


def editors_of(client: Client, places: dict[str, str]) -> dict[str, Callable[[], Answer]]:
    """For each of the pages something to change in its plan."""
    editors = {plan: CellEditor(client, places, plan) for plan in set(PAGES.values())}
    return {name: editors[plan].save for name, plan in PAGES.items()}


def rows_of(backend: Backend, server: Server, places: dict[str, str]) -> list[Row]:
    client = Client(server.port)
    client.sign_in(places)
    watched = [pid for pid in (server.web.pid, backend.database) if pid]
    editors = editors_of(client, places)
    return [
        Row(name, backend.name, client, request, lambda: usage.cpu_ms(*watched), editors.get(name))
        for name, request in requests_of(client, places, editors["dashboard"]).items()
    ]


def measure_in_turns(rows: list[Row]) -> None:
    for row in rows:
        row.calibrate()
    began = time.monotonic()
    for turn in range(TURNS):
        if turn >= FEWEST_TURNS and time.monotonic() - began > PATIENCE:
            break
        for row in rows:
            row.measure()


def count(server: Server, places: dict[str, str]) -> dict[str, Reply]:
    """Queries and bytes of each request as it is right after a change, when nothing computed before can be used."""
    client = Client(server.port)
    client.sign_in(places)
    editors = editors_of(client, places)
    requests = requests_of(client, places, editors["dashboard"])
    replies = {}
    for name, request in requests.items():
        request()  # the first request of all loads templates and content types
        editors.get(name, request)()
        content, headers = request()
        replies[name] = Reply(int(headers["X-Queries"]), len(content))
    return replies
