"""KPIs in a formula: kept by their ids, read and typed by their names in brackets."""

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.apps import apps
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from kpis.kpi.expression import Node, stored, written
from kpis.kpi.parsing import WrongFormula, read_stored, read_typed
from salesplan.lib.memory import memory

KEPT_SECONDS = 3600


class KpiNames:
    """Of the KPIs of one plan, in their order. Where two have one name, their ids tell them apart: Revenue #12."""

    def __init__(self, names: Mapping[int, str]):
        self._names = {pk: " ".join(name.split()) for pk, name in names.items()}
        self.labels = _apart(self._names)
        self._ids = {label.casefold(): pk for pk, label in self.labels.items()}

    def in_brackets(self, pk: int) -> str:
        return bracketed(self.labels.get(pk, f"#{pk}"))

    def written(self, expression: str) -> str:
        """What is kept, as people read and type it; any other text as it is."""
        try:
            node = read_stored(expression)
        except WrongFormula:
            return expression
        return written(node, term=self.in_brackets, number=_as_typed)

    def read(self, text: str) -> Node:
        """What somebody has typed; WrongFormula says what is wrong, and where."""
        return read_typed(text, self._find)

    def stored(self, text: str) -> str:
        return stored(self.read(text))

    def _find(self, name: str, place: int) -> int:
        if (pk := self._ids.get(name.casefold())) is not None:
            return pk
        same = [self.in_brackets(pk) for pk, other in self._names.items() if other.casefold() == name.casefold()]
        if same:
            words = {"name": name, "choices": ", ".join(same)}
            raise WrongFormula(_("Several KPIs are called “%(name)s”: write %(choices)s.") % words, place)
        problem = _("There is no KPI “%(name)s” in this plan.") % {"name": name}
        if near := difflib.get_close_matches(name.casefold(), self._ids, n=1):
            problem += " " + _("Did you mean %(name)s?") % {"name": self.in_brackets(self._ids[near[0]])}
        raise WrongFormula(problem, place)


def names_in(plan_id: int, clock: dt.datetime) -> KpiNames:
    """Kept until the plan's clock ticks."""
    key = f"kpi-names-{plan_id}-{clock.timestamp()}"
    names = memory.get(key)
    if names is None:
        kpis = apps.get_model("kpis", "Kpi")._default_manager.filter(plan=plan_id).order_by("position", "pk")
        names = dict(kpis.values_list("pk", "name"))
        memory.set(key, names, KEPT_SECONDS)
    return KpiNames(names)


def bracketed(name: str) -> str:
    return f"[{name.replace(']', ']]')}]"


def _apart(names: Mapping[int, str]) -> dict[int, str]:
    labels = dict(names)
    while shared := _shared(labels.values()):
        labels = {pk: f"{label} #{pk}" if label.casefold() in shared else label for pk, label in labels.items()}
    return labels


def _shared(labels: Iterable[str]) -> set[str]:
    counts = Counter(label.casefold() for label in labels)
    return {label for label, count in counts.items() if count > 1}


def _as_typed(number: Decimal) -> str:
    """Without marks between thousands, which a reader could take for a decimal mark."""
    return f"{number:f}".replace(".", get_format("DECIMAL_SEPARATOR"))
