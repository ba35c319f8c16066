"""A PostgreSQL of our own in a temporary folder, for as long as a test run needs it."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT
from typing import IO
from urllib.parse import quote

from scripts import processes
from scripts.processes import Command
from scripts.steps import StepFailed, tail

SUPERUSER = "salesplan"
PATIENCE = 30
PLAIN_ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}
# Nothing of this cluster is worth keeping, so it need not wait for the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# Everyone who reaches the socket is trusted, and only we reach it.
PRIVATE = ("listen_addresses=", "unix_socket_permissions=0700")
PORT = 5432  # names the socket file only: nothing listens on the network


def programs() -> Path | None:
    """Debian keeps PostgreSQL's programs out of the PATH; take the newest."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and yield the DATABASE_URL of a database in it; leave nothing behind."""
    binaries = programs()
    if binaries is None:
        raise StepFailed("PostgreSQL is not installed.", "sudo apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="salesplan-pg-", dir="/tmp"))  # short, for the socket's path
    try:
        if user := owner():
            shutil.chown(folder, user, user)
        folder.chmod(0o755)
        with (folder / "log").open("w") as log:
            create(binaries, folder, log)
            with running(binaries, folder, log):
                yield f"postgres://{SUPERUSER}@{quote(str(folder), safe='')}:{PORT}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def owner() -> str | None:
    """PostgreSQL refuses to run as root; its package brings a user for that."""
    return "postgres" if os.geteuid() == 0 else None


def create(binaries: Path, folder: Path, log: IO[str]) -> None:
    initdb: Command = [
        *(binaries / "initdb", "--pgdata", folder / "data", "--username", SUPERUSER, "--encoding=UTF8"),
        *("--no-sync", "--auth-local=trust", "--auth-host=reject"),
    ]
    if processes.run(initdb, output=log, cwd=folder, user=owner(), env=PLAIN_ENVIRONMENT):
        raise StepFailed(tail(folder / "log"), "see whether /tmp is full, or forbids to run programs.")


@contextmanager
def running(binaries: Path, folder: Path, log: IO[str]) -> Iterator[None]:
    settings = [f"unix_socket_directories={folder}", f"port={PORT}", *FAST, *PRIVATE]
    server = processes.start(
        [binaries / "postgres", "-D", folder / "data", *(f"--{setting}" for setting in settings)],
        output=log,
        cwd=folder,
        user=owner(),
        env=PLAIN_ENVIRONMENT,
        death_signal=SIGINT,
    )
    try:
        wait_until_ready(binaries, folder, server)
        yield
    finally:
        # SIGINT is its "fast shutdown", and the server alone may hear it.
        processes.stop(server, with_signal=SIGINT, to_group=False)


def wait_until_ready(binaries: Path, folder: Path, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    ready: Command = [binaries / "pg_isready", "--quiet", "--host", folder, "--port", str(PORT)]
    while subprocess.run(ready, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise StepFailed(tail(folder / "log"), "see the lines above, which PostgreSQL wrote.")
        time.sleep(0.1)
