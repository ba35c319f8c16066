"""The calendar under a run chart."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import override

from kpis.kpi.charts import run_chart
from kpis.kpi.track import Track
from tests.factories import KpiFactory


def calendar(first, last, narrow=False):
    track = Track(first, last, target=Decimal(10), baseline=Decimal(0))
    layout = run_chart(KpiFactory.build(), track, {first: Decimal(1)}, today=first, says="").figure["layout"]
    return (layout["meta"]["narrow"] if narrow else layout)["xaxis"]


def test_each_month_has_its_name_and_the_first_its_year():
    axis = calendar(dt.date(2026, 1, 5), dt.date(2026, 12, 27))

    assert axis["ticktext"][:3] == ["Jan 2026", "Feb", "Mar"]
    assert axis["tickvals"][1] == "2026-02-01"
    assert len(axis["ticktext"]) == 12


def test_on_a_phone_there_is_room_for_four():
    axis = calendar(dt.date(2026, 1, 5), dt.date(2026, 12, 27), narrow=True)

    assert axis["ticktext"] == ["Jan 2026", "Apr", "Jul", "Oct"]


def test_many_years_stay_legible():
    assert len(calendar(dt.date(2024, 1, 1), dt.date(2027, 12, 26))["ticktext"]) == 12


def test_months_are_named_in_the_readers_language():
    with override("pl"):
        axis = calendar(dt.date(2026, 1, 5), dt.date(2026, 12, 27))

    assert axis["ticktext"][:2] == ["sty 2026", "lut"]
