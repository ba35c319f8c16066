from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import get_editable
from kpis.snapshots.forms import SnapshotForm
from kpis.snapshots.models import Snapshot
from kpis.snapshots.queries import snapshots_of
from kpis.snapshots.services import delete_snapshot, take_snapshot
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
def snapshots(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """All that were taken of the plan, and the form that takes another."""
    plan = open_plan(request, pk)
    may_take = plan.lets(plan.my_role, Snapshot)
    if request.method == "POST" and not may_take:
        raise PermissionDenied
    form = SnapshotForm(request.POST if request.method == "POST" else None, plan=plan) if may_take else None
    if form is not None and form.is_valid():
        taken = take_snapshot(plan, request.user, form.cleaned_data["name"], uid=form.cleaned_data["uid"])
        messages.success(request, _("“%(name)s” is kept") % {"name": taken.name})
        return redirect("kpis:snapshots", plan.pk)
    context = {"plan": plan, "form": form, "snapshots": snapshots_of(plan)}
    return render(request, "kpis/snapshots/snapshots.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def snapshot_delete(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Asked once more, for it cannot be taken again; only who steers the plan deletes what it was."""
    snapshot = get_editable(Snapshot.objects.defer("state"), request.user, pk=pk)
    plan = open_plan(request, snapshot.plan_id)
    if not plan.i_steer:
        raise PermissionDenied
    if request.method == "POST":
        delete_snapshot(snapshot)
        messages.success(request, _("“%(name)s” is deleted") % {"name": snapshot.name})
        return redirect("kpis:snapshots", plan.pk)
    return render(request, "kpis/snapshots/snapshot_delete.html", {"plan": plan, "snapshot": snapshot})
