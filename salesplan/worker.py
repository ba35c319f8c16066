"""The script that lets a check-in be opened without a connection (static/js/worker.js, docs/decisions/0033)."""

from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@login_not_required  # the browser asks for it whoever is signed in; it is the same for everybody and holds no data
@cache_control(no_cache=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """At the root of the site: below /static/ it could answer for nothing else."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@cache
def _script() -> str:
    return (settings.BASE_DIR / "static" / "js" / "worker.js").read_text()
