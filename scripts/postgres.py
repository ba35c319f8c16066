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
from urllib.parse import quote

from scripts import processes
from scripts.steps import StepFailed, tail

PATIENCE = 30
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
    folder = Path(tempfile.mkdtemp(prefix="salesplan-pg-", dir="/tmp"))  # short, for the socket's path
    try:
        with running(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    binaries = programs()
    if binaries is None:
        raise StepFailed("PostgreSQL is not installed.", "sudo apt install postgresql")
    user = owner()
    if user:
        shutil.chown(folder, user, user)
    folder.chmod(0o755)
    log = folder / "log"
    data = folder / "data"
    with log.open("w") as output:
        options = {"output": output, "cwd": folder, "user": user, "env": {"LC_ALL": "C", "PATH": os.defpath}}
        created = processes.run(
            [
                *(binaries / "initdb", "--pgdata", data, "--username=salesplan", "--encoding=UTF8"),
                *("--no-sync", "--auth-local=trust", "--auth-host=reject"),
            ],
            **options,
        )
        if created != 0:
            raise StepFailed(tail(log), "see whether /tmp is full, or forbids to run programs.")
        settings = [f"unix_socket_directories={folder}", f"port={PORT}", *FAST, *PRIVATE]
        server = processes.start(
            [binaries / "postgres", "-D", data, *(part for setting in settings for part in ("-c", setting))],
            death_signal=SIGINT,
            **options,
        )
        try:
            wait_until_ready(binaries, folder, server, log)
            yield f"postgres://salesplan@{quote(str(folder), safe='')}:{PORT}/postgres"
        finally:
            processes.stop(server, with_signal=SIGINT, to_group=False)


def owner() -> str | None:
    """PostgreSQL refuses to run as root; its package brings a user for that."""
    return "postgres" if os.geteuid() == 0 else None


def wait_until_ready(binaries: Path, folder: Path, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    ready = [binaries / "pg_isready", "--quiet", "--host", folder, "--port", str(PORT)]
    while subprocess.run(ready, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise StepFailed(tail(log), "see the lines above, which PostgreSQL wrote.")
        time.sleep(0.1)
