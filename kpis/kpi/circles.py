"""What a formula over KPIs may name: nothing that is computed from its own KPI, and nothing read more rarely."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from django.utils.translation import gettext as _

from kpis.kpi.computing import is_finer
from kpis.kpi.models import Kpi


def circle_words(kpi: Kpi, named: Iterable[int], others: Mapping[int, Kpi]) -> str:
    """The way from `kpi` through the KPIs its formula is to name back to itself; empty where there is none."""
    graph = {pk: list(other.named) for pk, other in others.items()} | {kpi.pk: list(named)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        names = {pk: other.name for pk, other in others.items()} | {kpi.pk: kpi.name}
        # Each of them is an input of the one after it.
        way = " → ".join(names[pk] for pk in reversed(error.args[1]))
        return _("It would be computed from itself: %(way)s.") % {"way": way}
    return ""


def coarser_words(rhythm: str, named: Iterable[int], others: Mapping[int, Kpi]) -> str:
    """Which of the named KPIs are read more rarely than `rhythm`."""
    coarser = [others[pk] for pk in named if pk in others and is_finer(rhythm, others[pk].rhythm)]
    if not coarser:
        return ""
    kpis = ", ".join(f"“{kpi}” ({kpi.get_rhythm_display().lower()})" for kpi in coarser)
    return _("Read more rarely than the formula: %(kpis)s. Choose that rhythm, or a longer one.") % {"kpis": kpis}


def finer_words(kpi: Kpi, rhythm: str) -> str:
    """Which formulas could not name `kpi` any more if it had another rhythm."""
    users = [user for user in kpi.used_by() if is_finer(user.rhythm, rhythm)]
    if not users:
        return ""
    names = ", ".join(f"“{user}”" for user in users)
    return _("Computed from it more often than that: %(kpis)s. Change their rhythm first.") % {"kpis": names}
