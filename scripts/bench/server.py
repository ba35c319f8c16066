"""Salesplan as in production, on one of the two databases, with an empty database of its own filled for the bench."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scripts import processes
from scripts.paths import PYTHON, ROOT
from scripts.processes import Command
from scripts.steps import StepFailed, tail

PATIENCE = 60
ADVICE = "see the lines above; the whole output is in var/bench."
HOST = "127.0.0.1"
TABLES = ("manage.py", "migrate", "--run-syncdb", "-v0")


@dataclass(frozen=True)
class Backend:
    """`name` is sqlite or postgresql; `database` the process whose descendants answer queries, if there is one."""

    name: str
    env: dict[str, str]
    log: Path
    database: int | None = None


@dataclass(frozen=True)
class Server:
    web: subprocess.Popen
    worker: subprocess.Popen | None
    port: int


def make_tables(backend: Backend) -> None:
    with backend.log.open("a") as log:
        if _start([str(PYTHON), *TABLES], backend.env, log, log).wait():
            raise StepFailed(tail(backend.log), ADVICE)


def fill(backend: Backend) -> Iterator[dict[str, str] | None]:
    """Make the tables and the rows; yield None while that takes, then where to look."""
    found = backend.log.with_suffix(".json")
    python = str(PYTHON)
    for command in ([python, *TABLES], [python, "-m", "tests.bench"]):
        with backend.log.open("a") as log, found.open("w") as answer:
            process = _start(command, backend.env, answer, log)
            while process.poll() is None:
                yield None
        if process.returncode:
            raise StepFailed(tail(backend.log), ADVICE)
    yield json.loads(found.read_text())


def _start(command: list[str], env: dict[str, str], output: IO[str], errors: IO[str]) -> subprocess.Popen:
    return subprocess.Popen(command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)


def fill_all(backends: list[Backend]) -> dict[str, dict[str, str]]:
    """Fill the databases beside each other."""
    running = {backend.name: fill(backend) for backend in backends}
    places: dict[str, dict[str, str]] = {}
    while len(places) < len(running):
        for name, progress in running.items():
            if name not in places and (found := next(progress)):
                places[name] = found
        time.sleep(0.05)
    return places


@contextmanager
def serving(backend: Backend, *, with_worker: bool = False, port: int | None = None, **extra: str) -> Iterator[Server]:
    port = port or free_port()
    env = backend.env | {"HOST": HOST, "PORT": str(port)} | extra
    gunicorn: Command = [PYTHON.with_name("gunicorn"), "--config", "scripts/gunicorn.conf.py"]
    worker: Command = [PYTHON, "manage.py", "worker", "--queue-name", "*"]
    with ExitStack() as stack:
        log = stack.enter_context(backend.log.open("a"))
        commands = [gunicorn, worker] if with_worker else [gunicorn]
        started = []
        for command in commands:
            started.append(processes.start(command, env=env, output=log, cwd=ROOT))
            stack.callback(processes.stop, started[-1])
        wait_until_open(port, started[0], backend.log)
        yield Server(started[0], started[1] if with_worker else None, port)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_until_open(port: int, web: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and web.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise StepFailed(f"{tail(log)}\nThe web server did not open its port.", ADVICE)
