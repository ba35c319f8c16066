from decimal import Decimal

import pytest

from kpis.kpi.formulas import FORMULAS


@pytest.mark.parametrize(
    ("formula", "inputs", "value"),
    [
        ("lead_conversion", {"converted": 12, "leads": 80}, "15"),
        ("retention", {"at_start": 200, "at_end": 210, "new": 40}, "85"),
        ("ad_roi", {"gain": 15_000, "cost": 10_000}, "50"),
        ("ad_roi", {"gain": 4_000, "cost": 10_000}, "-60"),
        ("lead_conversion", {"converted": 1, "leads": 3}, "33.33"),
        ("lead_conversion", {"converted": 0, "leads": 3}, "0"),
    ],
)
def test_the_value_is_computed_from_its_inputs(formula, inputs, value):
    computed = FORMULAS[formula].compute({name: Decimal(number) for name, number in inputs.items()})

    assert computed.value == Decimal(value)


@pytest.mark.parametrize(
    ("formula", "inputs", "reason"),
    [
        ("lead_conversion", {"converted": 0, "leads": 0}, "No leads in this period"),
        ("retention", {"at_start": 0, "at_end": 9, "new": 9}, "No customers at the start"),
        ("ad_roi", {"gain": 100, "cost": 0}, "No cost in this period"),
        ("lead_conversion", {"converted": 5, "leads": None}, "Enter all the numbers"),
        ("ad_roi", {"gain": -1, "cost": 10}, "cannot be below zero"),
        ("retention", {"at_start": 100, "at_end": 10, "new": 20}, "more new customers than customers"),
    ],
)
def test_without_a_value_it_says_why(formula, inputs, reason):
    computed = FORMULAS[formula].compute(
        {name: None if number is None else Decimal(number) for name, number in inputs.items()}
    )

    assert computed.value is None
    assert reason in str(computed.reason)
