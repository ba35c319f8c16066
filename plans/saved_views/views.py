"""Views of the actions are saved, renamed, shared, chosen as one's default and deleted."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable, get_visible
from plans.plan.page import open_plan
from plans.saved_views.forms import SavedViewForm
from plans.saved_views.models import QUERY_LENGTH, SavedView
from plans.saved_views.services import choose_default, delete_view, leave_default
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.quicker import when_quicker

TEMPLATE = "plans/saved_views/saved_view_form.html"


@require_http_methods(["GET", "POST"])
@when_quicker
def savedview_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The query of its address is what is saved."""
    plan = open_plan(request, pk)
    query = request.GET.urlencode()
    back = f"{reverse('plans:actions', args=[plan.pk])}?{query}"
    if len(query) > QUERY_LENGTH:
        messages.error(request, _("This view has too many filters to be saved. Take some away."))
        return HttpResponseRedirect(back)
    form = SavedViewForm(request.POST or None, plan=plan, owner=request.user, instance=SavedView(query=query))
    if form.is_valid():
        return _saved(request, form)
    context = {"plan": plan, "form": form, "back": back}
    return render(request, TEMPLATE, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@when_quicker
def savedview_edit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    view = get_editable(SavedView.objects.with_default_of(request.user), request.user, pk=pk)
    plan = open_plan(request, view.plan_id)
    initial = {"default": view.is_default}
    form = SavedViewForm(request.POST or None, plan=plan, owner=request.user, instance=view, initial=initial)
    if form.is_valid():
        return _saved(request, form)
    context = {"plan": plan, "form": form, "view": view, "back": view.get_absolute_url()}
    return render(request, TEMPLATE, context, status=422 if form.is_bound else 200)


def _saved(request: HtmxHttpRequest, form: SavedViewForm) -> HttpResponse:
    view = _save(request, form)
    messages.success(request, _("View “%(view)s” saved") % {"view": view})
    return redirect(view)


@transaction.atomic
def _save(request: HtmxHttpRequest, form: SavedViewForm) -> SavedView:
    view = form.save()
    change = choose_default if form.cleaned_data["default"] else leave_default
    change(view, by=request.user)
    return view


@require_POST
def savedview_default(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """`default` says whether it shall be one's default; a choice for oneself, so readers may make it."""
    view = get_visible(SavedView.objects, request.user, pk=pk)
    change = choose_default if request.POST.get("default") else leave_default
    change(view, by=request.user)
    return redirect(view)


@require_POST
def savedview_delete(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What it showed stays on the screen, under its address: it can be saved again."""
    view = get_editable(SavedView.objects, request.user, pk=pk)
    shown = view.get_absolute_url()
    delete_view(view)
    messages.success(request, _("View “%(view)s” deleted. The actions it showed are still here.") % {"view": view})
    return redirect(shown)
