"""What an action is expected to bring for what it costs (S6.2)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _


def roi(expected_return: Decimal | None, cost: Decimal) -> Decimal | None:
    """(return - cost) / cost: 1.5 is 150 %, 0 breaks even. None without a cost or without an expected return."""
    if expected_return is None or cost <= 0:
        return None
    return (expected_return - cost) / cost


@dataclass(frozen=True)
class ActionReturn:
    """An action with what it costs (its allocations) and what it is expected to bring."""

    pk: int
    title: str
    cost: Decimal
    expected_return: Decimal | None

    @property
    def roi(self) -> Decimal | None:
        return roi(self.expected_return, self.cost)

    @property
    def percent(self) -> int | None:
        return None if self.roi is None else round(100 * self.roi)

    @property
    def multiple(self) -> Decimal | None:
        """What comes back for each unit of money put in; 1 breaks even."""
        return None if self.roi is None else self.roi + 1

    @property
    def missing(self) -> str:
        """Why there is no ROI, in words."""
        lacks = (self.cost <= 0, self.expected_return is None)
        return {
            (True, True): _("No budget and no expected return yet"),
            (True, False): _("No budget allocated yet"),
            (False, True): _("No expected return yet"),
            (False, False): "",
        }[lacks]


@dataclass(frozen=True)
class Ranking:
    """Actions by ROI, the best first; those that cannot be ranked stand apart."""

    ranked: list[ActionReturn]
    unranked: list[ActionReturn]

    @property
    def bars(self) -> list[tuple[ActionReturn, str]]:
        """Each ranked action with the length of its bar."""
        return [(row, self._length(row.multiple or Decimal(0))) for row in self.ranked]

    @property
    def break_even(self) -> str:
        return self._length(Decimal(1))

    def _length(self, multiple: Decimal) -> str:
        """In percent of the longest bar; break-even always fits in."""
        longest = max([row.multiple for row in self.ranked if row.multiple is not None] + [Decimal(1)])
        return f"{100 * multiple / longest:.2f}%"

    @property
    def cost(self) -> Decimal:
        return sum((row.cost for row in self.ranked), Decimal(0))

    @property
    def expected_return(self) -> Decimal:
        return sum((row.expected_return or Decimal(0) for row in self.ranked), Decimal(0))

    @property
    def percent(self) -> int | None:
        whole = roi(self.expected_return, self.cost)
        return None if whole is None else round(100 * whole)


def rank(actions: list[ActionReturn]) -> Ranking:
    known = [action for action in actions if action.roi is not None]
    return Ranking(
        sorted(known, key=lambda action: (-(action.roi or 0), action.title)),
        [action for action in actions if action.roi is None],
    )
