"""The tile of one KPI as a picture of its own, in colours that print."""

import datetime as dt
from typing import Any

from kpis.dashboard.tiles import tile_of
from kpis.kpi.models import Kpi
from kpis.kpi.progress import progress_of
from plans.plan.models import Plan
from salesplan.templatetags.pictures import join_points, spark_points


def tile_picture(kpi: Kpi, plan: Plan, today: dt.date) -> dict[str, Any]:
    [progress] = progress_of(Kpi.objects.filter(pk=kpi.pk), today, plan=plan)
    line, pace = spark_points(progress.series, progress.pace_series)
    return {
        "plan": plan,
        "today": today,
        "tile": tile_of(progress),
        "line": join_points(line),
        "pace": join_points(pace),
        "dot": {"x": f"{line[-1][0]:g}", "y": f"{line[-1][1]:g}"} if line else None,
    }
