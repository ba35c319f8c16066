"""How often something public may be done from one place."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600


def allow(key: str, *, times: int, per: int = HOUR) -> bool:
    """Whether `key` may act once more; it may `times` in every `per` seconds.

    Counted in the cache: with several server processes and no shared cache each counts for itself.
    """
    name = f"limit-{key}"
    cache.add(name, 0, per)
    try:
        return cache.incr(name) <= times
    except ValueError:
        # It ran out between the two calls: a new period has begun.
        cache.add(name, 1, per)
        return True


def client_address(request: HttpRequest) -> str:
    """Behind the proxy that ends HTTPS, the address it has seen: the last one of the header."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
