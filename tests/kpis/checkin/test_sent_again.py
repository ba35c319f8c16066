"""A line whose answer was lost is sent again, and written once."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.models import Reading
from plans.models import Receipt
from tests.factories import KpiFactory, ReadingFactory

WEEK_34 = dt.date(2026, 8, 17)
KEY = "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1"
OTHER_KEY = "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f2"


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC))


@pytest.fixture
def kpi(plan, mia):
    return KpiFactory(plan=plan, owner=mia)


def enter(client, kpi, htmx, key=KEY, **typed):
    data = {"period": "2026-08-17", "week": "2026-W34"} | typed
    return client.post(
        reverse("kpis:reading_enter", args=[kpi.pk]), data, headers=htmx(f"kpi-{kpi.pk}") | {"Idempotency-Key": key}
    )


def test_a_value_sent_twice_is_written_once_and_says_which_version_it_made(as_mia, kpi, htmx):
    first = enter(as_mia, kpi, htmx, value="3")
    again = enter(as_mia, kpi, htmx, value="3")

    assert (first.status_code, first.headers["X-Version"]) == (200, "1")
    assert (again.status_code, again.headers["X-Version"]) == (204, "1")
    assert Reading.objects.get().history.count() == 1


def test_what_somebody_has_corrected_meanwhile_is_not_overwritten_by_sending_again(as_mia, kpi, htmx):
    enter(as_mia, kpi, htmx, value="3")
    Reading.objects.update(value=5, version=2)

    enter(as_mia, kpi, htmx, value="3")

    assert Reading.objects.get().value == 5


def test_what_was_taken_back_once_is_not_taken_from_who_came_after(as_mia, kpi, htmx):
    reading = ReadingFactory(kpi=kpi, period=WEEK_34)
    enter(as_mia, kpi, htmx, value="", version=reading.version)
    theirs = ReadingFactory(kpi=kpi, period=WEEK_34, value=4)
    assert theirs.version == reading.version

    again = enter(as_mia, kpi, htmx, value="", version=reading.version)

    assert again.status_code == 204
    assert Reading.objects.get() == theirs


@pytest.mark.parametrize("typed", ["many", "NaN", "1e309"])
def test_what_is_refused_leaves_no_receipt(as_mia, kpi, htmx, typed):
    assert enter(as_mia, kpi, htmx, value=typed).status_code == 422
    assert not Receipt.objects.exists()

    assert enter(as_mia, kpi, htmx, value="3").status_code == 200
    assert Reading.objects.get().value == 3


def test_another_change_has_another_key(as_mia, kpi, htmx):
    enter(as_mia, kpi, htmx, value="3")

    enter(as_mia, kpi, htmx, OTHER_KEY, value="4", version="1")

    assert Reading.objects.get().value == 4
