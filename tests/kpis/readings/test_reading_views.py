"""Values on the page of their KPI: filled in, corrected, taken back."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.models import Reading
from plans.models import BinnedItem
from tests.factories import KpiFactory, ReadingFactory

WEEK_33 = dt.date(2026, 8, 10)


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC))


@pytest.fixture
def kpi(plan, mia):
    return KpiFactory(plan=plan, owner=mia)


def test_a_missed_period_is_offered_and_filled_in(as_mia, kpi, htmx):
    page = as_mia.get(reverse("kpis:kpi_detail", args=[kpi.pk]))
    assert page.context["holes"][1] == {"period": WEEK_33, "label": "week 33", "locked": ""}
    url = reverse("kpis:reading_add", args=[kpi.pk], query={"period": "2026-08-10"})
    assert "week 33" in as_mia.get(url, headers=htmx()).text

    response = as_mia.post(url, {"value": "3,1", "note": "Late"}, headers=htmx("kpi-board"))

    reading = Reading.objects.get()
    assert (reading.period, float(reading.value), reading.note) == (WEEK_33, 3.1, "Late")
    assert 'id="kpi-board"' in response.text


def test_a_correction_keeps_the_old_value_with_who_when_and_why(as_mia, kpi, alice, mia, htmx):
    reading = ReadingFactory(kpi=kpi, period=WEEK_33, value="3.1", entered_by=alice)
    url = reverse("kpis:reading_edit", args=[reading.pk])

    typed = {"value": "3.2", "version": reading.version, "reason": "Counted twice"}
    response = as_mia.post(url, typed, headers=htmx("kpi-board"))

    reading.refresh_from_db()
    assert (float(reading.value), reading.entered_by) == (3.2, mia)
    assert "<s>3.1%</s> Alice Martin, 9 Jan 2026" in response.text
    assert "corrected by Mia Rossi, 19 Aug 2026" in response.text
    assert ": Counted twice</span>" in response.text


def test_a_note_alone_does_not_change_who_said_the_value(as_mia, kpi, alice):
    reading = ReadingFactory(kpi=kpi, period=WEEK_33, value="3.1", entered_by=alice)

    as_mia.post(
        reverse("kpis:reading_edit", args=[reading.pk]),
        {"value": "3.1", "note": "Checked", "version": reading.version},
    )

    reading.refresh_from_db()
    assert (reading.entered_by, reading.note) == (alice, "Checked")


def test_two_people_correcting_one_value_the_second_chooses(as_mia, kpi, htmx):
    reading = ReadingFactory(kpi=kpi, period=WEEK_33, value="3.1")
    seen = reading.version
    reading.value = "3.3"
    reading.save()
    url = reverse("kpis:reading_edit", args=[reading.pk])

    response = as_mia.post(url, {"value": "3.2", "version": seen}, headers=htmx("kpi-board"))

    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == f"#reading-{reading.pk}"
    assert "theirs 3.3%, yours 3.2%" in response.text


def test_what_is_wrong_comes_back_with_what_was_typed(as_mia, kpi, htmx):
    url = reverse("kpis:reading_add", args=[kpi.pk], query={"period": "2026-08-10"})

    response = as_mia.post(url, {"value": "many", "note": "stays"}, headers=htmx("kpi-board"))

    assert response.status_code == 422
    assert "Write a number, for example" in response.text
    assert 'value="stays"' in response.text
    assert not Reading.objects.exists()


@pytest.mark.parametrize("period", ["2026-08-24", "2026-08-11"])
def test_a_period_of_the_future_or_none_of_the_kpis_is_refused(as_mia, kpi, htmx, period):
    url = reverse("kpis:reading_add", args=[kpi.pk], query={"period": period})

    assert as_mia.post(url, {"value": "3"}, headers=htmx()).status_code == 422
    assert not Reading.objects.exists()


def test_a_deleted_value_can_be_brought_back(as_mia, kpi):
    reading = ReadingFactory(kpi=kpi, period=WEEK_33)
    as_mia.post(reverse("kpis:reading_delete", args=[reading.pk]))
    assert not Reading.objects.exists()

    as_mia.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert Reading.objects.get() == reading


@pytest.mark.parametrize("deed", ["reading_edit", "reading_delete"])
def test_a_member_leaves_others_values_alone(as_mia, plan, alice, deed):
    reading = ReadingFactory(kpi=KpiFactory(plan=plan, owner=alice))

    assert as_mia.post(reverse(f"kpis:{deed}", args=[reading.pk]), {"value": "1"}).status_code == 403
    assert Reading.objects.get().value == reading.value


def test_nothing_is_corrected_in_a_closed_plan(as_mia, kpi):
    reading = ReadingFactory(kpi=kpi)
    kpi.plan.status = "closed"
    kpi.plan.save()

    assert as_mia.post(reverse("kpis:reading_edit", args=[reading.pk]), {"value": "1"}).status_code == 403


def test_a_formula_shows_the_numbers_it_was_computed_from(as_bob, plan):
    kpi = KpiFactory(plan=plan, formula="lead_conversion")
    ReadingFactory(kpi=kpi, value=15, inputs={"converted": "12", "leads": "80"})

    assert "Converted leads 12, Leads 80" in as_bob.get(reverse("kpis:kpi_detail", args=[kpi.pk])).text
