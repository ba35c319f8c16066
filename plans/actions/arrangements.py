"""The ways to lay out the same actions, and what each of them draws from."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from plans.actions.address import option_of
from plans.actions.filters import ActionFilter
from plans.actions.models import Action
from plans.plan.models import Plan


@dataclass(frozen=True)
class Viewing:
    """Who looks at which actions today; every view draws from the same."""

    plan: Plan
    user: Any
    query: QueryDict
    today: dt.date
    found: ActionFilter = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "found", ActionFilter(self.query, plan=self.plan, today=self.today))

    @property
    def option(self) -> str:
        return option_of(self.query)

    @property
    def sort(self) -> str:
        return self.query.get("sort", "")

    @property
    def can_edit(self) -> bool:
        return self.plan.lets(self.plan.my_role, Action)


@dataclass(frozen=True)
class Amount:
    """How many actions a view shows, of how many that pass the filters."""

    shown: int
    total: int


@dataclass(frozen=True)
class Arrangement:
    """One entry of the switch. Without a template it is the table, which stands in the page itself.

    `script` is for everybody, `scripts` for those who may change something. What is fetched when one comes to the end
    of the rows is the partial `action-more` of the template.
    """

    key: str
    label: str | Promise
    icon: str
    context: Callable[[Viewing], dict[str, Any]]
    template: str = ""
    style: str = ""
    script: str = ""
    scripts: tuple[str, ...] = ()
