"""How often links are asked. Nobody guesses 32 random bytes: these hold off load, so each process counts for itself."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from kpis.sharing.models import SharedLink
from salesplan.lib.memory import memory

MINUTE = 60
#: Of one link: 40 screens, which ask every five seconds, and those who read it.
MOST_OF_A_LINK = 600
#: Of one address on the net for links that are none: screens may still ask for one that has ended.
MOST_OF_NONE = 60


def asked_too_often(link: SharedLink) -> bool:
    return _count(f"shared-{link.pk}") > MOST_OF_A_LINK


def asked_for_none_too_often(request: HttpRequest) -> bool:
    return _count(f"shared-none-{get_adapter().get_client_ip(request)}") > MOST_OF_NONE


def _count(key: str) -> int:
    """How many times within a minute from the first."""
    memory.add(key, 0, MINUTE)
    try:
        return memory.incr(key)
    except ValueError:  # the minute was over between the two
        return 1
