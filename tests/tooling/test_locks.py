import re
import tomllib

import pytest

from scripts.paths import ROOT
from scripts.setup import DEV_LOCK, NODE_LOCK, NPM_LOCK, RUNTIME_LOCK

PIN = re.compile(r"^([\w.-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def pins(lock):
    return dict(PIN.findall(lock.read_text()))


def test_tests_run_with_the_versions_of_production():
    runtime, development = pins(RUNTIME_LOCK), pins(DEV_LOCK)

    assert runtime == {name: development.get(name) for name in runtime}


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]

    missing = {re.match(r"[\w.-]+", line)[0] for line in wanted} - pins(DEV_LOCK).keys()

    assert missing == set()


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEV_LOCK, NODE_LOCK, NPM_LOCK], ids=lambda lock: lock.name)
def test_locks_name_no_registry(lock):
    text = lock.read_text()

    assert '"resolved"' not in text
    assert "index-url" not in text
    assert "@ http" not in text


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEV_LOCK, NODE_LOCK], ids=lambda lock: lock.name)
def test_every_package_is_checked_by_its_hash(lock):
    packages = re.split(r"\n(?=\S)", lock.read_text().strip())

    assert [package for package in packages if "--hash=sha256:" not in package] == []
