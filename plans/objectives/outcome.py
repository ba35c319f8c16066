"""What a change comes to: the target and the day, or what is still missing, in words."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from plans.objectives.change import Change, Kind, parse_change
from plans.objectives.models import Direction, Measure, Objective

LIMIT = Decimal(10) ** 14
COUNTED = {Measure.COUNT, Measure.MILESTONES}


@dataclass(frozen=True)
class Outcome:
    baseline: Decimal | None = None
    target: Decimal | None = None
    deadline: dt.date | None = None
    #: How the amount was understood, for the sentence that shows it.
    kind: Kind | None = None
    #: What is wrong with the words: they cannot be kept like this.
    problem: str = ""
    #: What has to be known before the words become numbers.
    missing: str = ""


def outcome_of(objective: Objective, *, starts_on: dt.date, plan_end: dt.date) -> Outcome:
    """What `objective.ambition` comes to, counted from `starts_on`."""
    if not objective.ambition.strip():
        return Outcome(objective.baseline)
    change = parse_change(objective.ambition)
    if change.unread:
        return Outcome(objective.baseline, problem=unclear(change.unread))
    deadline, problem = _deadline(change, starts_on, plan_end)
    figures = _figures(change, objective)
    return replace(figures, deadline=deadline, problem=figures.problem or problem)


def unclear(text: str) -> str:
    return _("“%(text)s” is not clear. Write it like +15 %% by year end, +500 in six months, or 3 by quarter end.") % {
        "text": text[:60]
    }


def _deadline(change: Change, starts_on: dt.date, plan_end: dt.date) -> tuple[dt.date | None, str]:
    if change.due is None:
        return None, ""
    try:
        return change.due.day_from(starts_on, plan_end), ""
    except ValueError:
        return None, _("There is no such day. Write it like 30 June or 2026-06-30.")


def _figures(change: Change, objective: Objective) -> Outcome:
    kind = _resolved(change, objective)
    baseline = objective.baseline
    if baseline is None and objective.measure in COUNTED:
        baseline = Decimal(0)
    if change.amount is None:
        return Outcome(baseline)
    if kind != Kind.TO and baseline is None:
        return Outcome(kind=kind, missing=_("From what? Enter the baseline, and the target follows."))
    return _limited(baseline, _target(kind, change, baseline, objective), kind)


def _target(kind: Kind, change: Change, baseline: Decimal | None, objective: Objective) -> Decimal:
    amount = change.amount or Decimal(0)
    if kind == Kind.TO or baseline is None:
        return -amount if change.sign < 0 else amount
    sign = change.sign or (-1 if objective.direction == Direction.LESS else 1)
    return baseline + sign * (abs(baseline) * amount / 100 if kind == Kind.PERCENT else amount)


def _resolved(change: Change, objective: Objective) -> Kind:
    """A bare number adds to a count, and is the level to reach for everything else; so is a bare "85 %" of a rate."""
    if change.kind == Kind.PLAIN:
        return Kind.BY if objective.measure in COUNTED else Kind.TO
    if change.kind == Kind.PERCENT and not change.sign and objective.unit.strip() == "%":
        return Kind.TO
    return change.kind


def _limited(baseline: Decimal | None, target: Decimal, kind: Kind) -> Outcome:
    try:
        rounded = target.quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()
    except InvalidOperation:
        rounded = LIMIT
    if abs(rounded) >= LIMIT:
        return Outcome(baseline, kind=kind, problem=_("That is more than can be kept: at most 14 digits."))
    # Adding nothing makes 1E+3 a plain 1000.
    return Outcome(baseline, rounded + Decimal(0), kind=kind)
