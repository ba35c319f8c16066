"""Every page of the worked example: no barrier, no error, nothing wider than its window."""

import re
from urllib.parse import urljoin, urlparse

import pytest
from django.core.management import call_command

from accounts.models import User
from plans.models import Plan

pytestmark = pytest.mark.django_db(transaction=True)

#: Not pages, or not ours to click through.
SKIPPED = re.compile(r"logout|/i18n/|download=|\.(csv|xlsx|pdf|json)|mailto:|/static/")


@pytest.fixture
def example(db, settings):
    settings.DEMO = True
    call_command("load_example", "--demo-users", verbosity=0)
    return Plan.objects.get()


def kind_of(path: str) -> str:
    """One visit for each kind of page: ids and dates count as one."""
    return re.sub(r"=[^&]*", "=", re.sub(r"/\d+", "/N", path))


def walk(window, start: str, *, most: int):
    """Open every kind of page that can be reached from `start`, and give its address each time."""
    waiting, seen = [start], set()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        page = window.open(path)
        yield path
        for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))"):
            there = urlparse(urljoin(page.url, href))
            if page.url.startswith(f"{there.scheme}://{there.netloc}") and not SKIPPED.search(href):
                waiting.append(there.path + (f"?{there.query}" if there.query else ""))


@pytest.mark.parametrize(
    ("options", "most"),
    [
        ({}, 70),
        ({"dark": True}, 25),
        ({"phone": True}, 40),
        ({"phone": True, "language": "pl"}, 25),
    ],
    ids=["light", "dark", "phone", "phone in Polish"],
)
def test_no_page_has_a_barrier_or_is_wider_than_its_window(window, example, options, most):
    director = User.objects.get(email="director@innovatech.example")
    User.objects.update(language=options.get("language", ""))
    reader = window(director, **options)
    faults, count = [], 0

    for path in walk(reader, example.get_absolute_url(), most=most):
        count += 1
        faults += [f"{path} {barrier}" for barrier in reader.barriers]
        if reader.sideways > 1:
            faults.append(f"{path} is {reader.sideways} px too wide")

    assert faults == []
    assert count >= 20
