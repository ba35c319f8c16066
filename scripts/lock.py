"""Writes the lock files anew: every package with its hashes, no registry's address."""

import os
import sys

from scripts import processes
from scripts.paths import PYTHON, ROOT
from scripts.processes import Command
from scripts.setup import DEV_LOCK, NODE_LOCK, RUNTIME_LOCK, find_npm, install_python_packages, make_venv
from scripts.steps import step

UV = PYTHON.with_name("uv")
COMPILE: Command = [
    *(UV, "pip", "compile", "--quiet", "--universal", "--python-version", "3.12"),
    *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"),
]


def main(*, upgrade: bool) -> None:
    env = dict(os.environ)
    with step("Python environment"):
        make_venv(env)
        install_python_packages(env, dev=True)
    newest = ["--upgrade"] if upgrade else []
    for lock, source in (
        (RUNTIME_LOCK, ["pyproject.toml"]),
        # With the runtime lock as a constraint, tests run with the versions that run in production.
        (DEV_LOCK, ["pyproject.toml", "--group", "dev", "--constraint", RUNTIME_LOCK]),
        (NODE_LOCK, ["--group", "node"]),
    ):
        run([*COMPILE, *newest, *source, "--output-file", lock], env)
    npm, env = find_npm(env)
    deed = "update" if upgrade else "install"
    run([npm, deed, "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved"], env)


def run(command: Command, env: dict[str, str]) -> None:
    if code := processes.run(command, cwd=ROOT, env=env):
        sys.exit(f"{' '.join(map(str, command))} ended with exit code {code}.")


if __name__ == "__main__":
    main(upgrade="--upgrade" in sys.argv)
