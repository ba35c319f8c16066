"""Whatever is typed: a clear word beside the field, nothing saved, nothing lost."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from django import forms
from django.urls import reverse
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.models import CompanyProfile, Plan, Team
from salesplan.lib.forms import LocalDecimalField, parse_number
from tests.architecture.test_doors import ASKS, item_forms
from tests.factories import TeamFactory

GOOD = {
    "name": "Win back the North",
    "starts_on": "2026-04-01",
    "ends_on": "2026-09-30",
    "aim": "loyalty",
    "currency": "PLN",
}
LONG = "x" * 10_000
ODD_NAMES = [
    "<script>alert(1)</script>",
    "=1+1",
    "@SUM(A1)",
    "Wachstum 🚀📈",
    "خطة المبيعات",
    "{{ plan }}",
    "%s %(name)s",
    "'; --",
]


@pytest.fixture
def add(as_alice):
    return lambda **changed: as_alice.post(reverse("plans:plan_add"), GOOD | changed)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "", "This field is required."),
        ("name", "   ", "This field is required."),
        ("name", LONG, "at most 120 characters"),
        ("name", "nul\x00byte", "Null characters are not allowed."),
        ("ambition", LONG, "at most 240 characters"),
        ("starts_on", "2026-02-31", "There is no such day."),
        ("starts_on", "yesterday", "There is no such day."),
        ("starts_on", "0001-01-01", "Choose a day from"),
        ("starts_on", "1999-12-31", "Choose a day from 2000 to 2099."),
        ("ends_on", "9999-12-31", "Choose a day from"),
        ("ends_on", "2026-03-31", "The last day must come after the first."),
        ("ends_on", "2026-04-01", "The last day must come after the first."),
        ("ends_on", "2050-04-01", "A plan covers at most ten years."),
        ("aim", "world peace", "Select a valid choice."),
        ("currency", "XXX", "Select a valid choice."),
    ],
)
def test_a_plan_that_cannot_be_is_explained_beside_the_field(add, field, typed, says):
    response = add(**{field: typed})

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert says in form.errors[field][0]
    assert form[field].value() == typed
    assert not Plan.objects.exists()


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_shown_as_they_were_typed(add, as_alice, name):
    add(name=name)

    plan = Plan.objects.get()
    listed = as_alice.get(reverse("plans:plan_list")).text
    assert plan.name == name
    assert escape(name) in listed
    assert "<script>alert" not in listed


def settings_with(client, plan, **changed):
    data = GOOD | {"version": plan.version} | {f"company-{field}": value for field, value in changed.items()}
    return client.post(reverse("plans:plan_edit", args=[plan.pk]), data)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("annual_sales", "1e30", "no more than"),
        ("annual_sales", "-5", "Sales cannot be negative."),
        ("annual_sales", "a lot", "Write a number"),
        ("annual_sales", "1e999999999", "no more than"),
        ("annual_sales", "9" * 10_000, "no more than"),
        ("annual_sales", "NaN", "Write a number"),
        ("annual_sales", "12,345.678", "no more than"),
        ("founded_in", "99999999999999999999", ""),
        ("founded_in", "3000", "it cannot be in the future"),
        ("founded_in", "-4", ""),
        ("sector", LONG, "at most 120 characters"),
        ("note", LONG, "at most 5000 characters"),
        ("size", "huge", "Select a valid choice."),
    ],
)
def test_a_company_that_cannot_be_is_explained_and_the_rest_is_not_saved_either(as_alice, plan, field, typed, says):
    response = settings_with(as_alice, plan, **{field: typed})

    company = response.context["company"]
    plan.refresh_from_db()
    assert response.status_code == 422
    assert list(company.errors) == [field]
    assert says in company.errors[field][0]
    assert company[field].value() == typed
    assert plan.name == "Sales growth plan 2026"
    assert not CompanyProfile.objects.exists()


@pytest.mark.parametrize("number", [2**63, 10**30])
def test_an_address_with_an_impossible_number_leads_nowhere(as_alice, plan, number):
    assert as_alice.get(f"/plans/{number}/edit/").status_code == 404
    assert as_alice.post(f"/teams/{number}/delete/").status_code == 404


@pytest.mark.parametrize(
    ("version", "status", "name"),
    [
        ("", 302, "Field sales"),
        ("-1", 422, "Sales"),
        ("abc", 422, "Sales"),
        ("99999999999999999999", 422, "Sales"),
    ],
)
def test_a_version_somebody_made_up_overwrites_nothing(as_alice, plan, version, status, name):
    team = TeamFactory(plan=plan, name="Sales")

    response = as_alice.post(reverse("plans:team_edit", args=[team.pk]), {"name": "Field sales", "version": version})

    assert response.status_code == status
    assert Team.objects.get().name == name


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-31", ""])
def test_a_copy_cannot_begin_out_of_this_world(as_alice, plan, day):
    response = as_alice.post(reverse("plans:plan_duplicate", args=[plan.pk]), {"name": "Copy", "starts_on": day})

    assert response.status_code == 422
    assert "starts_on" in response.context["form"].errors
    assert Plan.objects.count() == 1


# Every form of an item, also those not written yet

TYPED = {
    forms.DateField: ["2026-02-31", "30/30/2026", "9999999-01-01", "9999-12-31", "0001-01-01"],
    LocalDecimalField: ["1e30", "many", "1e999999999", "9" * 400],
    forms.DecimalField: ["1e30", "many"],
    forms.IntegerField: ["1e30", "9" * 5000, "many"],
}


#: What else has to be chosen before a field counts at all.
CHOSEN = {
    "CriterionForm": {"low": "range", "high": "range", "unit": "range", "options": "choice", "text": "text"},
}


def all_forms(plan):
    for kind in item_forms():
        for asked in ASKS.get(kind.__name__, [{}]) if kind._meta.model else []:
            yield kind, asked


def typed_into(form) -> dict[str, list[str]]:
    """By field, what cannot be right."""
    found = {}
    for name, field in form.fields.items():
        if name not in {"uid", "version"}:
            kinds = [kind for kind in TYPED if isinstance(field, kind)]
            found[name] = TYPED[kinds[0]] if kinds else []
            if isinstance(field, forms.CharField) and field.max_length:
                found[name] = ["x" * (field.max_length + 1)]
    return found


def test_every_form_of_an_item_says_what_is_wrong_beside_the_field(plan):
    silent = []
    for kind, asked in all_forms(plan):
        for name, values in typed_into(kind(plan=plan, **asked)).items():
            for value in values:
                chosen = {"kind": CHOSEN[kind.__name__][name]} if name in CHOSEN.get(kind.__name__, {}) else {}
                form = kind({name: value} | chosen, plan=plan, **asked)
                if name not in form.errors or form[name].value() != value:
                    silent.append((kind.__name__, name, value[:12]))

    assert silent == []


def test_every_text_of_an_item_has_a_limit(plan):
    endless = [
        (kind.__name__, name)
        for kind, asked in all_forms(plan)
        for name, field in kind(plan=plan, **asked).fields.items()
        if type(field) is forms.CharField and field.max_length is None and not field.widget.is_hidden
    ]

    assert endless == []


# Numbers as people write them


@given(st.text(max_size=40))
def test_anything_typed_is_a_number_or_explained(text):
    with suppress(ValueError):
        assert isinstance(parse_number(text), Decimal)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_number_comes_back_as_it_was_shown(number):
    field = LocalDecimalField()

    assert field.to_python(field.prepare_value(number)) == number


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_of_the_century_can_be_typed(day):
    assert forms.DateField().to_python(day.isoformat()) == day
