"""What a rule refuses although the role would allow it: said to whoever tried, wherever she tried."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise


class Refused(PermissionDenied):
    """Carries the sentence that says why. Its page is the one of 403; a part of a page gets it as a toast."""

    def __init__(self, words: str | Promise):
        super().__init__(words)


class RefusalMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception) -> HttpResponse | None:
        if not isinstance(exception, Refused) or not request.htmx:
            return None
        messages.error(request, str(exception))
        response = render(request, "frame/toasts_oob.html", status=409)
        response.headers["HX-Reswap"] = "none"
        return response
