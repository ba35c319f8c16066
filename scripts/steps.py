"""What a script says while it works: one line per step, and what to do when a step fails."""

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import processes
from scripts.paths import LOGS, ROOT
from scripts.processes import Command

TAIL_LINES = 25


class StepFailed(Exception):
    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print `title`, then how long it took, or what failed, why, and what to do."""
    print(f"  {title} ", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except StepFailed as failure:
        print(f"\n\nThis step failed: {title}\n\n{failure.reason}\n\nWhat to do: {failure.advice}")
        sys.exit(1)
    print(f"({time.monotonic() - began:.1f} s)", flush=True)


def run(command: Command, *, advice: str, env: dict[str, str] | None = None) -> None:
    """Run one command of a step; its output is kept in a file and shown only when it fails."""
    log = LOGS / f"{log_name(command)}.log"
    LOGS.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        try:
            code = processes.run(command, env=env, output=output, cwd=ROOT)
        except OSError as error:
            raise StepFailed(f"{command[0]} could not be started: {error}", advice) from error
    if code:
        raise StepFailed(f"{tail(log)}\n(exit code {code}; whole output: {log.relative_to(ROOT)})", advice)


def log_name(command: Command) -> str:
    """Name a log after the command's first words: `python manage.py migrate`: python-manage.py-migrate."""
    words = [Path(command[0]).name, *(str(part) for part in command[1:] if not str(part).startswith("-"))]
    return re.sub(r"[^\w.-]+", "-", "-".join(words[:3]))[:60]


def tail(log: Path, lines: int = TAIL_LINES) -> str:
    return "\n".join(log.read_text(errors="replace").rstrip().splitlines()[-lines:])
