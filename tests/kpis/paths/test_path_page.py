"""The page on which the targets of a KPI's periods are said."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.kpi.progress import kpi_progress
from kpis.models import Kpi
from plans.goalposts.queries import moved_of
from plans.items.copying import copy_items
from tests.factories import KpiFactory, PlanFactory, ReadingFactory


@pytest.fixture
def revenue(plan):
    return KpiFactory(
        plan=plan,
        name="Revenue",
        unit="€",
        measure="total",
        rhythm="quarterly",
        baseline=None,
        target=1000,
        starts_on=dt.date(2026, 1, 1),
        deadline=dt.date(2026, 12, 31),
    )


def url_of(kpi):
    return reverse("kpis:kpi_path", args=[kpi.pk])


def boxes(*values):
    return {f"p{place}": value for place, value in enumerate(values)}


def last_year(kpi, *values):
    for month, value in zip((1, 4, 7, 10), values, strict=True):
        ReadingFactory(kpi=kpi, period=dt.date(2025, month, 1), value=value)


def send(client, kpi, typed):
    seen = client.get(url_of(kpi)).context["form"]["seen"].value()
    return client.post(url_of(kpi), {"seen": seen} | typed)


def test_typed_targets_are_what_is_expected_from_then_on(as_alice, plan, revenue):
    response = send(as_alice, revenue, {"kind": "typed"} | boxes("100", "1 050,5", "", "40"))

    revenue.refresh_from_db()
    (progress,) = kpi_progress(plan, dt.date(2026, 8, 1))
    assert response.url == revenue.get_absolute_url()
    assert (revenue.path, revenue.path_points) == ("typed", ["100", "1050.5", "0", "40"])
    assert progress.track.expected(dt.date(2026, 8, 1)) == Decimal("1150.5")


def test_sending_the_same_targets_again_changes_nothing(as_alice, revenue):
    typed = {"kind": "typed"} | boxes("100", "200", "300", "400")
    send(as_alice, revenue, typed)
    version, count = Kpi.objects.get().version, Kpi.history.count()

    send(as_alice, revenue, typed)

    assert (Kpi.objects.get().version, Kpi.history.count()) == (version, count)


def test_a_new_path_stands_in_the_history_with_its_numbers(as_alice, revenue):
    send(as_alice, revenue, {"kind": "typed"} | boxes("100", "200", "300", "400"))

    history = as_alice.get(reverse("kpis:kpi_history", args=[revenue.pk])).text

    assert "100; 200; 300; 400" in history
    assert "As typed, period by period" in history


def test_a_season_is_kept_with_the_values_it_comes_from(as_alice, revenue):
    last_year(revenue, 10, 20, 30, 40)

    send(as_alice, revenue, {"kind": "seasonal", "source": revenue.pk})

    revenue.refresh_from_db()
    assert (revenue.path, revenue.path_points) == ("seasonal", ["0.1", "0.2", "0.3", "0.4"])
    assert revenue.path_basis["used"] == 4
    assert "All 4 values" in as_alice.get(revenue.get_absolute_url()).text


def test_a_season_can_be_that_of_the_same_kpi_in_last_years_plan(as_alice, plan, revenue):
    before = KpiFactory(
        plan=PlanFactory(workspace=plan.workspace, name="Plan 2025"),
        name="Revenue",
        measure="total",
        rhythm="quarterly",
    )
    last_year(before, 40, 30, 20, 10)

    page = as_alice.get(url_of(revenue)).text
    send(as_alice, revenue, {"kind": "seasonal", "source": before.pk})

    revenue.refresh_from_db()
    assert "Revenue, Plan 2025" in page
    assert revenue.path_points == ["0.4", "0.3", "0.2", "0.1"]


@pytest.mark.parametrize(
    "other", [{"rhythm": "monthly"}, {"measure": "level"}], ids=["another rhythm", "another kind of measure"]
)
def test_only_kpis_of_the_same_kind_are_offered_to_follow(as_alice, plan, revenue, other):
    kpi = KpiFactory(plan=plan, name="Visits", **{"rhythm": "quarterly", "measure": "total"} | other)
    last_year(kpi, 1, 2, 3, 4)

    response = send(as_alice, revenue, {"kind": "seasonal", "source": kpi.pk})

    assert response.status_code == 422
    assert "Visits" not in as_alice.get(url_of(revenue)).text


def test_a_season_of_another_company_cannot_be_followed(as_alice, revenue):
    foreign = KpiFactory(name="Theirs", rhythm="quarterly", measure="total")
    last_year(foreign, 1, 2, 3, 4)

    response = send(as_alice, revenue, {"kind": "seasonal", "source": foreign.pk})

    assert response.status_code == 422
    assert "Theirs" not in response.text


@pytest.mark.parametrize(
    ("typed", "explained"),
    [
        ({"kind": "typed"}, "Write at least one target"),
        ({"kind": "typed", "p0": "many"}, "Write a number, for example"),
        ({"kind": "typed", "p0": "1e309"}, "This number is too large"),
        ({"kind": "typed", "p0": "NaN"}, "Write a number, for example"),
        ({"kind": "typed", "p0": "0.00001"}, "At most four decimals"),
        ({"kind": "seasonal"}, "No KPI of this kind has values"),
        ({"kind": "round"}, "Select a valid choice"),
        ({}, "This field is required"),
    ],
)
def test_what_is_wrong_is_explained_and_nothing_is_lost(as_alice, revenue, typed, explained):
    response = send(as_alice, revenue, {"p3": "77"} | typed) if "p0" in typed else send(as_alice, revenue, typed)

    revenue.refresh_from_db()
    assert response.status_code == 422
    assert explained in response.text
    assert ('value="77"' in response.text) == ("p0" in typed)
    assert (revenue.path, revenue.path_points) == ("linear", [])


def test_boxes_of_another_way_are_not_judged(as_alice, revenue):
    revenue.path, revenue.path_from, revenue.path_points = "typed", dt.date(2026, 1, 1), ["1", "2", "3", "4"]
    revenue.save()

    send(as_alice, revenue, {"kind": "linear", "p0": "many"})

    revenue.refresh_from_db()
    assert (revenue.path, revenue.path_points, revenue.path_from) == ("linear", [], None)


@pytest.mark.parametrize(
    ("typed", "filled"),
    [
        ({"do": "even"}, ["250", "250", "250", "250"]),
        ({"do": "column", "column": "10\r\n20\r\nQ3\t1 030,5\r\n40\r\n"}, ["10", "20", "1,030.5", "40"]),
        ({"do": "season", "source": "own"}, ["100", "200", "300", "400"]),
        ({"do": "look", "p1": "5"}, ["", "5", "", ""]),
    ],
)
def test_boxes_are_filled_and_nothing_is_saved(as_alice, revenue, typed, filled):
    last_year(revenue, 10, 20, 30, 40)
    typed = typed | ({"source": revenue.pk} if "source" in typed else {})

    response = send(as_alice, revenue, {"kind": "typed"} | typed)

    form = response.context["form"]
    revenue.refresh_from_db()
    assert [cell.value() or "" for cell in form.cells] == filled
    assert form["kind"].value() == "typed"
    assert revenue.path == "linear"


def test_an_even_split_comes_to_the_target_to_the_last_cent(as_alice, revenue):
    Kpi.objects.update(rhythm="monthly")

    form = send(as_alice, revenue, {"kind": "typed", "do": "even"}).context["form"]

    assert [cell.value() for cell in form.cells] == ["83.33"] * 11 + ["83.37"]
    assert "exactly the target" in form.sum_words


@pytest.mark.parametrize(
    ("column", "explained"),
    [
        ("1\n2\nthree\n4", "Line 3 holds no number: “three”"),
        ("1\n2\n1e309\n4", "Line 3 holds no number: “1e309”"),
        ("1\n2\n3", "The column has 3 numbers, and there are 4 periods"),
        ("1\n2\n3\n4\n5", "The column has 5 numbers, and there are 4 periods"),
    ],
)
def test_a_column_that_does_not_fit_is_explained_and_kept(as_alice, revenue, column, explained):
    response = send(as_alice, revenue, {"kind": "typed", "do": "column", "column": column, "p0": "9"})

    assert explained in response.text
    assert response.context["form"]["column"].value() == column


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("100", "200", "300", "400"), "1,000 € in all, exactly the target."),
        (("100", "200", "300", "350"), "950 € in all, 50 € less than the target of 1,000 €."),
        (("100", "200", "300", "450"), "1,050 € in all, 50 € more than the target of 1,000 €."),
        (("", "", "", ""), ""),
        (("100", "1e30", "1e309", "NaN"), "100 € in all, 900 € less than the target of 1,000 €."),
        (("100", "x", "", ""), "100 € in all, 900 € less than the target of 1,000 €."),
    ],
)
def test_the_sum_stands_beside_the_target_while_one_types(as_alice, revenue, htmx, values, words):
    response = as_alice.post(
        url_of(revenue), {"kind": "typed", "do": "look"} | boxes(*values), headers=htmx("path-sum")
    )

    text = response.text.replace("\xa0", " ")
    assert text.strip().startswith('<p class="path-sum')
    assert words in text


def test_whoever_changed_the_path_meanwhile_is_not_overwritten_unasked(as_alice, revenue):
    seen = as_alice.get(url_of(revenue)).context["form"]["seen"].value()
    send(as_alice, revenue, {"kind": "typed"} | boxes("1", "2", "3", "4"))
    mine = {"kind": "typed", "seen": seen} | boxes("5", "6", "7", "8")

    asked = as_alice.post(url_of(revenue), mine)
    kept = Kpi.objects.get().path_points
    as_alice.post(url_of(revenue), mine | {"seen": asked.context["form"]["seen"].value()})

    assert asked.status_code == 409
    assert "Somebody has changed this path meanwhile" in asked.text
    assert 'value="8"' in asked.text
    assert kept == ["1", "2", "3", "4"]
    assert Kpi.objects.get().path_points == ["5", "6", "7", "8"]


def test_another_name_meanwhile_is_no_conflict(as_alice, revenue):
    seen = as_alice.get(url_of(revenue)).context["form"]["seen"].value()
    revenue.name = "Sales"
    revenue.save()

    response = as_alice.post(url_of(revenue), {"kind": "typed", "seen": seen} | boxes("1", "2", "3", "4"))

    assert response.status_code == 302
    assert Kpi.objects.get().name == "Sales"


@pytest.mark.parametrize("change", [{"target": None}, {"direction": "within", "band_low": 1, "measure": "level"}])
def test_without_a_target_there_is_no_path_to_say(as_alice, revenue, change):
    Kpi.objects.update(**change)

    response = as_alice.get(url_of(revenue))

    assert "There is no target to lead to" in response.text
    assert as_alice.post(url_of(revenue), {"kind": "typed", "p0": "5"}).status_code == 200
    assert Kpi.objects.get().path == "linear"


def test_a_path_that_does_not_lead_to_the_target_says_how_far_it_is_off(as_alice, revenue):
    send(as_alice, revenue, {"kind": "typed"} | boxes("100", "200", "300", "350"))

    page = as_alice.get(revenue.get_absolute_url()).text.replace("\xa0", " ")

    assert "950 € in all, 50 € less than the target of 1,000 €." in page


def test_a_path_made_for_other_dates_says_so(as_alice, revenue):
    send(as_alice, revenue, {"kind": "typed"} | boxes("100", "200", "300", "400"))
    Kpi.objects.update(deadline=dt.date(2027, 3, 31))

    assert "some periods have no target in it" in as_alice.get(revenue.get_absolute_url()).text


def test_an_earlier_path_is_brought_back_whole(as_alice, revenue):
    send(as_alice, revenue, {"kind": "typed"} | boxes("100", "200", "300", "400"))
    version = Kpi.objects.get().version
    send(as_alice, revenue, {"kind": "linear"})

    url = reverse("kpis:kpi_restore", args=[revenue.pk])
    as_alice.post(f"{url}?state={version}", {"version": Kpi.objects.get().version})

    revenue.refresh_from_db()
    assert (revenue.path, revenue.path_points) == ("typed", ["100", "200", "300", "400"])
    assert revenue.path_from == dt.date(2026, 1, 1)


def test_once_the_plan_is_approved_another_path_needs_a_reason(as_alice, plan, revenue):
    type(plan).objects.filter(pk=plan.pk).update(approved_at=timezone.now())
    typed = {"kind": "typed"} | boxes("100", "200", "300", "400")

    asked = send(as_alice, revenue, typed)
    told = send(as_alice, revenue, typed | {"moved_because": "The launch is in May"})
    again = send(as_alice, revenue, typed)

    assert (asked.status_code, told.status_code, again.status_code) == (422, 302, 302)
    assert "Say why this changes." in asked.text
    assert '<textarea name="moved_because"' in asked.text
    assert 'value="400"' in asked.text
    moved = {move.field: move for move in moved_of(revenue)}
    assert set(moved) == {"path", "path_from", "path_points"}
    assert moved["path"].words == "Target path: from Evenly to As typed, period by period"
    assert moved["path_points"].reason == "The launch is in May"


def test_the_question_is_not_asked_before(as_alice, plan, revenue):
    type(plan).objects.filter(pk=plan.pk).update(approved_at=timezone.now())

    assert "Why the goalpost moves" not in as_alice.get(url_of(revenue)).text


def test_members_do_not_say_the_targets(as_mia, revenue):
    assert as_mia.post(url_of(revenue), {"kind": "linear"}).status_code == 403


def test_a_copied_plan_takes_the_path_along_to_its_own_year(plan, revenue):
    revenue.path, revenue.path_from, revenue.path_points = "typed", dt.date(2026, 1, 1), ["100", "200", "300", "400"]
    revenue.save()
    next_year = PlanFactory(workspace=plan.workspace)

    copy_items(plan, next_year, shift=dt.timedelta(days=365))

    (progress,) = kpi_progress(next_year, dt.date(2027, 5, 1))
    assert progress.track.expected(dt.date(2027, 5, 1)) == 300


def test_the_rhythm_stays_while_a_path_is_said_by_it(as_alice, revenue, htmx):
    revenue.path, revenue.path_from, revenue.path_points = "typed", dt.date(2026, 1, 1), ["1", "2", "3", "4"]
    revenue.save()
    typed = {"name": "Revenue", "measure": "total", "direction": "more", "rhythm": "monthly", "weight": "1"}

    response = as_alice.post(reverse("kpis:kpi_edit", args=[revenue.pk]), typed, headers=htmx("kpi-list"))

    assert response.status_code == 422
    assert "Its target path is said by its rhythm" in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_constant_number_of_queries(as_alice, revenue, count, django_assert_num_queries):
    for kpi in KpiFactory.create_batch(count, plan=revenue.plan, rhythm="quarterly", measure="total"):
        last_year(kpi, 1, 2, 3, 4)
    as_alice.get(url_of(revenue))

    # session, user, the KPI, may she change it, the plan, KPIs to follow, values of the first, the frame's two
    with django_assert_num_queries(9):
        as_alice.get(url_of(revenue))
