"""Ratios, computed from what is entered (S7.1): the article's three in percent, the average basket, and one's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from salesplan.lib.fields import QuantityField

HUNDRED, ONE = Decimal(100), Decimal(1)
#: As precise as one reads a percentage or an amount of money, and as precise as any value is stored.
_PLACES, _ALL_PLACES = Decimal("0.01"), Decimal("0.0001")


@dataclass(frozen=True)
class Input:
    """A number that is entered; `name` is its key in Reading.inputs."""

    name: str
    label: str | Promise
    #: A loss divided by sales is a ratio all the same.
    may_be_negative: bool = False


@dataclass(frozen=True)
class Computed:
    """A value, or in words why there is none. `right` says that the numbers are worth keeping all the same."""

    value: Decimal | None
    reason: str | Promise = ""
    right: bool = True


class Rated(Protocol):
    """What a KPI says of its ratio."""

    formula: str
    unit: str
    upper: str
    lower: str


@dataclass(frozen=True)
class Formula:
    key: str
    label: str | Promise
    words: str | Promise
    inputs: tuple[Input, ...]
    #: Numerator and denominator of the share.
    parts: Callable[[Mapping[str, Decimal]], tuple[Decimal, Decimal]]
    without: str | Promise
    #: Times what the quotient is shown: a hundred for a percentage.
    times: Decimal = HUNDRED
    places: Decimal = _PLACES

    def compute(self, inputs: Mapping[str, Decimal | None]) -> Computed:
        """No value when an input is missing or below zero, or when it would divide by zero."""
        known = {entry.name: value for entry in self.inputs if (value := inputs.get(entry.name)) is not None}
        if len(known) < len(self.inputs):
            return Computed(None, _("Enter all the numbers it is computed from."), right=False)
        if any(known[entry.name] < 0 for entry in self.inputs if not entry.may_be_negative):
            return Computed(None, _("These numbers cannot be below zero."), right=False)
        upper, lower = self.parts(known)
        if lower == 0:
            return Computed(None, self.without)
        if self.key == "retention" and upper < 0:
            words = _("There cannot be more new customers than customers at the end.")
            return Computed(None, words, right=False)
        value = (upper / lower * self.times).quantize(self.places)
        if abs(value) >= QuantityField.LIMIT:
            return Computed(None, _("The result is too large. Check the numbers."), right=False)
        return Computed(value)


FORMULAS: dict[str, Formula] = {
    formula.key: formula
    for formula in (
        Formula(
            "lead_conversion",
            _("Lead conversion rate"),
            _("converted leads / leads"),
            (Input("converted", _("Converted leads")), Input("leads", _("Leads"))),
            lambda given: (given["converted"], given["leads"]),
            _("No leads in this period, so there is no rate."),
        ),
        Formula(
            "retention",
            _("Customer retention rate"),
            _("(customers at the end - new customers) / customers at the start"),
            (
                Input("at_start", _("Customers at the start")),
                Input("at_end", _("Customers at the end")),
                Input("new", _("New customers")),
            ),
            lambda given: (given["at_end"] - given["new"], given["at_start"]),
            _("No customers at the start of this period, so there is nobody to retain."),
        ),
        Formula(
            "ad_roi",
            _("Advertising ROI"),
            _("(return - cost) / cost"),
            (Input("gain", _("Return from advertising")), Input("cost", _("Cost of advertising"))),
            lambda given: (given["gain"] - given["cost"], given["cost"]),
            _("No cost in this period, so there is no return on it."),
        ),
        Formula(
            "average_basket",
            _("Average basket"),
            _("revenue / orders"),
            (Input("revenue", _("Revenue")), Input("orders", _("Orders"))),
            lambda given: (given["revenue"], given["orders"]),
            _("No orders in this period, so there is no basket."),
            times=ONE,
        ),
    )
}
OWN = "own"


def formula_of(kpi: Rated) -> Formula | None:
    """How the value of a ratio comes of its inputs; None of every other KPI."""
    return _own(kpi) if kpi.formula == OWN else FORMULAS.get(kpi.formula)


def _own(kpi: Rated) -> Formula:
    return Formula(
        OWN,
        _("A ratio of one's own"),
        f"{kpi.upper} / {kpi.lower}",
        (Input("upper", kpi.upper, may_be_negative=True), Input("lower", kpi.lower)),
        lambda given: (given["upper"], given["lower"]),
        format_lazy(_("“{lower}” is zero in this period, so there is no ratio."), lower=kpi.lower),
        times=HUNDRED if kpi.unit == "%" else ONE,
        places=_PLACES if kpi.unit == "%" else _ALL_PLACES,
    )
