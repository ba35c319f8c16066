"""The addresses of Salesplan, and one that does next to nothing: what every request costs anyway."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from salesplan.urls import urlpatterns as addresses


@login_not_required  # exists in benchmarks only
def trivial(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [*addresses, path("bench/trivial", trivial)]
