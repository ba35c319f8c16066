import socket

import pytest

from scripts.run import Address, demo_environment, read_address, require_free
from scripts.steps import StepFailed


def test_address_comes_from_the_environment():
    assert read_address({"HOST": "0.0.0.0", "PORT": "8001"}) == Address("0.0.0.0", 8001)  # noqa: S104 - not bound
    assert read_address({}) == Address("127.0.0.1", 8000)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.5"])
def test_port_that_is_none_is_refused(port):
    with pytest.raises(StepFailed, match="PORT is"):
        read_address({"PORT": port})


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104 - not bound
        ("::", "http://[::1]:8000/"),
        ("plans.example", "http://plans.example:8000/"),
    ],
)
def test_url_is_one_that_a_browser_on_this_machine_opens(host, url):
    assert Address(host, 8000).url == url


def test_port_in_use_is_refused_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(StepFailed, match=f"Port {port} on 127.0.0.1 cannot be used") as refusal:
            require_free(Address("127.0.0.1", port))

    assert "make run PORT=" in refusal.value.advice


def test_demonstration_never_reaches_the_database_of_a_deployment(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://production")
    monkeypatch.setenv("SECRET_KEY", "of production")

    env = demo_environment(Address("127.0.0.1", 8000))

    assert "DATABASE_URL" not in env
    assert "SECRET_KEY" not in env
    assert env["SALESPLAN_DEMO"] == "1"
