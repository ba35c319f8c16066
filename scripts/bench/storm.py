"""Everybody checks in at once: people who enter their readings through the running server, in the same minute.

As on phones with a poor connection: what is not answered is sent again with the key it had, until it is.
"""

import json
import subprocess
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from scripts.bench import usage
from scripts.bench.limits import LOST, PEOPLE, READINGS
from scripts.bench.results import Storm
from scripts.bench.server import ADVICE, HOST, Backend, Server
from scripts.paths import PYTHON, ROOT
from scripts.steps import StepFailed, tail

#: Seconds between two tries of what was not answered, and until it is given up.
PAUSE, PATIENCE = 0.5, 120
CSRF = "c" * 32


@dataclass
class Tally:
    sent: int = 0
    acknowledged: set[int] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person:
    """Her phone: one connection, made anew when it breaks."""

    def __init__(self, port: int, told: dict[str, Any], person: dict[str, Any]):
        self.port, self.period, self.kpis = port, told["period"], person["kpis"]
        self.cookies = f"{told['cookie']}={person['session']}; csrftoken={CSRF}"
        self.connection: HTTPConnection | None = None

    def hang_up(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None

    def check_in(self, tally: Tally, *, until: float) -> None:
        for kpi in self.kpis:
            key, lost = str(uuid.uuid4()), kpi % LOST == 0
            while time.monotonic() < until:
                answered = self._enter(kpi, key, tally)
                if answered and not lost:
                    break
                lost = False
                if not answered:
                    time.sleep(PAUSE)
        self.hang_up()

    def _enter(self, kpi: int, key: str, tally: Tally) -> bool:
        """Whether the server has answered that it is stored."""
        fields = {"value": str(40 + kpi % 10), "period": self.period, "version": "", "confidence": "", "note": ""}
        headers = {
            "Cookie": self.cookies,
            "X-CSRFToken": CSRF,
            "HX-Request": "true",
            "Idempotency-Key": key,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with tally.lock:
            tally.sent += 1
        try:
            self.connection = self.connection or HTTPConnection(HOST, self.port, timeout=60)
            self.connection.request("POST", f"/kpis/{kpi}/readings/enter/", urlencode(fields), headers)
            response = self.connection.getresponse()
            content = response.read()
        except (OSError, HTTPException):
            self.hang_up()
            return False
        with tally.lock:
            if response.status in (200, 204):
                tally.acknowledged.add(kpi)
            else:
                tally.refused.append(f"{response.status}: {content[:300].decode(errors='replace')}")
        return response.status in (200, 204)


def run(port: int, told: dict[str, Any], tally: Tally, *, patience: float = PATIENCE) -> None:
    """All of them at the same moment, each in a thread of her own."""
    until = time.monotonic() + patience
    people = [Person(port, told, person) for person in told["people"]]
    with ThreadPoolExecutor(len(people)) as pool:
        for done in [pool.submit(person.check_in, tally, until=until) for person in people]:
            done.result()


def measure(backend: Backend, server: Server) -> Storm:
    told = ask(backend, "make", str(PEOPLE), str(READINGS))
    watched = [pid for pid in (server.web.pid, backend.database) if pid]
    tally, began, before = Tally(), time.monotonic(), usage.cpu_ms(*watched)
    run(server.port, told, tally)
    seconds, used = time.monotonic() - began, usage.cpu_ms(*watched) - before
    found = ask(backend, "count", told["period"])
    return Storm(
        backend=backend.name,
        people=PEOPLE,
        readings=PEOPLE * READINGS,
        sent=tally.sent,
        acknowledged=len(tally.acknowledged),
        stored=len(found["stored"]),
        doubled=found["doubled"],
        # What was refused or never came costs too, and is borne by what is stored.
        cpu_ms=round(used / max(len(found["stored"]), 1), 2),
        seconds=round(seconds, 1),
    )


def ask(backend: Backend, *words: str) -> dict[str, Any]:
    """Of the database, in a process of its own: scripts know no Django."""
    with backend.log.open("a") as log:
        command = [str(PYTHON), "-m", "tests.bench.storm", *words]
        answer = subprocess.run(command, env=backend.env, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, check=False)
    if answer.returncode:
        raise StepFailed(tail(backend.log), ADVICE)
    return json.loads(answer.stdout)
