"""Formulas as people type them: read, refused with the place, computed and written again."""

from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpis.kpi.expression import (
    CONTEXT,
    FUNCTIONS,
    PLACES,
    Call,
    Lack,
    Minus,
    NoResult,
    Number,
    Pair,
    Term,
    result_of,
    stored,
    terms_of,
)
from kpis.kpi.names import KpiNames
from kpis.kpi.parsing import WrongFormula, read_stored
from salesplan.lib.fields import QuantityField

NAMES = KpiNames({1: "Revenue", 2: "Orders", 3: "Cost [net]", 4: "Zażółć"})
VALUES = {1: Decimal(1200), 2: Decimal(40), 3: Decimal("300.5"), 4: Decimal(0)}


def computed(text):
    return result_of(NAMES.read(text), VALUES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[Revenue] / [Orders]", 30),
        ("[revenue]/[ORDERS]*100", 3000),
        ("([Revenue] - [Cost [net]]]) / [Revenue] * 100", "74.9583"),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 4 - 3", 3),
        ("12 / 3 / 2", 2),
        ("-[Orders] + 50", 10),
        ("2 * -3", -6),
        ("1,5 + 1.5", 3),
        ("1 234,5 * 2", 2469),
        ("1,234.5 * 2", 2469),
        (".5 × 4 ÷ 2", 1),
        ("max([Revenue]; [Orders]; 7)", 1200),
        ("min([Revenue], 7)", 7),
        ("MAX(1,5; 2)", 2),
        ("abs([Orders] - [Revenue])", 1160),
        ("\n [Zażółć] \t+ 1 ", 1),
    ],
)
def test_a_formula_is_computed_as_it_is_read(text, value):
    assert computed(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("[Revenue] /", 12, "The formula ends too early"),
        ("[Revenue] [Orders]", 11, "“[Orders]” does not belong here"),
        ("[Revenue", 1, "The bracket that opens here is not closed"),
        ("([Revenue] + 1", 1, "The parenthesis that opens here is not closed"),
        ("[Revenue] + [Ordes]", 13, "There is no KPI “Ordes” in this plan. Did you mean [Orders]?"),
        ("[]", 1, "There is no KPI “”"),
        ("Revenue / 2", 1, "Names of KPIs stand in [brackets]"),
        ("__import__('os')", 1, "“_” does not belong here"),
        ("2 ** 3", 4, "“*” does not belong here"),
        ("#1 + 2", 1, "“#1” does not belong here"),
        ("1e309", 2, "“e” does not belong here"),
        ("NaN", 1, "“NaN” is unknown"),
        ("[Revenue] * 50 %", 16, "multiply by 100"),
        ("1.2.3", 1, "is not a number"),
        ("1234567890123456789", 1, "too long"),
        ("max(1,5)", 1, "write a semicolon between them"),
        ("abs(1; 2)", 1, "abs takes one value"),
        ("abs [Revenue]", 1, "comes a parenthesis"),
        ("(" * 30 + "1" + ")" * 30, 21, "too much within each other"),
        ("-" * 50 + "1", 21, "too much within each other"),
        ("+".join("1" * 61), 121, "at most 60 numbers and names"),
        ("1" + " " * 8000 + "+ 1", 8000, "at most 8000 characters"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, place, problem):
    with pytest.raises(WrongFormula) as wrong:
        NAMES.read(text)

    assert wrong.value.place == place
    assert problem in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("[Revenue] / [Zażółć]", Lack.ZERO),
        ("0 / 0", Lack.ZERO),
        ("[Revenue] * 99999999999999", Lack.RANGE),
        ("99999999999999 + .99999", Lack.RANGE),
        (" * ".join(["999999999999"] * 12), Lack.RANGE),
    ],
)
def test_what_has_no_result_says_why(text, lack):
    with pytest.raises(NoResult) as none:
        computed(text)

    assert none.value.lack == lack


def test_a_comma_between_thousands_is_read_as_the_reader_writes_it():
    with translation.override("pl"):
        polish = NAMES.read("1,234 + 0")

    assert result_of(polish, {}) == Decimal("1.234")
    assert computed("1,234 + 0") == 1234


def test_a_new_name_is_a_new_name_in_the_formula_too():
    kept = NAMES.stored("[revenue]  /[Cost [net]]] * 1,5")
    assert kept == "#1 / #3 * 1.5"

    renamed = KpiNames({1: "Sales ]", 3: "Cost"})

    assert renamed.written(kept) == "[Sales ]]] / [Cost] * 1.5"
    assert renamed.stored(renamed.written(kept)) == kept
    assert KpiNames({}).written(kept) == "[#1] / [#3] * 1.5"


def test_kpis_of_one_name_are_told_apart():
    names = KpiNames({1: "Revenue", 2: "revenue", 3: "Revenue #1"})

    with pytest.raises(WrongFormula, match="Several KPIs are called “Revenue”"):
        names.read("[Revenue] * 2")
    assert len(set(names.labels.values())) == 3
    for pk, label in names.labels.items():
        assert names.stored(f"[{label}]") == f"#{pk}"


# What nobody thought of

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NUMBERS = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False).map(Number)
LEAVES = NUMBERS | st.sampled_from([1, 2, 3, 4]).map(Term)


def _larger(nodes):
    calls = st.sampled_from(["min", "max"]).flatmap(
        lambda name: st.lists(nodes, min_size=2, max_size=3).map(lambda of: Call(name, tuple(of)))
    )
    pairs = st.builds(Pair, st.sampled_from("+-*/"), nodes, nodes)
    return pairs | st.builds(Minus, nodes) | calls | st.builds(lambda of: Call("abs", (of,)), nodes)


NODES = st.recursive(LEAVES, _larger, max_leaves=12)


@patient
@given(NODES)
def test_what_is_written_is_read_as_the_same(node):
    assert read_stored(stored(node)) == node
    assert NAMES.read(NAMES.written(stored(node))) == node
    with translation.override("pl"):
        assert NAMES.read(NAMES.written(stored(node))) == node


def _python(node, values):
    """The same by Python's own operators."""
    match node:
        case Number(value):
            return f"D('{value}')"
        case Term(kpi):
            return f"D('{values[kpi]}')"
        case Minus(of):
            return f"(-{_python(of, values)})"
        case Call(name, of):
            return f"{name}({', '.join(_python(each, values) for each in of)})"
        case Pair(sign, left, right):
            return f"({_python(left, values)} {sign} {_python(right, values)})"


@patient
@given(NODES)
def test_a_formula_comes_to_what_python_says(node):
    try:
        with localcontext(CONTEXT):
            expected = eval(_python(node, VALUES), {"D": Decimal, **FUNCTIONS}).quantize(PLACES)  # noqa: S307
    except (DivisionByZero, InvalidOperation, Overflow):
        expected = None
    if expected is not None and abs(expected) >= QuantityField.LIMIT:
        expected = None

    try:
        result = result_of(node, VALUES)
    except NoResult:
        result = None

    assert result == expected


@patient
@given(st.text(max_size=60) | st.text(alphabet="0123456789.,+-*/()[]#;:% minaxbsReuOd'", max_size=60))
def test_no_text_makes_it_fail(text):
    try:
        node = NAMES.read(text)
    except WrongFormula:
        return

    assert NAMES.read(NAMES.written(stored(node))) == node
    assert set(terms_of(node)) <= set(VALUES)
