"""What somebody without a plan is told of the seven steps: what each asks, and how long it takes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from plans.plan.steps import STEPS, Step

#: Heights of the lines behind the sketch of a plan.
SKETCH_LINES = (60, 140, 220, 300)


@dataclass(frozen=True)
class FirstStep:
    step: Step
    asks: str | Promise
    takes: str | Promise


def minutes(number: int) -> str | Promise:
    return ngettext_lazy("%(count)d min", "%(count)d min", number) % {"count": number}


FIRST_STEPS = [
    FirstStep(step, asks, takes)
    for step, asks, takes in zip(
        STEPS,
        (
            _("What you know: market, competitors, SWOT"),
            _("What success is, in numbers and a date"),
            _("Who owns what"),
            _("Which customers first"),
            _("How you will win them"),
            _("What it costs, who does it by when"),
            _("Weekly KPIs and reviews"),
        ),
        (minutes(10), minutes(5), minutes(3), minutes(5), minutes(7), minutes(10), _("runs by itself")),
        strict=True,
    )
]
