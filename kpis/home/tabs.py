"""The questions a home page answers, and whose they are."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import EVERYONE, MANAGERS, STEERERS, Role

MINE, OFF, GOALS = "mine", "off", "goals"


@dataclass(frozen=True)
class Tab:
    key: str
    title: str | Promise
    roles: frozenset[str]

    @property
    def url(self) -> str:
        return reverse("kpis:home", query={"show": self.key})


TABS = [
    Tab(MINE, _("What I owe"), EVERYONE),
    Tab(OFF, _("What is off"), MANAGERS),
    Tab(GOALS, _("Will we make it"), MANAGERS | {Role.VIEWER}),
]


def tabs_for(role: str) -> list[Tab]:
    return [tab for tab in TABS if role in tab.roles]


def tab_asked(asked: str, role: str) -> str:
    """The one named in the address; without a name, or with one nobody knows, what her role comes for."""
    tab = next((tab for tab in TABS if tab.key == asked), None)
    if tab is None:
        return _first_of(role)
    if role not in tab.roles:
        raise PermissionDenied
    return tab.key


def _first_of(role: str) -> str:
    """A viewer owes nothing: what she comes for is whether it goes well."""
    if role in STEERERS or role == Role.VIEWER:
        return GOALS
    return OFF if role in MANAGERS else MINE
