import datetime as dt

import pytest

from kpis.alerts.judging import judge_alerts
from kpis.models import Alert
from tests.factories import KpiFactory, ReadingFactory

#: A Wednesday; week 33 ended on the Sunday before.
TODAY = dt.date(2026, 8, 19)
NOW = dt.datetime(2026, 8, 19, 10, tzinfo=dt.UTC)
WEEK_33 = dt.date(2026, 8, 10)


def week(number: int) -> dt.date:
    return dt.date.fromisocalendar(2026, number, 1)


def fill(kpi, *values, last=33):
    """A value a week, the last of them in week `last`."""
    for number, value in zip(range(last - len(values) + 1, last + 1), values, strict=True):
        if value is not None:
            ReadingFactory(kpi=kpi, period=week(number), value=value)


@pytest.fixture
def leads(plan, mia):
    """A level that is expected to be 100 all along: at risk from 90, off track below."""
    return KpiFactory(plan=plan, owner=mia, name="Open leads", unit="leads", baseline=None, target=100)


@pytest.fixture
def judge(plan):
    def judge(days: int = 0, **kwargs):
        return judge_alerts(plan.pk, now=NOW + dt.timedelta(days=days), **kwargs)

    return judge


def open_alerts(rule: str = "") -> list[Alert]:
    alerts = Alert.objects.uncleared().select_related("plan__workspace").order_by("pk")
    return list(alerts.filter(rule=rule) if rule else alerts)
