from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.plan.page import open_plan


@require_safe
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "base.html", {"plan": open_plan(request, pk)})
