"""The token of a page's forms."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString


def one_token(request: HttpRequest) -> dict[str, Any]:
    """Context processor: one token a page. Django masks anew, and twice, for each form, and a check-in has dozens."""
    return {"csrf_token": SimpleLazyObject(lambda: SafeString(get_token(request)))}
