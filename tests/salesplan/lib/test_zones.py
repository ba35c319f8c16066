import datetime as dt

import pytest
from django.utils import timezone

from salesplan.lib.zones import zone_of

NOW = dt.datetime(2026, 9, 30, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(("country", "hours"), [("PL", 2), ("FI", 3), ("GB", 1), ("DE", 2), ("JP", 9)])
def test_a_country_has_its_time(country, hours):
    assert NOW.astimezone(zone_of(country, NOW)).utcoffset() == dt.timedelta(hours=hours)


@pytest.mark.parametrize("country", ["", "US", "ES", "ZZ"])
def test_where_clocks_differ_or_nothing_is_known_it_is_the_installations(country):
    assert zone_of(country, NOW) == timezone.get_default_timezone()
