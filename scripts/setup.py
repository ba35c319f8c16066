"""Everything between a fresh clone and a Salesplan that can start; a step with nothing new is skipped."""

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from scripts import assets, processes, steps, system
from scripts.paths import NODE_MODULES, PYTHON, ROOT, STAMPS, STATIC, VAR, VENV
from scripts.processes import Command
from scripts.steps import StepFailed, step

RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
NODE_LOCK = ROOT / "requirements-node.lock"
NPM_LOCK = ROOT / "package-lock.json"

NETWORK_ADVICE = "check that this machine reaches the package registry, then give the same command again."
REBUILD_ADVICE = "give the same command again after `make clean`, which removes everything the set-up made."


def set_up(env: dict[str, str], *, dev: bool = False, static_files: bool = True) -> None:
    with step("Python environment"):
        make_venv(env)
    with step("Python packages"):
        install_python_packages(env, dev=dev)
    with step("Front-end packages"):
        install_front_end_packages(env)
    with step("Icons and vendor files"):
        make_assets()
    with step("Translations"):
        steps.run([PYTHON, "-m", "scripts.translations"], env=env, advice="mend the .po file named above.")
    if static_files:
        with step("Static files"):
            collect_static_files(env)


def make_venv(env: dict[str, str]) -> None:
    if answers([PYTHON, "-m", "pip", "--version"]):
        return
    if importlib.util.find_spec("ensurepip") is None:
        install_venv_support()
    if answers([PYTHON, "--version"]):
        steps.run([PYTHON, "-m", "ensurepip"], env=env, advice=REBUILD_ADVICE)
    else:
        steps.run([sys.executable, "-m", "venv", "--clear", VENV], env=env, advice=REBUILD_ADVICE)


def install_venv_support() -> None:
    """Debian and Ubuntu keep the part of Python that makes environments in a package of its own."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not system.may_install():
        raise StepFailed(
            f"{sys.executable} cannot make virtual environments (it comes without ensurepip).",
            f"install it: sudo apt install {package}",
        )
    system.install([package])


def install_python_packages(env: dict[str, str], *, dev: bool) -> None:
    lock = DEV_LOCK if dev else RUNTIME_LOCK
    if installed(lock):
        return
    pip_install(lock, env)
    # What the development lock installs contains all that the other one asks for.
    for done in {lock, RUNTIME_LOCK}:
        stamp_of(done).write_text(fingerprint([done]))


def pip_install(lock: Path, env: dict[str, str]) -> None:
    pip: Command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    install: Command = [*pip, "install", "--no-deps", "--require-hashes", "-r", lock]
    steps.run(install, env=env, advice=NETWORK_ADVICE)


def installed(lock: Path) -> bool:
    return is_stamped(stamp_of(lock), fingerprint([lock]))


def stamp_of(lock: Path) -> Path:
    """Kept inside the environment, so that it goes when the environment goes."""
    return VENV / f".{lock.name}.installed"


def install_front_end_packages(env: dict[str, str]) -> None:
    stamp = NODE_MODULES / ".package-lock.installed"
    wanted = fingerprint([NPM_LOCK])
    if is_stamped(stamp, wanted):
        return
    npm, env = find_npm(env)
    steps.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], env=env, advice=NETWORK_ADVICE)
    stamp.write_text(wanted)


def find_npm(env: dict[str, str]) -> tuple[str | Path, dict[str, str]]:
    """Take the system's npm, or else the one that comes as a Python package."""
    # Node brings certificates of its own; a company's are known to the system only.
    env = {"NODE_USE_SYSTEM_CA": "1"} | env
    if answers(["node", "--version"]) and answers(["npm", "--version"]):
        return "npm", env
    pip_install(NODE_LOCK, env)
    return VENV / "bin" / "npm", env | {"PATH": f"{VENV / 'bin'}{os.pathsep}{env['PATH']}"}


def make_assets() -> None:
    try:
        assets.main()
    except assets.UnknownIcon as error:
        raise StepFailed(str(error), "choose a name from tabler.io/icons.") from error
    except FileNotFoundError as error:
        raise StepFailed(f"A front-end package lacks {error.filename}.", REBUILD_ADVICE) from error


def collect_static_files(env: dict[str, str]) -> None:
    stamp = STAMPS / "static"
    sources = [path for path in STATIC.rglob("*") if path.is_file()]
    wanted = fingerprint([*sources, RUNTIME_LOCK, ROOT / "salesplan" / "settings.py"])
    if is_stamped(stamp, wanted) and (VAR / "static" / "staticfiles.json").is_file():
        return
    steps.run(
        [PYTHON, "manage.py", "collectstatic", "--noinput"],
        env=env,
        advice="mend the file named above; a stylesheet may only name files that exist.",
    )
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def is_stamped(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def answers(command: Command) -> bool:
    """A program may stand in the PATH and fail all the same, so it is called."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    processes.end_in_good_order()
    try:
        set_up(dict(os.environ))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
