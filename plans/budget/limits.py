"""What a budget refuses, with the figures: nothing is moved or given away that is not there."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plans.budget.queries import ZERO, LineFigures
from salesplan.lib.money import format_money


class Overdrawn(ValidationError):
    """More is wanted than `free`; `short` is how much is missing."""

    def __init__(self, words: str, *, line: str, free: Decimal, wanted: Decimal, currency: str):
        self.free, self.short = free, wanted - free
        super().__init__(
            words
            % {
                "line": line,
                "free": format_money(free, currency),
                "wanted": format_money(wanted, currency),
                "short": format_money(self.short, currency),
            },
            code="overdrawn",
        )


def check_transfer(figures: LineFigures, amount: Decimal, *, currency: str) -> None:
    """Money leaves a line only while it is neither ordered, paid nor given to actions."""
    if amount > figures.free:
        words = _("%(line)s has %(free)s left, you want to move %(wanted)s.")
        raise Overdrawn(words, line=str(figures.line), free=figures.free, wanted=amount, currency=currency)


def check_planned(figures: LineFigures, planned: Decimal, *, currency: str) -> None:
    """A plan may always grow; it shrinks by no more than is free."""
    cut = figures.planned - planned
    if cut > figures.free:
        words = _(
            "Of %(line)s %(free)s can be cut, you want to cut %(wanted)s: the rest is allocated, ordered or paid."
        )
        raise Overdrawn(words, line=str(figures.line), free=figures.free, wanted=cut, currency=currency)


def check_allocation(figures: LineFigures, amount: Decimal, *, before: Decimal, currency: str) -> None:
    """`before` is what the action has from this line already. Giving less is always right."""
    free = max(figures.unallocated + before, ZERO)
    if amount > before and amount > free:
        words = _("%(line)s has %(free)s to give, you want to give %(wanted)s: %(short)s too much.")
        raise Overdrawn(words, line=str(figures.line), free=free, wanted=amount, currency=currency)
