"""What the kind of a KPI decides of its unit and its formulas; and which changes the values it has already allow."""

from typing import Any

from django.utils.translation import gettext as _

from kpis.kpi.models import Kpi

RATIO, COUNT = Kpi.Measure.RATIO, Kpi.Measure.COUNT
#: Values of these are of one sort: a number that somebody entered.
PLAIN = {Kpi.Measure.TOTAL, Kpi.Measure.LEVEL, COUNT}


def settle_kind(cleaned: dict[str, Any], before: Kpi | None) -> None:
    """Of a kind and a formula of a ratio that contradict each other, what was changed counts; the rest is emptied."""
    if cleaned.get("formula") and cleaned.get("measure") != RATIO:
        if before is None or cleaned["formula"] != before.formula:
            cleaned["measure"] = RATIO
        else:
            cleaned["formula"] = ""
    if cleaned.get("measure") not in Kpi.COMPUTED:
        cleaned["expression"] = ""
    if cleaned.get("formula") != Kpi.Formula.OWN:
        cleaned["upper"] = cleaned["lower"] = ""


def settle_unit(cleaned: dict[str, Any], currency: str) -> None:
    """The article's ratios are percentages, an average basket is money; one's own ratio is either by its unit."""
    formula = cleaned.get("formula")
    if formula == Kpi.Formula.AVERAGE_BASKET:
        if cleaned.get("unit") in {"", "%", None}:
            cleaned["unit"] = currency
    elif formula and formula != Kpi.Formula.OWN:
        cleaned["unit"] = "%"


def refused_kind(cleaned: dict[str, Any], before: Kpi) -> str:
    """Why a KPI with values cannot become one of this kind; empty when it can."""
    was, now = before.measure, cleaned.get("measure")
    if {was, now} <= PLAIN:
        if now == COUNT and was != COUNT and any(value % 1 for value in _values(before)):
            return _("Its values are not all whole numbers. Duplicate it to count from now on.")
        return ""
    if was != now and not (before.formula and now == RATIO):
        return _("It has values of its kind already. Duplicate it to measure in another way.")
    return ""


def refused_formula(cleaned: dict[str, Any], before: Kpi) -> str:
    if cleaned.get("measure") == RATIO and before.formula and cleaned.get("formula") != before.formula:
        return _("It has values of this formula already. Duplicate it to compute another one.")
    return ""


def refused_unit(cleaned: dict[str, Any], before: Kpi) -> str:
    """Another unit would be said of values that were entered under this one; another word for it need not be."""
    now = cleaned.get("unit", before.unit)
    if now == before.unit:
        return ""
    if before.formula == Kpi.Formula.OWN and "%" in {now, before.unit}:
        return _("Its values are computed with or without the percent sign: this cannot change. Duplicate it.")
    if cleaned.get("same_unit"):
        return ""
    problem = _(
        "Its values are in %(unit)s. Duplicate it to measure in another unit; "
        "or say below that only the word is another."
    )
    return problem % {"unit": before.unit or _("no unit")}


def _values(kpi: Kpi):
    return kpi.readings.exclude(value=None).values_list("value", flat=True)
