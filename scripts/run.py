"""`make run`: from a fresh clone to a running Salesplan with its example, in one command."""

import os
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass

from scripts import processes, steps
from scripts.paths import PYTHON, ROOT, VAR
from scripts.setup import REBUILD_ADVICE, set_up
from scripts.steps import StepFailed, step

SECRET_KEY_FILE = VAR / "secret_key"
DEMO_PASSWORD = "innovatech-demo-2026"  # noqa: S105 - shown to everyone, and only `make run` creates it
DEMO_USERS = ("director@innovatech.example", "manager@innovatech.example", "member@innovatech.example")
START_PATIENCE = 30
# Hosts that mean every address of the machine, and the one to open on the machine itself.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - only where HOST asks for it
DATABASE_ADVICE = (
    "your data stays as it was in var/db.sqlite3. Use it with the version that made it, "
    "or move that file away to begin with the example alone."
)
# What a deployment sets has no place in a demonstration: its database must never receive the demo accounts.
NOT_INHERITED = ("PYTHONDONTWRITEBYTECODE", "DATABASE_URL", "SECRET_KEY", "HTTPS", "DEBUG")


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        """What to open in a browser on this machine."""
        name = EVERYWHERE.get(self.host, self.host)
        return f"http://[{name}]:{self.port}/" if ":" in name else f"http://{name}:{self.port}/"


def main() -> int:
    processes.end_in_good_order()
    try:
        with step("Address"):
            address = read_address(os.environ)
            require_free(address)
        env = demo_environment(address)
        set_up(env)
        with step("Database"):
            steps.run([PYTHON, "manage.py", "migrate", "--noinput"], env=env, advice=DATABASE_ADVICE)
        with step("Example (Innovatech Solutions)"):
            steps.run([PYTHON, "manage.py", "load_example", "--demo-users"], env=env, advice=DATABASE_ADVICE)
        return serve(address, env)
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 0


def read_address(environ: dict[str, str] | os._Environ) -> Address:
    port = environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        advice = "choose a number from 1 to 65535: make run PORT=8001"
        raise StepFailed(f"PORT is {port}, which is no port.", advice)
    return Address(environ.get("HOST") or "127.0.0.1", int(port))


def require_free(address: Address) -> None:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As gunicorn does it: a port whose last visitor has just gone is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise StepFailed(
                f"Port {address.port} on {address.host} cannot be used: {error.strerror}.",
                f"free it, or choose another PORT or HOST: make run PORT={address.port % 65535 + 1}",
            ) from error


def demo_environment(address: Address) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    names = ["*"] if address.host in EVERYWHERE else ["localhost", "127.0.0.1", "[::1]", address.host]
    return (
        {"ALLOWED_HOSTS": ",".join(names)}
        | env
        | {
            "HOST": address.host,
            "PORT": str(address.port),
            "SALESPLAN_DEMO": "1",
            "SECRET_KEY_FILE": str(secret_key_file()),
        }
    )


def secret_key_file() -> os.PathLike:
    """Make the key once and keep it, so that nobody is signed out by a restart."""
    if not SECRET_KEY_FILE.is_file():
        VAR.mkdir(exist_ok=True)
        descriptor = os.open(SECRET_KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return SECRET_KEY_FILE


def serve(address: Address, env: dict[str, str]) -> int:
    """Keep the web server and the task worker running until one of them ends or we are asked to stop."""
    running: dict[str, subprocess.Popen] = {}
    try:
        with step("Web server and task worker"):
            gunicorn = PYTHON.with_name("gunicorn")
            running["The web server"] = processes.start(
                [gunicorn, "--config", "scripts/gunicorn.conf.py"], env=env, cwd=ROOT
            )
            running["The task worker"] = processes.start(
                [PYTHON, "manage.py", "worker", "--queue-name", "*"], env=env, cwd=ROOT
            )
            wait_until_open(address, running)
        welcome(address)
        while (ended := first_ended(running)) is None:
            time.sleep(0.5)
        print(f"\n{ended} has ended by itself; its last lines stand above. Stopping the rest.", flush=True)
        return 1
    finally:
        for process in running.values():
            processes.stop(process)


def wait_until_open(address: Address, running: dict[str, subprocess.Popen]) -> None:
    deadline = time.monotonic() + START_PATIENCE
    host = address.url.removeprefix("http://").rpartition(":")[0].strip("[]")
    while time.monotonic() < deadline:
        if ended := first_ended(running):
            raise StepFailed(f"{ended} ended at once; its own words stand above.", REBUILD_ADVICE)
        try:
            socket.create_connection((host, address.port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise StepFailed(f"Nothing answers at {address.url} after {START_PATIENCE} seconds.", REBUILD_ADVICE)


def first_ended(running: dict[str, subprocess.Popen]) -> str | None:
    return next((name for name, process in running.items() if process.poll() is not None), None)


def welcome(address: Address) -> None:
    people = "\n".join(f"    {email}" for email in DEMO_USERS)
    print(f"\nSalesplan runs at {address.url}\n\n  Sign in with the password {DEMO_PASSWORD} as\n{people}\n")
    if address.host not in {"127.0.0.1", "::1", "localhost"}:
        print("  Everyone who reaches this machine can sign in so: a demonstration, not a deployment.\n")
    print("Ctrl-C stops it.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
