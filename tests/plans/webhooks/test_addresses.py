"""Webhooks lead out of the house, and nowhere else."""

import socket

import pytest

from plans.webhooks.addresses import Refused, is_outside, look_up

INSIDE = [
    *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "0.0.0.0"),  # noqa: S104
    *("169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:a00:1::"),
]


@pytest.mark.parametrize("ip", INSIDE)
def test_this_machine_and_its_neighbours_are_inside(ip):
    assert not is_outside(ip)


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:2800:21f::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_the_rest_of_the_world_is_outside(ip):
    assert is_outside(ip)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]:8443/",
        "https://169.254.169.254/latest/meta-data/",
    ],
)
def test_however_it_is_written(url):
    with pytest.raises(Refused, match=r"inside a network|no server"):
        look_up(url)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://93.184.215.14/", "begin with https"),
        ("ftp://93.184.215.14/", "begin with https"),
        ("https://me:secret@93.184.215.14/", "without a name and a password"),
        ("https:///path", "without a name"),
        ("https://93.184.215.14:99999/", "no address"),
        ("https://[::1/", "no address"),
        ("https://no-such-name.invalid/", "no server"),
        (f"https://{'a' * 70}.example/", "no address"),
    ],
)
def test_what_is_no_place_to_send_to_is_refused(url, why):
    with pytest.raises(Refused, match=why):
        look_up(url)


def test_a_public_address_is_looked_up_once_and_connected_to_as_it_was_found():
    target = look_up("https://93.184.215.14:8443/hooks/7?key=1")

    assert (target.ip, target.port, target.path) == ("93.184.215.14", 8443, "/hooks/7?key=1")
    assert target.authority == "93.184.215.14:8443"


def test_a_name_that_leads_out_and_in_is_refused(monkeypatch):
    """No name server here answers so: this is the one place where an answer is made up."""
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)

    with pytest.raises(Refused, match="inside a network"):
        look_up("https://rebinding.example/")
