"""Which programs outside are told of what happens, and what has been sent to them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable
from accounts.models import Workspace
from plans.webhooks.forms import WebhookForm
from plans.webhooks.models import Webhook
from plans.webhooks.services import rotate_secret, send_test, switch

#: How many of the last deliveries are shown.
LATEST = 50


@require_http_methods(["GET", "POST"])
def webhook_list(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = get_editable(Workspace.objects, request.user, pk=pk)
    form = WebhookForm(request.POST or None, workspace=workspace)
    if form.is_valid():
        form.instance.made_by = request.user
        webhook = form.save()
        messages.success(request, _("Give the secret to the other program, and send a test"))
        return redirect(webhook)
    webhooks = Webhook.objects.editable_by(request.user).filter(workspace=workspace).select_related("plan")
    context = {"company": workspace, "form": form, "webhooks": webhooks}
    return render(request, "plans/webhooks/webhook_list.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def webhook_detail(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _webhook(request, pk)
    form = WebhookForm(request.POST or None, instance=webhook, workspace=webhook.workspace)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved"))
        return redirect(webhook)
    latest = webhook.deliveries.all()[:LATEST]
    context = {"webhook": webhook, "company": webhook.workspace, "form": form, "deliveries": latest}
    return render(request, "plans/webhooks/webhook_detail.html", context, status=422 if form.is_bound else 200)


@require_POST
def webhook_test(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _webhook(request, pk)
    send_test(webhook)
    messages.success(request, _("The test is on its way: load the page again to see what was answered"))
    return redirect(webhook)


@require_POST
def webhook_rotate(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _webhook(request, pk)
    rotate_secret(webhook, now=timezone.now())
    messages.success(request, _("There is a new secret; for a day both are used to sign"))
    return redirect(webhook)


@require_POST
def webhook_switch(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _webhook(request, pk)
    switch(webhook, on=request.POST.get("on") == "1", now=timezone.now())
    return redirect(webhook)


@require_POST
def webhook_delete(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _webhook(request, pk)
    webhook.delete()
    messages.success(request, _("“%(address)s” is told nothing any more") % {"address": webhook.url})
    return redirect("plans:webhook_list", webhook.workspace_id)


def _webhook(request: HttpRequest, pk: int) -> Webhook:
    return get_editable(Webhook.objects.select_related("workspace"), request.user, pk=pk)
