import pytest

from scripts import system
from scripts.steps import StepFailed
from scripts.system import Program, require


@pytest.fixture
def installed(monkeypatch):
    """What `install` was asked for, instead of installing it."""
    packages = []
    monkeypatch.setattr(system, "install", packages.extend)
    return packages


def test_missing_programs_are_installed_where_that_is_permitted(installed, monkeypatch):
    monkeypatch.setattr(system, "may_install", lambda: True)
    there = Program("gettext", "the tests", lambda: True)
    missing = Program("chromium", "the browser tests", lambda: "chromium" in installed)

    require([there, missing])

    assert installed == ["chromium"]


def test_where_it_is_not_permitted_one_is_told_what_to_install(installed, monkeypatch):
    monkeypatch.setattr(system, "may_install", lambda: False)
    missing = [Program("chromium", "the browser tests", bool), Program("gettext", "the tests", bool)]

    with pytest.raises(StepFailed, match="chromium is missing: the browser tests need it") as refusal:
        require(missing)

    assert refusal.value.advice == "sudo apt install chromium gettext"
    assert installed == []


def test_package_that_brings_no_program_is_reported(installed, monkeypatch):
    """Ubuntu's chromium is a pointer to a snap."""
    monkeypatch.setattr(system, "may_install", lambda: True)

    with pytest.raises(StepFailed, match="chromium is missing"):
        require([Program("chromium", "the browser tests", bool)])
