"""Programs from the system's packages: which are missing, and installing them where that is permitted."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scripts import postgres, steps
from scripts.steps import StepFailed


@dataclass(frozen=True)
class Program:
    package: str
    purpose: str
    is_there: Callable[[], object]


CHROMIUM = Program("chromium", "the browser tests", lambda: shutil.which("chromium"))
POSTGRESQL = Program("postgresql", "the unit tests on PostgreSQL", postgres.programs)
GETTEXT = Program("gettext", "the tests of the translations", lambda: shutil.which("msgfmt"))


def require(programs: Sequence[Program]) -> None:
    """Install what is missing, or say what to install."""
    missing = [program for program in programs if not program.is_there()]
    if not missing:
        return
    if may_install():
        install([program.package for program in missing])
    still_missing = [program for program in missing if not program.is_there()]
    if still_missing:
        raise StepFailed(
            "\n".join(f"{program.package} is missing: {program.purpose} need it." for program in still_missing),
            f"sudo apt install {' '.join(program.package for program in still_missing)}",
        )


def may_install() -> bool:
    """Root may, and who needs no password for sudo."""
    return shutil.which("apt-get") is not None and as_root() is not None


def as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    permitted = shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False)
    return [*sudo, "--preserve-env=DEBIAN_FRONTEND"] if permitted and permitted.returncode == 0 else None


def install(packages: Sequence[str]) -> None:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    advice = f"install by hand: sudo apt install {' '.join(packages)}"
    apt = [*(as_root() or []), "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    steps.run([*apt, "update"], env=env, advice=advice)
    steps.run([*apt, "install", "--yes", "--no-install-recommends", *packages], env=env, advice=advice)
