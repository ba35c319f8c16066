import os
import signal
import time
from pathlib import Path
from subprocess import Popen

import pytest

from scripts import processes


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_stopping_ends_what_the_process_started_too(tmp_path):
    with (tmp_path / "pids").open("w") as output:
        process = processes.start(["sh", "-c", "sleep 60 & echo $!; wait"], output=output)
    child = wait_for_number(tmp_path / "pids")

    processes.stop(process)

    assert process.returncode == -signal.SIGTERM
    wait_until(lambda: is_gone(child) or is_zombie(child))


def test_process_that_will_not_end_is_ended(tmp_path):
    with (tmp_path / "ready").open("w") as output:
        process = processes.start(["sh", "-c", "trap '' TERM; echo 1; while :; do sleep 0.1; done"], output=output)
    wait_for_number(tmp_path / "ready")

    processes.stop(process, patience=0.2)

    assert process.returncode == -signal.SIGKILL


def test_interruption_ends_the_command_that_was_running(monkeypatch):
    started = []
    monkeypatch.setattr("subprocess.Popen.wait", interrupted_once(started))

    with pytest.raises(KeyboardInterrupt):
        processes.run(["sleep", "60"])

    assert started[0].returncode == -signal.SIGTERM


def interrupted_once(started):
    wait = Popen.wait

    def interrupt(process, timeout=None):
        if started:
            return wait(process, timeout)
        started.append(process)
        raise KeyboardInterrupt

    return interrupt


def wait_for_number(path):
    wait_until(lambda: path.read_text().strip())
    return int(path.read_text())


def is_zombie(pid):
    """In a container nobody may collect the dead of others."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def wait_until(condition, patience=5):
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
