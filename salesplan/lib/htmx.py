"""Answers in pieces: a whole page, or the one named part of it that HTMX asked for."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """What our views get: the middleware of django-htmx has been there before them."""

    htmx: HtmxDetails


def render_page(
    request: HtmxHttpRequest,
    template_name: str,
    context: dict,
    *,
    partials: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render `template_name`, or only the named partial HTMX targets.

    Each name in `partials` is at once an element id and a {% partialdef %} name. It is an allowlist:
    a header sent by the client never picks a template part the view did not offer.
    """
    target = request.htmx.target
    if target and target in partials:
        template_name = f"{template_name}#{target}"
    response = render(request, template_name, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


class SignedOutFragmentMiddleware:
    """Answer 401 to a fragment request of somebody whose session has ended, or is another's by now.

    A redirect would put the sign-in page where a cell was, and lose what she typed. The page keeps
    the input, offers to sign in, and sends the same request again (static/js/htmx-setup.js). It says
    for whom it was drawn: what waits on her device is not sent as the one who has signed in after her.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.htmx and not _is_hers(request) and getattr(view, "login_required", True):
            response = HttpResponse(status=401)
            response.headers["HX-Trigger"] = "session-expired"
            response.headers["X-Sign-In"] = reverse("account_login")
            return response
        return None


def _is_hers(request: HtmxHttpRequest) -> bool:
    person = request.headers.get("X-Person") or str(request.user.pk)
    return request.user.is_authenticated and person == str(request.user.pk)
