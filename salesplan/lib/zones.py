"""What time it is in a country."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone


def zone_of(country: str, now: dt.datetime) -> dt.tzinfo:
    """The time zone of a country, by its ISO code; where its clocks differ, or it is not said, the installation's."""
    # Only the worker asks, and it takes a while to read.
    from babel.core import get_global

    zones = [ZoneInfo(name) for name in get_global("territory_zones").get(country, ())]
    agree = len({now.astimezone(zone).utcoffset() for zone in zones}) == 1
    return zones[0] if agree else timezone.get_default_timezone()
