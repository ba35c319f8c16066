"""Criteria: one kind of value each, and what the form says when it is missing or upside down."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from plans.models import Criterion
from tests.factories import CriterionFactory, SegmentFactory


@pytest.fixture
def segment(plan):
    return SegmentFactory(plan=plan)


def add(client, segment, **data):
    return client.post(reverse("plans:criterion_add", args=[segment.pk]), data)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ({"attribute": "age", "kind": "range", "low": "25", "high": "40", "unit": "years"}, "25–40 years"),
        ({"attribute": "income", "kind": "range", "low": "50 000", "unit": "EUR"}, "from 50,000 EUR"),
        ({"attribute": "income", "kind": "range", "high": "1,5", "unit": "k€"}, "up to 1.5 k€"),
        ({"attribute": "region", "kind": "choice", "options": "Benelux\n\n France "}, "Benelux or France"),
        ({"attribute": "lifestyle", "kind": "text", "text": "Cycles to work 🚲"}, "Cycles to work 🚲"),
        ({"attribute": "own", "own_name": "Employees", "kind": "range", "low": "0", "high": "0"}, "0"),
    ],
)
def test_each_kind_of_criterion_is_said_in_words(as_alice, segment, data, value):
    add(as_alice, segment, **data)

    assert Criterion.objects.get().value == value


def test_a_criterion_of_ones_own_goes_by_its_own_name(segment):
    assert str(CriterionFactory(segment=segment, attribute="own", own_name="Employees")) == "Employees"


@pytest.mark.parametrize(("attribute", "kind"), [("age", "range"), ("gender", "choice"), ("habits", "text")])
def test_the_kind_is_what_the_criterion_usually_is_when_nobody_chose(as_alice, segment, attribute, kind):
    add(as_alice, segment, attribute=attribute, low="18", options="Women", text="Compares")

    assert Criterion.objects.get().kind == kind


@pytest.mark.parametrize(
    ("kind", "field", "says"),
    [
        ("range", "low", "Write where the range begins or where it ends."),
        ("choice", "options", "Write at least one option."),
        ("text", "text", "Say in words what makes a customer belong here."),
    ],
)
def test_an_empty_value_is_refused_beside_its_field(as_alice, segment, kind, field, says):
    response = add(as_alice, segment, attribute="region", kind=kind)

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [says]}
    assert Criterion.objects.count() == 0


def test_a_range_upside_down_is_refused(as_alice, segment):
    response = add(as_alice, segment, attribute="age", kind="range", low="40", high="25")

    assert response.status_code == 422
    assert response.context["form"].errors == {"high": ["The range must not end below where it begins."]}
    assert 'value="40"' in response.text
    assert Criterion.objects.count() == 0


@pytest.mark.parametrize("low", ["1e30", "young", "NaN", "--5"])
def test_a_number_nobody_can_mean_is_refused_once(as_alice, segment, low):
    response = add(as_alice, segment, attribute="age", kind="range", low=low)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["low"]
    assert Criterion.objects.count() == 0


def test_a_criterion_of_ones_own_needs_a_name(as_alice, segment):
    response = add(as_alice, segment, attribute="own", kind="text", text="Has a car park")

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["own_name"]


def test_what_another_kind_left_behind_goes(as_alice, segment):
    criterion = CriterionFactory(segment=segment, attribute="age", kind="range", low=25, text="", unit="years")
    data = {"attribute": "age", "kind": "text", "text": "Pensioners", "low": "nonsense", "unit": "years"}

    as_alice.post(reverse("plans:criterion_edit", args=[criterion.pk]), data)

    criterion.refresh_from_db()
    assert (criterion.text, criterion.low, criterion.unit) == ("Pensioners", None, "")


def test_ten_thousand_characters_are_refused(as_alice, segment):
    response = add(as_alice, segment, attribute="region", kind="choice", options="x" * 10_000)

    assert response.status_code == 422
    assert Criterion.objects.count() == 0


def test_numbers_are_said_in_the_readers_language(segment):
    criterion = CriterionFactory(segment=segment, kind="range", low=Decimal("1234.5"), text="")

    with translation.override("pl"):
        assert "1\u00a0234,5" in criterion.value


def test_readers_cannot_add_a_criterion(as_bob, segment):
    response = add(as_bob, segment, attribute="region", kind="text", text="Benelux")

    assert response.status_code == 403
    assert Criterion.objects.count() == 0
