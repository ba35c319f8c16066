"""What needs all the items of a plan at once: copying it whole, and its bin."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plans.items.bin import BIN_DAYS
from plans.items.models import BinnedItem
from plans.items.plan_forms import DuplicatePlanForm
from plans.items.services import duplicate_plan
from plans.plan.page import open_plan, steer_plan
from plans.plan.queries import just_made
from salesplan.lib.htmx import HtmxHttpRequest


@require_http_methods(["GET", "POST"])
def plan_duplicate(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = steer_plan(request, pk)
    form = DuplicatePlanForm(request.POST or None, plan=plan)
    if form.is_valid():
        wanted = form.cleaned_data
        copy = just_made(plan.workspace, request.user, **wanted) or duplicate_plan(plan, owner=request.user, **wanted)
        messages.success(request, _("“%(plan)s” is made, with every date moved") % {"plan": copy})
        return redirect("plans:plan_edit", copy.pk)
    context = {"plan": plan, "form": form}
    return render(request, "plans/items/plan_duplicate.html", context, status=422 if form.is_bound else 200)


@require_safe
def bin_list(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    lately = timezone.now() - dt.timedelta(days=BIN_DAYS)
    items = list(BinnedItem.objects.in_plan(plan).filter(deleted_at__gte=lately).select_related("deleted_by"))
    items.sort(key=lambda item: item.deleted_at, reverse=True)
    shown = [item for item in items if item.is_shown_to(request.user)]
    rows = [(item, item.kind._meta.verbose_name, plan.lets(plan.my_role, item.kind)) for item in shown]
    return render(request, "plans/items/bin.html", {"plan": plan, "rows": rows})
