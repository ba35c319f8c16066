"""Where the API is reached, and what it says of itself. Whoever asks first has it imported: pages start without."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


@csrf_exempt  # it takes no cookie: another site that makes a browser ask it has no token
@login_not_required  # the token says who asks
def api(request: HttpRequest, route: str) -> HttpResponse:
    from salesplan.api.v1 import answer  # pydantic costs a fifth of what everything else costs to start

    return answer(request, route)


@login_not_required  # what the API takes and gives is the same for everybody, and says nothing of anybody's data
@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    from salesplan.api.v1 import schema  # as above

    return JsonResponse(schema())


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    from salesplan.api.docs import operations  # as above

    site = request.build_absolute_uri("/").rstrip("/")
    return render(request, "api/docs.html", {"groups": operations(), "site": site})
