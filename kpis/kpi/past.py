"""The past of a KPI's definition; which actions move it stands in theirs."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kpis.kpi.circles import circle_words, coarser_words, finer_words
from kpis.kpi.models import Kpi
from plans.history.states import State
from plans.history.views import HistoryViews

#: What the values of a KPI are values of.
OF_VALUES = ("rhythm", "unit", "measure", "formula")
OF_FORMULA = ("measure", "rhythm", "expression")


def keep(kpi: Kpi, state: State, _gone: set[str]) -> dict[str, str]:
    """Values belong to a rhythm, a unit and a kind of measure: a KPI that has some keeps these. A formula goes back to
    what it was where it still can be computed."""
    reasons = {}
    if set(OF_VALUES) & {*state.values} and kpi.readings.exists():
        stays = _("It has values of its kind already, so this stays as it is.")
        reasons = {name: stays for name in OF_VALUES if name in state.values}
    if {"rhythm", "expression", "measure"} & {*state.values}:
        reasons |= _reasons_of_formula(kpi, state, reasons)
    return reasons


def _reasons_of_formula(kpi: Kpi, state: State, kept: Iterable[str]) -> dict[str, str]:
    """A formula, its kind and its rhythm stay together where one of them cannot be had."""
    then = Kpi(pk=kpi.pk, plan=kpi.plan, name=kpi.name)
    for name in OF_FORMULA:
        setattr(then, name, getattr(kpi, name) if name in kept else state.values.get(name, getattr(kpi, name)))
    others = {other.pk: other for other in Kpi.objects.filter(plan=kpi.plan_id).exclude(pk=kpi.pk)}
    reason = finer_words(kpi, then.rhythm) if then.rhythm != kpi.rhythm else ""
    if then.is_computed:
        gone = [pk for pk in then.named if pk not in others and pk != kpi.pk]
        reason = reason or (_("A KPI that the formula names has been deleted.") if gone else "")
        reason = reason or circle_words(kpi, then.named, others) or coarser_words(then.rhythm, then.named, others)
    return dict.fromkeys((name for name in OF_FORMULA if name in state.values), reason) if reason else {}


kpi_past = HistoryViews(Kpi, keep=keep)
