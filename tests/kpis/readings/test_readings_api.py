"""Readings that programs enter: by the rules of the page, and with the same history."""

import datetime as dt

import pytest
from django.utils import timezone

from kpis.models import Reading
from plans.models import BinnedItem
from tests.factories import KpiFactory, PeriodLockFactory, ReadingFactory


@pytest.fixture
def kpi(plan):
    return KpiFactory(plan=plan, unit="%")


def body(kpi, **values):
    return {"kpi": kpi.pk, "period": "2026-03-05", "value": 3.5} | values


def test_a_reading_belongs_to_the_period_of_its_day_and_says_who_entered_it(program, mark, kpi):
    answer = program(mark)("POST", "readings", body(kpi, confidence="high", note="From the CRM"))

    reading = Reading.objects.get()
    assert (answer.status_code, answer.json()["id"], answer.json()["value"]) == (201, reading.pk, "3.5")
    assert (reading.period, float(reading.value), reading.entered_by) == (dt.date(2026, 3, 2), 3.5, mark)
    assert (reading.confidence, reading.note) == ("high", "From the CRM")


def test_the_history_names_the_person_and_the_token(program, mark, kpi):
    program(mark)("POST", "readings", body(kpi))

    record = Reading.history.get()
    assert (record.history_user, record.history_change_reason) == (mark, "By API token “Export”")


def test_the_plans_clock_ticks(program, mark, kpi, plan):
    program(mark)("POST", "readings", body(kpi))

    before, _now = plan.changed_at, plan.refresh_from_db()
    assert plan.changed_at > before


def test_the_same_value_sent_again_changes_nothing_and_another_one_is_a_conflict(program, mark, kpi):
    asks = program(mark)
    asks("POST", "readings", body(kpi))
    same, other = asks("POST", "readings", body(kpi)), asks("POST", "readings", body(kpi, value="4"))

    assert (same.status_code, same.json()["value"]) == (201, "3.5")
    assert (other.status_code, other.json()["current"]["value"]) == (409, "3.5")
    assert other.json()["clashes"] == [{"field": "value", "theirs": "3.5%", "mine": "4%"}]
    corrected = asks("POST", "readings", body(kpi, value="4", version=other.json()["current"]["version"]))
    assert (corrected.status_code, corrected.json()["value"]) == (201, "4")


def test_a_correction_changes_only_what_is_sent(program, mark, kpi):
    reading = ReadingFactory(kpi=kpi, value=3, note="Guess", confidence="low")

    asks = program(mark)
    refused = asks("PATCH", f"readings/{reading.pk}", {"value": 3.2})
    answer = asks("PATCH", f"readings/{reading.pk}", {"value": 3.2, "reason": "Two came late"}).json()

    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [("reason", "reason")]

    assert (answer["value"], answer["note"], answer["confidence"]) == ("3.2", "Guess", "low")
    assert [float(record.value) for record in Reading.history.all()] == [3.2, 3]


def test_a_deleted_reading_can_be_brought_back(program, mark, kpi, plan):
    reading = ReadingFactory(kpi=kpi)

    assert program(mark)("DELETE", f"readings/{reading.pk}").status_code == 204

    assert (Reading.objects.count(), BinnedItem.objects.in_plan(plan).count()) == (0, 1)


def test_a_formula_is_given_its_numbers(program, mark, plan):
    kpi = KpiFactory(plan=plan, formula="lead_conversion")
    asks = program(mark)

    entered = asks("POST", "readings", body(kpi, value=None, inputs={"converted": 12, "leads": "80"}))
    nothing = asks("POST", "readings", body(kpi, period="2026-03-12", value=None, inputs={"converted": 1, "leads": 0}))
    unknown = asks("POST", "readings", body(kpi, inputs={"sheep": 3}))

    assert (entered.json()["value"], entered.json()["inputs"]) == ("15", {"converted": "12", "leads": "80"})
    assert nothing.json()["value"] is None
    assert unknown.json()["errors"][0]["field"] == "inputs.sheep"


TOMORROW = (timezone.localdate() + dt.timedelta(days=8)).isoformat()


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"value": "12,5"}, "value", "number"),
        ({"value": "12.5 %"}, "value", "number"),
        ({"value": True}, "value", "number"),
        ({"value": 1.23456}, "value", "number"),
        ({"value": 10**15}, "value", "number"),
        ({"value": None}, "value", "required"),
        ({"period": TOMORROW}, "period", "period"),
        ({"period": "2026-02-30"}, "period", "day"),
        ({"period": "5.3.2026"}, "period", "day"),
        ({"period": "0001-01-01"}, "period", "day"),
        ({"unit": "€"}, "unit", "unit"),
        ({"note": "x" * 1001}, "note", "max_length"),
        ({"confidence": "certain"}, "confidence", "literal_error"),
        ({"colour": "red"}, "colour", "extra_forbidden"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(program, mark, kpi, values, field, code):
    answer = program(mark)("POST", "readings", body(kpi) | values)

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["code"]) == (422, field, code.replace("literal_error", "enum"))
    assert error["message"]
    assert not Reading.objects.exists()


@pytest.mark.parametrize("text", ["{", "NaN", '{"value": NaN}', '{"value": 1e309', "[" * 100_000, "\xff"])
def test_what_is_no_json_is_refused(program, mark, text):
    asks = program(mark)
    headers = {"Authorization": f"Bearer {asks.text}"}

    answer = asks.client.generic("POST", "/api/v1/readings", text, content_type="application/json", headers=headers)

    assert (answer.status_code, answer.json()["status"]) == (400, 400)


def test_a_number_too_large_for_any_machine_is_refused(program, mark, kpi):
    asks = program(mark)
    text = f'{{"kpi": {kpi.pk}, "period": "2026-03-05", "value": 1e309}}'
    headers = {"Authorization": f"Bearer {asks.text}"}

    answer = asks.client.generic("POST", "/api/v1/readings", text, content_type="application/json", headers=headers)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "number")


def test_messages_come_in_the_language_that_is_asked_for(program, mark, kpi):
    asked = {"period": TOMORROW, "Accept_Language": "pl"}

    answer = program(mark)("POST", "readings", body(kpi, period=asked["period"]), Accept_Language="pl")

    assert answer.headers["Content-Language"] == "pl"
    assert answer.json()["errors"][0]["message"] == "Ten okres jeszcze się nie zaczął."


def test_a_number_means_the_same_in_every_language(program, mark, kpi):
    answer = program(mark)("POST", "readings", body(kpi, value="1.234", confirm=True), Accept_Language="pl")

    assert answer.json()["value"] == "1.234"


def test_a_value_far_from_the_usual_is_asked_about_and_saved_when_it_is_meant(program, mark, kpi):
    for week in range(6):
        ReadingFactory(kpi=kpi, period=dt.date(2026, 1, 5) + dt.timedelta(weeks=week), value=3)
    asks = program(mark)

    doubted = asks("POST", "readings", body(kpi, value=30))
    meant = asks("POST", "readings", body(kpi, value=30, confirm=True))

    assert (doubted.status_code, doubted.json()["errors"][0]["code"]) == (422, "doubt")
    assert meant.json()["value"] == "30"


# Many at once


def week(number):
    return (dt.date(2026, 1, 5) + dt.timedelta(weeks=number)).isoformat()


def test_many_readings_are_saved_together(program, mark, kpi):
    readings = [body(kpi, period=week(number), value=3 + number / 10) for number in range(8)]

    answer = program(mark)("POST", "readings/bulk", {"readings": readings})

    assert [row["value"] for row in answer.json()["items"]][:2] == ["3", "3.1"]
    assert Reading.objects.count() == 8


def test_when_one_of_many_is_refused_none_is_saved_and_each_error_names_its_line(program, mark, kpi):
    readings = [
        body(kpi),
        body(kpi, period=TOMORROW),
        body(kpi, period=week(1), unit="€"),
        body(kpi, period=week(2), value=None),
    ]

    answer = program(mark)("POST", "readings/bulk", {"readings": readings})

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [
        "readings.1.period",
        "readings.2.unit",
        "readings.3.value",
    ]
    assert not Reading.objects.exists()


def test_a_reading_of_somebody_elses_kpi_stops_them_all(program, mia, plan, kpi):
    own = KpiFactory(plan=plan, owner=mia)

    answer = program(mia)("POST", "readings/bulk", {"readings": [body(own), body(kpi)]})

    assert answer.status_code == 403
    assert not Reading.objects.exists()


def test_there_are_never_more_than_five_hundred(program, mark, kpi):
    answer = program(mark)("POST", "readings/bulk", {"readings": 501 * [body(kpi)]})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "readings")


# Finding them


def test_readings_are_found_by_kpi_and_period(program, mark, kpi):
    for number in range(4):
        ReadingFactory(kpi=kpi, period=week(number))
    ReadingFactory(kpi=KpiFactory(plan=kpi.plan), period=week(1))
    address = f"readings?kpi={kpi.pk}&period_from={week(1)}&period_to={week(2)}"

    found = program(mark)("GET", address).json()["items"]

    assert [row["period"] for row in found] == [week(1), week(2)]


def test_lists_have_the_same_number_of_queries_however_long(program, mark, kpi, django_assert_num_queries):
    asks = program(mark)
    ReadingFactory(kpi=kpi, period=week(0))
    with django_assert_num_queries(3):  # (3): the request counted, token, readings
        asks("GET", "readings")

    for number in (1, 2):
        ReadingFactory(kpi=kpi, period=week(number))
    with django_assert_num_queries(3):
        asks("GET", "readings")
    with django_assert_num_queries(5):  # (5): and for KPIs: them, their actions, their values
        asks("GET", "kpis")


def test_a_locked_period_takes_no_value(program, mark, kpi, plan):
    PeriodLockFactory(plan=plan, locked_to=dt.date(2026, 12, 31))

    answer = program(mark)("POST", "readings", body(kpi))

    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, ["period"])
    assert Reading.objects.count() == 0
