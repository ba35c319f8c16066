"""Child processes that never outlive the script that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

type Command = Sequence[str | Path]

PR_SET_PDEATHSIG = 1
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def start(
    command: Command,
    *,
    env: dict[str, str] | None = None,
    output: IO[Any] | None = None,
    user: str | None = None,
    cwd: str | Path | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen:
    """Start `command` in a session of its own: Ctrl-C reaches us alone, and we stop it in good order."""
    return subprocess.Popen(
        [str(part) for part in command],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_die_with_parent(death_signal),
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )


def stop(
    process: subprocess.Popen,
    *,
    with_signal: signal.Signals = signal.SIGTERM,
    to_group: bool = True,
    patience: float = 10,
) -> None:
    """Ask `process` and what it started to end; after `patience` seconds end them without asking."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if to_group else os.kill)(process.pid, with_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run(command: Command, **options: Any) -> int:
    """Run `command` to its end and answer with its exit code; whatever interrupts us ends it too."""
    process = start(command, **options)
    try:
        return process.wait()
    finally:
        stop(process)


def end_in_good_order() -> None:
    """Let SIGTERM and a closed terminal unwind the script as Ctrl-C does, and nothing disturb that."""

    def interrupt(signum: int, frame: object) -> None:
        for name in ENDING:
            signal.signal(name, signal.SIG_IGN)
        raise KeyboardInterrupt

    for name in ENDING:
        signal.signal(name, interrupt)


def _die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """On Linux the kernel tells the child when we are gone, even when we were killed and could not."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def tell_kernel() -> None:
        # An ignored signal would be inherited, and the child could not be stopped with it.
        for name in ENDING:
            signal.signal(name, signal.SIG_DFL)
        libc.prctl(PR_SET_PDEATHSIG, death_signal)

    return tell_kernel
