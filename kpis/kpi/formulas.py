"""The article's three measures, computed from what is entered (S7.1). All three are percentages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HUNDRED = Decimal(100)
#: As precise as one reads a percentage.
_PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Input:
    """A number that is entered; `name` is its key in Reading.inputs."""

    name: str
    label: str | Promise


@dataclass(frozen=True)
class Computed:
    """A value, or in words why there is none."""

    value: Decimal | None
    reason: str | Promise = ""


@dataclass(frozen=True)
class Formula:
    key: str
    label: str | Promise
    words: str | Promise
    inputs: tuple[Input, ...]
    #: Numerator and denominator of the share.
    parts: Callable[[Mapping[str, Decimal]], tuple[Decimal, Decimal]]
    without: str | Promise

    def compute(self, inputs: Mapping[str, Decimal | None]) -> Computed:
        """In percent. No value when an input is missing or below zero, or when it would divide by zero."""
        known = {entry.name: value for entry in self.inputs if (value := inputs.get(entry.name)) is not None}
        if len(known) < len(self.inputs):
            return Computed(None, _("Enter all the numbers it is computed from."))
        if any(value < 0 for value in known.values()):
            return Computed(None, _("These numbers cannot be below zero."))
        upper, lower = self.parts(known)
        if lower == 0:
            return Computed(None, self.without)
        if self.key == "retention" and upper < 0:
            return Computed(None, _("There cannot be more new customers than customers at the end."))
        return Computed((upper / lower * HUNDRED).quantize(_PLACES))


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
    )
}
