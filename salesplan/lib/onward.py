"""Where one goes when all is done: back to where one came from."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def onward(request: HttpRequest, default: str) -> str:
    """`next` of the form or of the address, where it is an address of ours; else `default`."""
    url = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else default
