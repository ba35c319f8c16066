"""An objective's figures in words, as pages and previews show them."""

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.objectives.models import Direction, Measure, Objective
from plans.plan.models import Plan
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import with_plus

COUNTED = {Measure.COUNT, Measure.MILESTONES}


def figures_in_words(objective: Objective) -> str:
    """from 1,670,000 € to 1,920,500 € by 31 December 2026; with what is known of it, or nothing."""
    parts = [way_in_words(objective)]
    if objective.deadline:
        parts.append(_("by %(day)s") % {"day": date_format(objective.deadline)})
    return " ".join(part for part in parts if part)


def way_in_words(objective: Objective) -> str:
    unit = objective.unit
    if objective.direction == Direction.WITHIN:
        if objective.band_low is None or objective.band_high is None:
            return ""
        ends = {"low": format_quantity(objective.band_low, unit), "high": format_quantity(objective.band_high, unit)}
        return _("between %(low)s and %(high)s") % ends
    if objective.target is None:
        return ""
    target = format_quantity(objective.target, unit)
    if objective.baseline is None or (objective.measure in COUNTED and not objective.baseline):
        return target
    return _("from %(baseline)s to %(target)s") % {
        "baseline": format_quantity(objective.baseline, unit),
        "target": target,
    }


def change_in_words(objective: Objective) -> str:
    """+15%, +10 pt for a rate, +500 customers where there is no percentage to speak of."""
    if objective.baseline is None or objective.target is None or objective.direction == Direction.WITHIN:
        return ""
    change = objective.target - objective.baseline
    if objective.unit.strip() == "%":
        return with_plus(format_quantity(change, _("pt")), change)
    if not objective.baseline or objective.measure in COUNTED:
        return with_plus(format_quantity(change, objective.unit), change)
    percent = round(100 * change / abs(objective.baseline), 1)
    return with_plus(format_quantity(percent, "%"), percent)


def points_in_words(objective: Objective, percent: Decimal) -> str:
    """Of a rate: what a percentage comes to, and what as many points would be."""
    if objective.baseline is None or objective.target is None:
        return ""
    sign = -1 if objective.target < objective.baseline else 1
    return _("%(percent)s of %(baseline)s is %(points)s. As percentage points, write %(example)s: %(other)s.") % {
        "percent": format_quantity(percent, "%"),
        "baseline": format_quantity(objective.baseline, "%"),
        "points": format_quantity(abs(objective.target - objective.baseline), _("pt")),
        "example": with_plus(format_quantity(sign * percent, _("pt")), sign),
        "other": format_quantity(objective.baseline + sign * percent, "%"),
    }


def warnings_of(objective: Objective, plan: Plan) -> list[str]:
    """What is allowed and yet looks like a slip."""
    found = []
    baseline, target = objective.baseline, objective.target
    if baseline is not None and target is not None:
        if objective.direction == Direction.MORE and target < baseline:
            found.append(_("More is better, yet the target lies below the baseline."))
        if objective.direction == Direction.LESS and target > baseline:
            found.append(_("Less is better, yet the target lies above the baseline."))
    return found + _dates_outside(objective, plan)


def _dates_outside(objective: Objective, plan: Plan) -> list[str]:
    period = {"first": date_format(plan.starts_on), "last": date_format(plan.ends_on)}
    found = []
    if objective.deadline and not plan.starts_on <= objective.deadline <= plan.ends_on:
        found.append(_("The deadline lies outside the plan, which runs from %(first)s to %(last)s.") % period)
    if objective.starts_on and not plan.starts_on <= objective.starts_on <= plan.ends_on:
        found.append(_("The start lies outside the plan, which runs from %(first)s to %(last)s.") % period)
    return found
