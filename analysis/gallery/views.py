"""The gallery: a plan begins with what others begin with."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.tasks import TaskResultStatus
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_editable, get_visible
from accounts.models import Workspace
from analysis.gallery.catalogue import BLUEPRINTS
from analysis.gallery.forms import StartForm
from analysis.gallery.innovatech.plan import INNOVATECH
from analysis.gallery.innovatech.services import first_of_month
from analysis.gallery.services import start_plan
from analysis.gallery.tasks import open_example
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest


@require_safe
def gallery(request: HtmxHttpRequest) -> HttpResponse:
    return render(
        request, "analysis/gallery/gallery.html", {"blueprints": BLUEPRINTS.values(), "innovatech": INNOVATECH}
    )


@require_http_methods(["GET", "POST"])
def gallery_start(request: HtmxHttpRequest, key: str) -> HttpResponse:
    """What a template holds, and the few things to say before it becomes a plan."""
    if key not in BLUEPRINTS:
        raise Http404
    workspace, blueprint = my_workspace(request), BLUEPRINTS[key]
    initial = {
        "name": blueprint.name,
        "starts_on": first_of_month(timezone.localdate(), 1),
        "currency": workspace.currency,
    }
    form = StartForm(request.POST or None, initial=initial)
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("name", "starts_on", "currency")}
        plan = start_plan(blueprint, workspace=workspace, owner=request.user, ends_on=form.ends_on, **chosen)  # type: ignore[arg-type]
        return redirect("plans:objectives", pk=plan.pk)
    context = {"blueprint": blueprint, "form": form}
    return render(request, "analysis/gallery/start.html", context, status=422 if form.is_bound else 200)


@require_POST
def gallery_example(request: HtmxHttpRequest) -> HttpResponse:
    workspace = my_workspace(request)
    result = open_example.enqueue(request.user.pk, workspace.pk, translation.get_language())
    return redirect("analysis:gallery_progress", task=result.id)


@require_safe
def gallery_progress(request: HtmxHttpRequest, task: UUID) -> HttpResponse:
    """How far the example is: asks again every second, and leads to the plan when it is there."""
    try:
        result = open_example.get_result(str(task))
    except TaskResultDoesNotExist:
        raise Http404 from None
    if result.args[:1] != [request.user.pk]:
        raise Http404
    if result.status == TaskResultStatus.SUCCESSFUL:
        plan = get_visible(Plan.objects, request.user, pk=result.return_value)
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": plan.get_absolute_url()})
        return redirect(plan)
    failed = result.status == TaskResultStatus.FAILED
    template = "analysis/gallery/progress.html" + ("#example-progress" if request.htmx else "")
    return render(request, template, {"task": task, "failed": failed})


def my_workspace(request: HtmxHttpRequest) -> Workspace:
    """The workspace new plans go to: the one she works in, else her first; 403 where she may not draft plans."""
    mine = Workspace.objects.visible_to(request.user).order_by("name", "pk")
    workspace = mine.filter(pk=request.user.current_workspace_id).first() or mine.first()  # type: ignore[union-attr]
    if workspace is None:
        raise PermissionDenied
    return get_editable(Workspace.objects, request.user, pk=workspace.pk)
