"""The past of a KPI's definition; which actions move it stands in theirs."""

from django.utils.translation import gettext as _

from kpis.kpi.models import Kpi
from plans.history.states import State
from plans.history.views import HistoryViews


def keep(kpi: Kpi, state: State, _gone: set[str]) -> dict[str, str]:
    """Values belong to weeks, months or quarters: a KPI that has some keeps its rhythm."""
    if "rhythm" in state.values and kpi.readings.exists():
        return {"rhythm": _("It has values by its rhythm already, so this stays as it is.")}
    return {}


kpi_past = HistoryViews(Kpi, keep=keep)
