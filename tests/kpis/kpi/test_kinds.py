"""The kinds of KPI in the form: what each needs, and what a KPI with values may still become."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.models import Kpi, Reading
from tests.factories import KpiFactory, ReadingFactory

FORM = {"name": "Basket", "measure": "level", "direction": "more", "rhythm": "weekly", "unit": "leads"}
WEEK_33 = dt.date(2026, 8, 10)


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC))


def add(client, plan, htmx, **typed):
    return client.post(reverse("kpis:kpi_add", args=[plan.pk]), FORM | typed, headers=htmx("kpi-list"))


def edit(client, kpi, htmx, **typed):
    known = {name: getattr(kpi, name) for name in (*FORM, "formula", "upper", "lower")}
    url = reverse("kpis:kpi_edit", args=[kpi.pk])
    return client.post(url, known | {"version": kpi.version} | typed, headers=htmx("kpi-list"))


# Ratios


@pytest.mark.parametrize(("typed", "unit"), [("", "EUR"), ("%", "EUR"), ("PLN", "PLN")])
def test_an_average_basket_is_money(as_alice, plan, htmx, typed, unit):
    add(as_alice, plan, htmx, measure="ratio", formula="average_basket", unit=typed)

    kpi = Kpi.objects.get()
    assert (kpi.measure, kpi.unit) == ("ratio", unit)


@pytest.mark.parametrize(
    ("formula", "unit", "typed", "value"),
    [
        ("average_basket", "EUR", {"input_revenue": "1 000", "input_orders": "30"}, "33.33"),
        ("lead_conversion", "%", {"input_converted": "12", "input_leads": "80"}, "15"),
        ("retention", "%", {"input_at_start": "200", "input_at_end": "190", "input_new": "14"}, "88"),
        ("ad_roi", "%", {"input_gain": "1,500.50", "input_cost": "1 000"}, "50.05"),
        ("own", "%", {"input_upper": "1", "input_lower": "3"}, "33.33"),
        ("own", "", {"input_upper": "-1", "input_lower": "3"}, "-0.3333"),
    ],
)
def test_a_ratio_is_computed_from_what_is_entered_and_both_are_kept(as_alice, plan, htmx, formula, unit, typed, value):
    kpi = KpiFactory(plan=plan, measure="ratio", formula=formula, unit=unit, upper="Won", lower="Offers")
    url = reverse("kpis:reading_add", args=[kpi.pk], query={"period": "2026-08-10"})

    as_alice.post(url, typed, headers=htmx("kpi-board"))

    reading = Reading.objects.get()
    assert reading.value == pytest.approx(type(reading.value)(value))
    assert len(reading.inputs) == len(typed)


def test_a_ratio_of_ones_own_asks_for_its_numbers_by_the_names_they_were_given(as_alice, plan, htmx):
    add(as_alice, plan, htmx, measure="ratio", formula="own", unit="%", upper="Offers won", lower="Offers made")
    kpi = Kpi.objects.get()
    url = reverse("kpis:reading_add", args=[kpi.pk], query={"period": "2026-08-10"})

    form = as_alice.get(url, headers=htmx()).text
    as_alice.post(url, {"input_upper": "3", "input_lower": "0"}, headers=htmx("kpi-board"))

    assert "Offers won</label>" in form
    page = as_alice.get(kpi.get_absolute_url()).text
    assert "Offers won / Offers made" in page
    assert "“Offers made” is zero in this period" in page
    assert "Offers won 3, Offers made 0" in page


@pytest.mark.parametrize(
    ("typed", "explained"),
    [
        ({"measure": "ratio"}, "Choose which ratio it is"),
        ({"measure": "ratio", "formula": "own", "upper": "Won"}, "Give this number a name"),
        ({"measure": "computed"}, "Write the formula, for example [Revenue] / [Orders]"),
        ({"measure": "computed", "expression": "1 + 2"}, "Name at least one KPI"),
        ({"measure": "computed", "expression": "[Orders] * [Basket]"}, "Character 12: There is no KPI “Basket”"),
        ({"measure": "computed", "expression": "[Orders] *"}, "Character 11: The formula ends too early"),
        ({"measure": "computed", "expression": "<script>"}, "Character 1: “&lt;” does not belong here"),
        ({"measure": "sum", "expression": "[Monthly]"}, "Read more rarely than the formula: “Monthly” (monthly)"),
        ({"measure": "sum", "expression": "[Orders]", "direction": "within", "band_low": "4"}, "A total grows"),
        ({"measure": "count", "direction": "within", "band_low": "4"}, "A total grows all the time"),
    ],
)
def test_what_a_kind_needs_is_said_beside_the_field(as_alice, plan, htmx, typed, explained):
    KpiFactory(plan=plan, name="Orders")
    KpiFactory(plan=plan, name="Monthly", rhythm="monthly")

    response = add(as_alice, plan, htmx, **typed)

    assert response.status_code == 422
    assert explained in response.text
    for name in ("expression", "upper"):
        assert str(typed.get(name, "")).replace("<", "&lt;").replace(">", "&gt;") in response.text
    assert Kpi.objects.count() == 2


def test_a_kpi_that_becomes_a_level_has_no_formula_any_more(as_alice, plan, htmx):
    kpi = KpiFactory(plan=plan, measure="ratio", formula="own", upper="Won", lower="Made")

    edit(as_alice, kpi, htmx, measure="level")

    kpi.refresh_from_db()
    assert (kpi.measure, kpi.formula, kpi.upper) == ("level", "", "")


# Formulas


def test_a_formula_is_kept_by_ids_and_shown_by_names(as_alice, plan, htmx):
    orders = KpiFactory(plan=plan, name="Orders")
    add(as_alice, plan, htmx, measure="computed", expression="[orders]*1,5")
    kpi = Kpi.objects.get(name="Basket")
    assert kpi.expression == f"#{orders.pk} * 1.5"

    edit(as_alice, orders, htmx, name="Orders <b> ]")

    form = as_alice.get(reverse("kpis:kpi_edit", args=[kpi.pk])).text
    assert "[Orders &lt;b&gt; ]]] * 1.5</textarea>" in form
    kpi.refresh_from_db()
    edit(as_alice, kpi, htmx, expression="[Orders <b> ]]] * 2")
    kpi.refresh_from_db()
    assert kpi.expression == f"#{orders.pk} * 2"


def test_another_plans_kpi_cannot_be_named(as_alice, plan, htmx):
    KpiFactory(name="Secret", plan__workspace=plan.workspace)
    hidden = KpiFactory(name="Hidden")

    response = add(as_alice, plan, htmx, measure="computed", expression=f"[Hidden] + #{hidden.pk}")

    assert "There is no KPI “Hidden” in this plan" in response.text
    assert "[Secret]" not in response.text


def test_a_circle_is_refused_with_its_way(as_alice, plan, htmx):
    leads = KpiFactory(plan=plan, name="Leads")
    one = KpiFactory(plan=plan, name="One", measure="computed", expression=f"#{leads.pk}", unit="")
    two = KpiFactory(plan=plan, name="Two", measure="computed", expression=f"#{one.pk} + 1", unit="")

    response = edit(as_alice, one, htmx, expression="[Two] / [Leads]")

    assert "It would be computed from itself: One → Two → One." in response.text
    assert "[Two] / [Leads]" in response.text
    itself = edit(as_alice, two, htmx, expression="[Two]")
    assert "It would be computed from itself: Two → Two." in itself.text


def test_what_a_formula_names_is_not_read_more_rarely_than_the_formula(as_alice, plan, htmx):
    leads = KpiFactory(plan=plan, name="Leads")
    KpiFactory(plan=plan, name="Twice", measure="computed", expression=f"#{leads.pk} * 2")

    response = edit(as_alice, leads, htmx, rhythm="monthly")

    assert "Computed from it more often than that: “Twice”" in response.text


def test_two_people_who_change_one_formula_see_both_by_their_names(as_alice, plan, htmx):
    leads = KpiFactory(plan=plan, name="Leads")
    kpi = KpiFactory(plan=plan, name="Twice", measure="computed", expression=f"#{leads.pk} * 2", unit="")
    seen = kpi.version
    kpi.expression = f"#{leads.pk} * 3"
    kpi.save()

    response = edit(as_alice, kpi, htmx, expression="[Leads] * 4", version=seen)

    assert response.status_code == 409
    assert "[Leads] * 3" in response.text
    assert "[Leads] * 4" in response.text


def test_the_history_says_formulas_by_their_names(as_alice, plan, htmx):
    leads = KpiFactory(plan=plan, name="Leads")
    kpi = KpiFactory(plan=plan, name="Twice", measure="computed", expression=f"#{leads.pk} * 2", unit="")
    edit(as_alice, kpi, htmx, expression="[Leads] * 3")

    history = as_alice.get(reverse("kpis:kpi_history", args=[kpi.pk])).text

    assert "[Leads] * 2" in history
    assert "[Leads] * 3" in history
    assert f"#{leads.pk} * 3" not in history


def test_a_former_formula_comes_back_only_where_it_can_still_be_computed(as_alice, plan, htmx):
    leads = KpiFactory(plan=plan, name="Leads")
    other = KpiFactory(plan=plan, name="Other")
    kpi = KpiFactory(plan=plan, name="Twice", measure="computed", expression=f"#{leads.pk} * 2", unit="")
    first = kpi.version
    edit(as_alice, kpi, htmx, expression="[Other] * 3")
    as_alice.post(reverse("kpis:kpi_delete", args=[leads.pk]))

    page = as_alice.get(reverse("kpis:kpi_restore", args=[kpi.pk], query={"state": first})).text

    assert "A KPI that the formula names has been deleted." in page
    kpi.refresh_from_db()
    assert kpi.expression == f"#{other.pk} * 3"


def test_the_form_offers_the_names_of_the_other_kpis(as_alice, plan, htmx):
    kpi = KpiFactory(plan=plan, name="Leads")
    KpiFactory(plan=plan, name='Sales "net"')

    form = as_alice.get(reverse("kpis:kpi_edit", args=[kpi.pk])).text

    assert "<code>[Sales &quot;net&quot;]</code>" in form
    assert "[Leads]" not in form


# What a KPI with values may still become


@pytest.fixture
def measured(plan):
    kpi = KpiFactory(plan=plan, name="Leads", unit="leads", measure="level")
    ReadingFactory(kpi=kpi, period=WEEK_33, value="12.5")
    return kpi


def test_values_keep_their_unit_unless_only_the_word_is_another(as_alice, measured, htmx):
    refused = edit(as_alice, measured, htmx, unit="EUR")
    assert refused.status_code == 422
    assert "Its values are in leads" in refused.text
    assert 'name="same_unit"' in refused.text

    edit(as_alice, measured, htmx, unit="qualified leads", same_unit="on")

    measured.refresh_from_db()
    assert measured.unit == "qualified leads"


@pytest.mark.parametrize(
    ("typed", "explained"),
    [
        ({"measure": "count"}, "Its values are not all whole numbers"),
        ({"measure": "ratio", "formula": "ad_roi"}, "It has values of its kind already"),
        ({"measure": "computed", "expression": "[Other]"}, "It has values of its kind already"),
    ],
)
def test_values_keep_their_kind(as_alice, plan, measured, htmx, typed, explained):
    KpiFactory(plan=plan, name="Other")

    response = edit(as_alice, measured, htmx, **typed)

    assert response.status_code == 422
    assert explained in response.text
    assert Reading.objects.count() == 1


def test_entered_values_may_be_added_up_from_now_on(as_alice, measured, htmx):
    edit(as_alice, measured, htmx, measure="total")

    measured.refresh_from_db()
    assert measured.measure == "total"


def test_a_ratio_with_values_keeps_its_formula(as_alice, plan, htmx):
    kpi = KpiFactory(plan=plan, measure="ratio", formula="lead_conversion")
    ReadingFactory(kpi=kpi, inputs={"converted": "3", "leads": "10"})

    response = edit(as_alice, kpi, htmx, formula="ad_roi")

    assert "It has values of this formula already" in response.text


def test_a_ratio_is_not_read_as_a_percentage_of_a_hundredth(as_alice, plan, htmx):
    kpi = KpiFactory(plan=plan, measure="ratio", formula="own", upper="Won", lower="Made", unit="%")
    ReadingFactory(kpi=kpi, value=30, inputs={"upper": "3", "lower": "10"})

    response = edit(as_alice, kpi, htmx, unit="", same_unit="on")

    assert "computed with or without the percent sign" in response.text


def test_a_former_unit_does_not_come_back_over_values(as_alice, plan, htmx):
    kpi = KpiFactory(plan=plan, name="Leads", unit="leads")
    first = kpi.version
    edit(as_alice, kpi, htmx, unit="EUR")
    ReadingFactory(kpi=kpi)

    page = as_alice.get(reverse("kpis:kpi_restore", args=[kpi.pk], query={"state": first})).text

    assert "It has values of its kind already, so this stays as it is." in page


# What is typed


@pytest.mark.parametrize(
    ("typed", "explained"),
    [
        ({"input_converted": "12,5 %", "input_leads": "80"}, "without a percent sign"),
        ({"input_converted": "NaN", "input_leads": "80"}, "Write a number, for example"),
        ({"input_converted": "1e309", "input_leads": "80"}, "This number is too large"),
        ({"input_converted": "-1", "input_leads": "80"}, "greater than or equal to 0"),
        ({"input_converted": "1", "input_leads": ""}, "Enter all the numbers it is computed from"),
        ({"input_converted": "99999999999999", "input_leads": "0.0001"}, "The result is too large"),
    ],
)
def test_inputs_that_make_no_sense_are_explained_and_stay_typed(as_alice, plan, htmx, typed, explained):
    kpi = KpiFactory(plan=plan, measure="ratio", formula="lead_conversion")
    url = reverse("kpis:reading_add", args=[kpi.pk], query={"period": "2026-08-10"})

    response = as_alice.post(url, typed, headers=htmx("kpi-board"))

    assert response.status_code == 422
    assert explained in response.text
    assert f'value="{typed["input_converted"]}"' in response.text
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("typed", "explained"), [("12.5", "A count is a whole number"), ("-3", "greater than or equal to 0")]
)
def test_a_count_is_whole_and_not_below_zero(as_alice, plan, htmx, typed, explained):
    kpi = KpiFactory(plan=plan, measure="count", unit="visits")
    url = reverse("kpis:reading_add", args=[kpi.pk], query={"period": "2026-08-10"})

    assert explained in as_alice.post(url, {"value": typed}, headers=htmx("kpi-board")).text
    as_alice.post(url, {"value": "1 250,0"}, headers=htmx("kpi-board"))

    assert Reading.objects.get().value == 1250


def test_counts_are_added_up(as_bob, plan):
    kpi = KpiFactory(plan=plan, measure="count", unit="visits", baseline=None, target=1000)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 3), value=300)
    ReadingFactory(kpi=kpi, period=WEEK_33, value=200)

    assert as_bob.get(kpi.get_absolute_url()).context["progress"].value == 500


def test_two_people_who_enter_other_numbers_are_asked_though_neither_gives_a_value(as_alice, plan, htmx):
    kpi = KpiFactory(plan=plan, measure="ratio", formula="lead_conversion")
    reading = ReadingFactory(kpi=kpi, period=WEEK_33, value=None, inputs={"converted": "0", "leads": "0"})
    url = reverse("kpis:reading_edit", args=[reading.pk])
    typed = {"input_converted": "5", "input_leads": "0", "version": reading.version}
    reading.inputs = {"converted": "2", "leads": "0"}
    reading.save()

    response = as_alice.post(url, typed, headers=htmx("kpi-board"))

    assert response.status_code == 409
    assert "Converted leads: theirs 2, yours 5." in response.text
