"""Server and worker are killed while everybody checks in: what was acknowledged is stored, and nothing twice."""

import os
import threading
import time
import uuid
from signal import SIGKILL
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from scripts.bench import storm
from scripts.bench.__main__ import environment
from scripts.bench.server import Backend, free_port, make_tables, serving

PEOPLE, READINGS = 12, 5
#: Enough are acknowledged for a storm, and enough are missing.
ENOUGH = PEOPLE * READINGS // 3
PATIENCE = 60


@pytest.fixture
def database_url(tmp_path):
    """An empty database of the kind the tests run on, for processes of their own."""
    given = settings.DATABASES["default"]
    if given["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{tmp_path / 'storm.sqlite3'}"
        return
    server = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "dbname": "postgres"}
    name = f"storm_{uuid.uuid4().hex}"
    with psycopg.connect(**server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{given['USER']}@{quote(given['HOST'], safe='')}:{given['PORT'] or 5432}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def backend(tmp_path, database_url):
    backend = Backend("storm", environment(database_url), tmp_path / "storm.log")
    make_tables(backend)
    return backend


def test_what_was_acknowledged_before_a_crash_is_stored_and_all_of_it_once_after_it(backend):
    told = storm.ask(backend, "make", str(PEOPLE), str(READINGS))
    tally, port = storm.Tally(), free_port()
    people = threading.Thread(target=storm.run, args=(port, told, tally), kwargs={"patience": PATIENCE})

    with serving(backend, with_worker=True, port=port) as server:
        people.start()
        until = time.monotonic() + PATIENCE
        while len(tally.acknowledged) < ENOUGH and time.monotonic() < until:
            time.sleep(0.005)
        for process in (server.web, server.worker):
            os.killpg(process.pid, SIGKILL)
        time.sleep(1)  # answers that were on their way have arrived
        acknowledged = set(tally.acknowledged)
        found = storm.ask(backend, "count", told["period"])

        assert ENOUGH <= len(acknowledged) < PEOPLE * READINGS
        assert acknowledged <= set(found["stored"])

    with serving(backend, with_worker=True, port=port):
        people.join()
    found = storm.ask(backend, "count", told["period"])

    assert tally.refused == []
    assert len(tally.acknowledged) == PEOPLE * READINGS
    assert sorted(tally.acknowledged) == found["stored"]
    assert found["doubled"] == 0
