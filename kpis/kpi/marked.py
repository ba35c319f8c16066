"""Periods whose value has a story: it was corrected, or somebody wrote a note beside it."""

import datetime as dt

from kpis.kpi.models import Kpi


def marked_periods(kpi: Kpi) -> set[dt.date]:
    """One query."""
    readings = kpi.readings.order_by().exclude(note="").values_list("period")
    changes = kpi.readings.model.history.order_by().filter(kpi_id=kpi.pk, history_type="~").values_list("period")
    return {period for (period,) in readings.union(changes).order_by()}
