"""Time zones by their IANA names, as browsers and operating systems call them: Europe/Warsaw."""

import datetime as dt
import zoneinfo
from functools import lru_cache

from django.utils import timezone

LONGEST = 64
#: What comes before the city. Other names stand for no place, or are old names of the same.
_REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def zone_named(*names: str) -> dt.tzinfo:
    """The first of them that says something; where none does, the installation's."""
    for name in filter(None, names):
        try:
            return zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # stored by a machine that knew it
            continue
    return timezone.get_default_timezone()


@lru_cache(maxsize=1)
def zone_choices() -> list[tuple[str, str]]:
    """(Name, name as people read it), in alphabetical order."""
    names = sorted(name for name in zoneinfo.available_timezones() if name.startswith(tuple(f"{r}/" for r in _REGIONS)))
    return [(name, name.replace("_", " ")) for name in [*names, "UTC"]]


def is_zone(name: str) -> bool:
    return name in dict(zone_choices())


def zone_name_of(country: str, now: dt.datetime) -> str:
    """The time zone of a country, by its ISO code; nothing where its clocks differ, or it is not known."""
    # Only where a company is made: it takes a while to read.
    from babel.core import get_global

    names = get_global("territory_zones").get(country, ())
    offsets = {now.astimezone(zoneinfo.ZoneInfo(name)).utcoffset() for name in names}
    return names[0] if len(offsets) == 1 else ""
