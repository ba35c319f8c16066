"""The five kinds of objective, each as one could start from: guidance to read, and rows to insert."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.objectives.models import Measure
from plans.plan.models import Aim


@dataclass(frozen=True)
class Example:
    """`fields` are the objective's; `baseline` None where a count starts from nothing."""

    key: str
    title: Promise
    ambition: Promise
    aim: str
    measure: str
    #: Empty: the plan's currency.
    unit: str | Promise
    baseline: int | None
    description: Promise
    milestones: tuple[Promise, ...] = ()


EXAMPLES = (
    Example(
        "sales",
        _("Increase sales by 15 %"),
        _("+15 % by year end"),
        Aim.SALES,
        Measure.TOTAL,
        "",
        1_000_000,
        _("Invoiced sales without tax. Put last year's total in place of the example figure."),
    ),
    Example(
        "customers",
        _("Win 500 new customers"),
        _("+500 in six months"),
        Aim.MARKET,
        Measure.COUNT,
        _("customers"),
        None,
        _("Customers who buy for the first time within the period."),
    ),
    Example(
        "retention",
        _("Raise customer retention by 10 %"),
        _("+10 % in twelve months"),
        Aim.LOYALTY,
        Measure.RATIO,
        "%",
        80,
        _("Customers at the start of the period who are still customers at its end. Relative: 80 % becomes 88 %."),
    ),
    Example(
        "launches",
        _("Launch three new products"),
        _("3 by quarter end"),
        Aim.BRAND,
        Measure.MILESTONES,
        _("launches"),
        None,
        _("A product counts as launched when the first customer can order it."),
        (_("First product can be ordered"), _("Second product can be ordered"), _("Third product can be ordered")),
    ),
    Example(
        "basket",
        _("Increase the average basket by 20 %"),
        _("+20 % in nine months"),
        Aim.SALES,
        Measure.LEVEL,
        "",
        60,
        _("Value of an order without tax, averaged over a month."),
    ),
)
BY_KEY = {example.key: example for example in EXAMPLES}
