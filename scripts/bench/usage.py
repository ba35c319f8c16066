"""What processes have used, from /proc: CPU time with all their children, and memory with shared pages shared out."""

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
MS_PER_TICK = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Stat:
    """Of one process: its parent, its own CPU ticks, and those of its children that have ended."""

    pid: int
    parent: int
    own: int
    of_ended_children: int


def read_stat(text: str) -> Stat:
    """Read the one line of /proc/<pid>/stat; the program's name in it may hold spaces and parentheses."""
    pid, _, rest = text.partition(" ")
    fields = rest.rpartition(")")[2].split()
    utime, stime, cutime, cstime = map(int, fields[11:15])
    return Stat(int(pid), int(fields[1]), utime + stime, cutime + cstime)


def tree_of(root: int) -> list[Stat]:
    """`root` and everything that descends from it."""
    children: dict[int, list[Stat]] = {}
    found = []
    for stat in _all_processes():
        children.setdefault(stat.parent, []).append(stat)
        if stat.pid == root:
            found.append(stat)
    for stat in found:  # grows while it is walked
        found.extend(children.get(stat.pid, ()))
    return found


def _all_processes() -> list[Stat]:
    stats = []
    for path in PROC.glob("[0-9]*/stat"):
        try:
            stats.append(read_stat(path.read_text()))
        except OSError:
            continue  # it has just ended
    return stats


def cpu_ms(*roots: int) -> float:
    """CPU time of these processes and all they started, ended ones too: a child's time moves to its parent."""
    return MS_PER_TICK * sum(stat.own + stat.of_ended_children for root in roots for stat in tree_of(root))


def memory_mb(*roots: int) -> float:
    """Proportional set size: a page that three processes share counts a third for each."""
    return sum(_pss_kb(stat.pid) for root in roots for stat in tree_of(root)) / 1024


def _pss_kb(pid: int) -> int:
    try:
        return read_pss((PROC / str(pid) / "smaps_rollup").read_text())
    except OSError:
        return 0  # it has just ended


def read_pss(text: str) -> int:
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
