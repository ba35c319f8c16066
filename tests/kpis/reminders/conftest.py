import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.factories import KpiFactory
from tests.mailing import letters  # noqa: F401 - a fixture

WARSAW = ZoneInfo("Europe/Warsaw")
#: The check-in is on Monday at nine, and asks for the week before.
WEEK_34 = dt.date(2026, 8, 17)
FRIDAY = dt.datetime(2026, 8, 21, 9, 5, tzinfo=WARSAW)
MONDAY = dt.datetime(2026, 8, 24, 9, tzinfo=WARSAW)


@pytest.fixture
def kpi(plan, mia):
    return KpiFactory(plan=plan, owner=mia, name="Qualified leads", unit="leads", baseline=30, target=50)
