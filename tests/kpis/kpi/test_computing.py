"""KPIs that are computed from other KPIs: worked examples, rhythms, what is missing, and what it costs."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from kpis.kpi.action_paces import action_paces
from kpis.kpi.progress import kpi_progress, values_by_kpi
from kpis.models import Kpi, Reading
from plans.items.copying import duplicate_item
from plans.items.services import duplicate_plan
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, ReadingFactory

TODAY = dt.date(2026, 8, 19)
WEEK_32, WEEK_33, WEEK_34 = dt.date(2026, 8, 3), dt.date(2026, 8, 10), dt.date(2026, 8, 17)
JULY = dt.date(2026, 7, 1)


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC))


@pytest.fixture
def revenue(plan):
    return KpiFactory(plan=plan, name="Revenue", measure="total", unit="EUR", baseline=None, target=52_000)


@pytest.fixture
def orders(plan):
    return KpiFactory(plan=plan, name="Orders", measure="count", unit="orders", baseline=None, target=None)


@pytest.fixture
def basket(plan, revenue, orders):
    return computed(plan, f"#{revenue.pk} / #{orders.pk}", name="Basket", unit="EUR")


def computed(plan, expression, **more):
    fields = {"measure": "computed", "name": "Computed", "unit": "", "baseline": None, "target": 20, **more}
    return KpiFactory(plan=plan, expression=expression, **fields)


def enter(kpi, values):
    for period, value in values.items():
        ReadingFactory(kpi=kpi, period=period, value=value)


def values_of(kpi, today=TODAY):
    return values_by_kpi([kpi], today, whole=[kpi.pk])[kpi.pk]


def progress_of(kpi, today=TODAY):
    return next(each for each in kpi_progress(kpi.plan, today) if each.kpi == kpi)


def test_a_formula_is_computed_for_each_period_in_which_its_inputs_are_in(basket, revenue, orders):
    enter(revenue, {WEEK_32: 1000, WEEK_33: 1200, WEEK_34: 900})
    enter(orders, {WEEK_32: 50, WEEK_33: 40})

    assert values_of(basket) == {WEEK_32: 20, WEEK_33: 30}
    progress = progress_of(basket)
    assert (progress.value, progress.status, progress.last_period) == (30, "on_track", WEEK_33)
    assert progress.series == (20, 30)


def test_division_by_zero_is_no_data_and_never_red(basket, revenue, orders):
    enter(revenue, {WEEK_33: 1200, WEEK_34: 900})
    enter(orders, {WEEK_33: 40, WEEK_34: 0})

    progress = progress_of(basket)

    assert values_of(basket) == {WEEK_33: 30, WEEK_34: None}
    assert (progress.value, progress.status, progress.freshness.stale) == (None, "no_data", False)
    assert "give no value" in progress.rule


def test_a_result_no_column_can_hold_is_no_data(plan, revenue):
    enter(revenue, {WEEK_33: 99_999_999_999_999})

    assert values_of(computed(plan, f"#{revenue.pk} * 2")) == {WEEK_33: None}


def test_a_formula_may_name_what_is_computed_itself(plan, basket, revenue, orders):
    enter(revenue, {WEEK_33: 1200})
    enter(orders, {WEEK_33: 40})
    double = computed(plan, f"#{basket.pk} * 2 + #{orders.pk}")

    assert values_of(double) == {WEEK_33: 100}


def test_periods_of_a_computed_total_are_added_up(plan, revenue):
    enter(revenue, {WEEK_32: 1000, WEEK_33: 1200})
    margin = computed(plan, f"#{revenue.pk} * 0.3", measure="sum")

    assert progress_of(margin).value == 660
    assert progress_of(margin).last == 360


def test_weeks_of_a_total_are_added_up_for_the_month_most_of_their_days_lie_in(plan, revenue):
    # Monday 29 June to Sunday 5 July: five days of July. Monday 27 July to 2 August: five days of July as well.
    weeks = [dt.date(2026, 6, 29) + dt.timedelta(weeks=week) for week in range(5)]
    enter(revenue, dict.fromkeys(weeks, 100) | {WEEK_32: 7, dt.date(2026, 6, 22): 9})

    monthly = computed(plan, f"#{revenue.pk}", rhythm="monthly")

    assert values_of(monthly) == {JULY: 500}


def test_a_month_whose_total_lacks_a_week_has_no_value_and_says_which(as_bob, plan, revenue, orders):
    weeks = [dt.date(2026, 6, 29) + dt.timedelta(weeks=week) for week in range(5)]
    enter(revenue, dict.fromkeys(weeks[:2] + weeks[3:], 100))
    monthly = computed(plan, f"#{revenue.pk} + 1", rhythm="monthly")

    page = as_bob.get(monthly.get_absolute_url()).text

    assert values_by_kpi([monthly], TODAY, whole=[monthly.pk]).get(monthly.pk) == {}
    assert "Not entered yet: Revenue (week 29)." in page


def test_weeks_before_an_input_is_counted_are_not_missed(plan, revenue):
    revenue.starts_on = dt.date(2026, 7, 14)
    revenue.save()
    enter(revenue, {dt.date(2026, 7, 13): 10, dt.date(2026, 7, 20): 10, dt.date(2026, 7, 27): 10})

    assert values_of(computed(plan, f"#{revenue.pk}", rhythm="monthly")) == {JULY: 30}


def test_a_month_before_the_plan_needs_all_its_weeks(plan):
    total = KpiFactory(plan=plan, measure="total", starts_on=dt.date(2026, 6, 1))
    monthly = computed(plan, f"#{total.pk}", rhythm="monthly")
    weeks = [dt.date(2026, 3, 30) + dt.timedelta(weeks=week) for week in range(5)]
    enter(total, {dt.date(2026, 3, 23): 9, **dict.fromkeys(weeks, 2)})

    assert values_of(monthly) == {dt.date(2026, 4, 1): 10}


def test_of_a_level_the_last_week_of_the_month_counts(plan):
    level = KpiFactory(plan=plan, measure="level")
    enter(level, {dt.date(2026, 7, 6): 3, dt.date(2026, 7, 20): 5, WEEK_32: 8})

    assert values_of(computed(plan, f"#{level.pk}", rhythm="monthly")) == {JULY: 5, dt.date(2026, 8, 1): 8}


def test_months_are_added_up_for_their_quarter(plan):
    total = KpiFactory(plan=plan, measure="total", rhythm="monthly")
    enter(total, {dt.date(2026, month, 1): month for month in (4, 5, 6, 7)})

    assert values_of(computed(plan, f"#{total.pk}", rhythm="quarterly")) == {dt.date(2026, 4, 1): 15}


def test_an_input_without_a_value_gives_none_and_is_named(as_bob, plan):
    rate = KpiFactory(plan=plan, name="Conversion", measure="ratio", formula="lead_conversion")
    ReadingFactory(kpi=rate, period=WEEK_33, value=None, inputs={"converted": "0", "leads": "0"})
    double = computed(plan, f"#{rate.pk} * 2")

    assert values_of(double) == {WEEK_33: None}
    assert "There is no value of Conversion." in as_bob.get(double.get_absolute_url()).text


def test_the_past_knows_only_what_was_in_by_then(basket, revenue, orders):
    enter(revenue, {WEEK_32: 1000, WEEK_33: 1200})
    enter(orders, {WEEK_32: 50, WEEK_33: 40})

    assert progress_of(basket, dt.date(2026, 8, 9)).value == 20


def test_a_circle_that_came_from_nowhere_has_no_values_and_breaks_nothing(plan, revenue):
    one = computed(plan, f"#{revenue.pk}")
    Kpi.objects.filter(pk=one.pk).update(expression=f"#{one.pk} + #{revenue.pk}")
    enter(revenue, {WEEK_33: 1})
    one.refresh_from_db()

    assert values_by_kpi([one], TODAY).get(one.pk, {}) == {}


def test_the_page_shows_what_each_value_was_computed_from(as_bob, basket, revenue, orders):
    enter(revenue, {WEEK_32: 1000, WEEK_33: 1200})
    enter(orders, {WEEK_33: 0})

    page = as_bob.get(basket.get_absolute_url()).text

    assert "[Revenue] / [Orders]" in page
    assert "It would have to be divided by zero. No data is never off track." in page
    assert "Not entered yet: Orders." in page
    assert page.count(f'href="{revenue.get_absolute_url()}"') == 2
    assert "Fill in:" not in page
    assert f'href="{basket.get_absolute_url()}">Basket</a>' in as_bob.get(revenue.get_absolute_url()).text


def test_nobody_is_asked_for_it_and_nobody_can_type_it(as_alice, as_mia, mia, basket, revenue):
    basket.owner = revenue.owner = mia
    basket.plan.status = "active"
    basket.plan.save()
    basket.save(), revenue.save()

    for url in (reverse("kpis:week"), reverse("kpis:checkin", args=[basket.plan_id])):
        page = as_mia.get(url).text
        assert (f'id="kpi-{revenue.pk}"' in page, f'id="kpi-{basket.pk}"' in page) == (True, False)
    add = reverse("kpis:reading_add", args=[basket.pk], query={"period": "2026-08-10"})
    line = reverse("kpis:reading_enter", args=[basket.pk])
    for url in (add, line):
        assert as_alice.post(url, {"value": "1", "period": "2026-08-10"}).status_code == 403
    assert not Reading.objects.exists()


def test_an_action_is_as_healthy_as_what_is_computed_from_what_was_entered(as_alice, plan, basket, revenue, orders):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan))
    basket.actions.add(action)
    enter(orders, {WEEK_33: 100})
    url = reverse("kpis:reading_add", args=[revenue.pk], query={"period": "2026-08-10"})

    as_alice.post(url, {"value": "500"})

    (pace,) = action_paces(plan, TODAY, [action.pk])[action.pk]
    assert (pace.health, pace.value) == ("off_track", "5.0000")
    action.refresh_from_db()
    assert "kpi_off_track" in str(action.health_reasons)


def test_what_waits_for_other_kpis_is_not_asked_of_the_checkin(as_alice, basket, revenue, orders):
    basket.plan.status = "active"
    basket.plan.save()

    page = as_alice.get(basket.plan.get_absolute_url()).text

    assert "See what is missing" in page


@pytest.mark.parametrize("kpi_count", [1, 3])
def test_the_overview_and_all_kpis_cost_the_same_however_many_are_computed(
    as_alice, plan, kpi_count, django_assert_num_queries
):
    total = KpiFactory(plan=plan, measure="total")
    for number in range(kpi_count):
        enter(total, {WEEK_32 + dt.timedelta(weeks=number - 3): 5})
        computed(plan, f"#{total.pk} * {number}")

    # KPIs, and all their values
    with django_assert_num_queries(2):
        kpi_progress(plan, TODAY)
    last = list(Kpi.objects.computed().select_related("plan"))[-1:]
    with django_assert_num_queries(2):  # the others of the plan, and all values
        values_by_kpi(last, TODAY)


@pytest.mark.parametrize("kpi_count", [1, 3])
def test_paces_of_actions_cost_the_same_with_computed_kpis(plan, kpi_count, django_assert_num_queries):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan))
    total = KpiFactory(plan=plan, measure="total")
    enter(total, {WEEK_33: 5})
    for number in range(kpi_count):
        computed(plan, f"#{total.pk} * {number + 1}").actions.add(action)

    with django_assert_num_queries(3):  # links, KPIs, values
        paces = action_paces(plan, TODAY, [action.pk])

    assert [pace.value for pace in paces[action.pk]] == ["5.0000", "10.0000", "15.0000"][:kpi_count]


@pytest.mark.parametrize("period_count", [1, 3])
def test_its_page_costs_the_same_however_many_values(
    as_bob, basket, revenue, orders, period_count, django_assert_num_queries
):
    weeks = {WEEK_34 - dt.timedelta(weeks=number): 10 for number in range(period_count)}
    enter(revenue, weeks), enter(orders, weeks)

    # session, user, KPI with owner and objective, plan; KPIs of the plan, their values, lock, actions; frame (3)
    with django_assert_num_queries(11):
        response = as_bob.get(basket.get_absolute_url())

    assert response.text.count("kr-r") == period_count


@pytest.mark.parametrize("kpi_count", [1, 3])
def test_the_list_costs_the_same_with_computed_kpis_whose_inputs_stand_elsewhere(
    as_bob, plan, revenue, kpi_count, django_assert_num_queries
):
    revenue.position = 900
    revenue.save()
    enter(revenue, {WEEK_33: 5})
    for number in range(kpi_count):
        computed(plan, f"#{revenue.pk} * {number + 1}", position=number)
    KpiFactory.create_batch(25, plan=plan, position=100)

    # session, user, plan; order, KPIs with their actions, other KPIs of the plan, values; frame (3)
    with django_assert_num_queries(10):
        response = as_bob.get(reverse("kpis:kpis", args=[plan.pk]))

    assert [row.value for row in response.context["progress"]][:kpi_count] == [5, 10, 15][:kpi_count]


# Copies, the bin


def test_a_copied_plan_computes_from_its_own_kpis(alice, basket, revenue, orders):
    copy = duplicate_plan(basket.plan, name="Next year", starts_on=dt.date(2027, 1, 1), owner=alice)

    kpis = {kpi.name: kpi for kpi in Kpi.objects.in_plan(copy)}
    assert kpis["Basket"].expression == f"#{kpis['Revenue'].pk} / #{kpis['Orders'].pk}"


def test_a_duplicate_is_computed_from_the_same(basket, revenue, orders):
    assert duplicate_item(basket).expression == basket.expression


def test_what_a_formula_names_is_not_deleted_and_says_why(as_alice, basket, revenue, htmx):
    response = as_alice.post(reverse("kpis:kpi_delete", args=[revenue.pk]), headers=htmx("kpi-list"))

    assert "“Revenue” stays, for it is named by formulas: “Basket”." in response.text
    assert Kpi.objects.filter(pk=revenue.pk).exists()


def test_a_deleted_formula_comes_back_and_says_when_its_input_has_gone(as_alice, plan, basket, revenue, orders):
    enter(revenue, {WEEK_33: 1200})
    enter(orders, {WEEK_33: 40})
    as_alice.post(reverse("kpis:kpi_delete", args=[basket.pk]))
    binned = plan.bin.get()
    as_alice.post(reverse("kpis:kpi_delete", args=[orders.pk]))

    as_alice.post(reverse("plans:item_restore", args=[binned.pk]))

    page = as_alice.get(basket.get_absolute_url()).text
    assert f"[Revenue] / [#{orders.pk}]" in page
    assert "A KPI that the formula names has been deleted." in page
    assert values_of(basket) == {}
    as_alice.post(reverse("plans:item_restore", args=[plan.bin.get().pk]))
    assert values_of(Kpi.objects.get(pk=basket.pk)) == {WEEK_33: Decimal(30)}
