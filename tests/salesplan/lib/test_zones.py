import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from salesplan.lib.zones import is_zone, zone_choices, zone_name_of, zone_named

NOW = dt.datetime(2026, 9, 30, 12, tzinfo=dt.UTC)


def test_the_first_name_that_says_something_counts():
    assert zone_named("Asia/Tokyo", "Europe/Helsinki") == ZoneInfo("Asia/Tokyo")
    assert zone_named("", "Europe/Helsinki") == ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize("name", ["", "Europe/Atlantis", "../etc/passwd", "Europe"])
def test_where_nothing_is_said_or_known_it_is_the_installations(name):
    assert zone_named(name) == timezone.get_default_timezone()


def test_places_are_offered_and_old_names_are_not():
    offered = dict(zone_choices())

    assert offered["America/New_York"] == "America/New York"
    assert "UTC" in offered
    assert not {"EST5EDT", "Etc/GMT+1", "posixrules", "Poland"} & set(offered)
    assert list(offered)[:-1] == sorted(list(offered)[:-1])


def test_what_browsers_call_by_its_old_name_is_known():
    assert is_zone("Asia/Calcutta")
    assert not is_zone("Europe/Atlantis")


@pytest.mark.parametrize(("country", "hours"), [("PL", 2), ("FI", 3), ("GB", 1), ("DE", 2), ("JP", 9)])
def test_a_country_has_its_time(country, hours):
    assert NOW.astimezone(ZoneInfo(zone_name_of(country, NOW))).utcoffset() == dt.timedelta(hours=hours)


@pytest.mark.parametrize("country", ["", "US", "ES", "ZZ"])
def test_where_clocks_differ_or_nothing_is_known_a_country_has_none(country):
    assert zone_name_of(country, NOW) == ""
