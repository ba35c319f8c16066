"""A value that has settled is not changed without a reason; the old one stays, with who, when and why."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.kpi.charts import run_chart
from kpis.kpi.told import told_of
from kpis.kpi.track import Track
from kpis.models import Reading
from tests.factories import KpiFactory, ReadingFactory

NOW = dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC)
WEEK_33 = dt.date(2026, 8, 10)


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def kpi(plan, mia):
    return KpiFactory(plan=plan, owner=mia)


@pytest.fixture
def reading(kpi, alice):
    return ReadingFactory(kpi=kpi, period=WEEK_33, value="3.1", entered_by=alice, note="From the report")


def correct(client, reading, htmx, **typed):
    url = reverse("kpis:reading_edit", args=[reading.pk])
    return client.post(url, {"version": reading.version} | typed, headers=htmx("kpi-board"))


def test_the_reason_is_asked_for_and_nothing_typed_is_lost(as_mia, reading, htmx):
    response = correct(as_mia, reading, htmx, value="3.2", note="Counted again")

    assert response.status_code == 422
    assert "Why is 3.1% corrected to 3.2%?" in response.text
    assert 'value="3.2"' in response.text
    assert 'value="Counted again"' in response.text
    assert float(Reading.objects.get().value) == 3.1


def test_spaces_are_no_reason(as_mia, reading, htmx):
    assert correct(as_mia, reading, htmx, value="3.2", reason="   ").status_code == 422


def test_a_line_of_the_check_in_asks_as_well(as_mia, reading, htmx):
    url = reverse("kpis:reading_enter", args=[reading.kpi_id])
    typed = {"period": "2026-08-10", "week": "2026-W33", "value": "3.2", "version": reading.version}

    asked = as_mia.post(url, typed, headers=htmx(f"kpi-{reading.kpi_id}"))
    told = as_mia.post(url, typed | {"reason": "Counted twice"}, headers=htmx(f"kpi-{reading.kpi_id}"))

    assert (asked.status_code, told.status_code) == (422, 200)
    assert "Why is 3.1% corrected to 3.2%?" in asked.text
    assert float(Reading.objects.get().value) == 3.2


def test_typing_again_within_the_same_sitting_is_no_correction(as_mia, kpi, mia, htmx):
    just_now = NOW - dt.timedelta(minutes=59)
    reading = ReadingFactory(kpi=kpi, period=WEEK_33, value="3.1", entered_by=mia, entered_at=just_now)

    response = correct(as_mia, reading, htmx, value="3.2")

    assert response.status_code == 200
    assert float(Reading.objects.get().value) == 3.2
    assert told_of(kpi, ()).corrections == {}


def test_a_note_or_a_confidence_needs_no_reason(as_mia, reading, htmx):
    assert correct(as_mia, reading, htmx, value="3.1", note="Checked", confidence="high").status_code == 200


def test_an_odd_correction_is_doubted_first_and_not_again_with_its_reason(as_mia, kpi, reading, htmx):
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 3), value="3.0")

    doubted = correct(as_mia, reading, htmx, value="31")
    asked = correct(as_mia, reading, htmx, value="31", keep="31")
    told = correct(as_mia, reading, htmx, value="31", keep="31", mine=reading.version, reason="Campaign")

    assert "10 times the last value" in doubted.text
    assert 'name="keep" value="31"' in asked.text
    assert (doubted.status_code, asked.status_code, told.status_code) == (422, 422, 200)


def test_deleting_a_value_first_does_not_go_round_the_reason(as_mia, kpi, reading, htmx):
    as_mia.post(reverse("kpis:reading_delete", args=[reading.pk]))
    url = reverse("kpis:reading_add", args=[kpi.pk], query={"period": "2026-08-10"})

    asked = as_mia.post(url, {"value": "3.2"}, headers=htmx("kpi-board"))
    as_mia.post(url, {"value": "3.2", "reason": "Counted twice"}, headers=htmx("kpi-board"))

    assert asked.status_code == 422
    assert [(float(old.value), old.reason) for old in told_of(kpi, ()).corrections[WEEK_33]] == [(3.1, "Counted twice")]


def test_the_same_value_again_is_no_correction(as_mia, kpi, reading, htmx):
    as_mia.post(reverse("kpis:reading_delete", args=[reading.pk]))
    url = reverse("kpis:reading_add", args=[kpi.pk], query={"period": "2026-08-10"})

    assert as_mia.post(url, {"value": "3.1"}, headers=htmx("kpi-board")).status_code == 200
    assert told_of(kpi, ()).corrections == {}


def test_the_run_chart_rings_what_was_corrected(as_mia, kpi, reading, htmx):
    correct(as_mia, reading, htmx, value="3.2", reason="Counted twice")

    track, values = Track.of(kpi, kpi.plan), {WEEK_33: Reading.objects.get().value}
    chart = run_chart(kpi, track, values, today=NOW.date(), says="", corrections=told_of(kpi, ()).corrections)

    rings = next(trace for trace in chart.figure["data"] if trace["name"] == "corrected")
    assert (rings["text"], rings["y"]) == (["corrected, was 3.1%"], [3.2])
