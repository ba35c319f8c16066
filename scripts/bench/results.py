"""What `make bench` has measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    backend: str
    cpu_ms: float
    ratio_to_trivial: float
    queries: int
    bytes: int
    #: CPU-ms of a page right after a change in its plan.
    after_change_ms: float | None = None
    #: Of the cheapest turn.
    lowest_ms: float | None = None


@dataclass(frozen=True)
class Weight:
    name: str
    bytes: int
    requests: int


@dataclass(frozen=True)
class Sheet:
    name: str
    backend: str
    seconds: float
    #: By how much the server with its worker had grown at most, in MiB.
    memory_mb: float


@dataclass(frozen=True)
class Storm:
    """Many people who enter their readings in the same minute."""

    backend: str
    people: int
    readings: int
    #: Requests, those sent again among them.
    sent: int
    #: Readings the server has said it has, those it has, and versions of one beyond its first.
    acknowledged: int
    stored: int
    doubled: int
    #: Of a reading: what all requests have cost, shared out.
    cpu_ms: float
    seconds: float


@dataclass(frozen=True)
class Machine:
    cpu: str
    cores: int
    python: str
    system: str


@dataclass(frozen=True)
class Results:
    machine: Machine
    figures: list[Figure]
    weights: list[Weight]
    sheets: list[Sheet]
    storms: list[Storm]
    memory_mb: dict[str, float]
    #: How many requests each figure is made of, and in how many turns.
    requests: int
    turns: int
    warm_up: int
