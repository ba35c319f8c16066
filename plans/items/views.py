"""The life of any item of a plan: added, edited, moved, duplicated, deleted and brought back, in place."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable, get_visible
from plans.items.bin import bin_item, restore_item
from plans.items.copying import duplicate_item
from plans.items.forms import ItemForm
from plans.items.models import BinnedItem
from plans.items.order import move_item, step_item
from plans.items.section import Section
from plans.plan.models import Plan, PlanItem
from plans.plan.page import open_plan
from plans.receipts.services import answer_again, with_receipt
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.onward import onward
from salesplan.lib.quicker import when_quicker
from salesplan.lib.refusal import Refused


def open_parent(request: HtmxHttpRequest, model: type[PlanItem], pk: int) -> tuple[Any, Plan]:
    """The row that a new `model` will hang from, and its plan; 403 when she may not add one there."""
    parent = get_visible(model.parent_model()._default_manager, request.user, pk=pk)
    plan = open_plan(request, getattr(parent, "plan_id", parent.pk))
    if not plan.lets(plan.my_role, model):
        raise PermissionDenied
    return parent, plan


class ItemViews:
    """Views and URLs of one kind of item; every kind behaves alike.

    `role = ItemViews(RoleForm, section=TEAM)` makes `role_add` (with the parent's id), `role_edit`,
    `role_move`, `role_duplicate` and `role_delete`. With HTMX a form takes the place of the item, and
    a successful change redraws the section; without, forms are pages of their own.
    """

    def __init__(self, form: type[ItemForm], *, section: Section, verbs: str = "add edit move duplicate delete"):
        self.form = form
        self.model: type[PlanItem] = form._meta.model
        self.section = section
        self.verbs = verbs.split()
        self.name = self.model._meta.model_name or ""

    def urls(self) -> list[URLPattern]:
        """`roles/7/edit/` and so on; adding hangs from the parent: `teams/3/roles/add/`."""
        plural = str(self.model._meta.verbose_name_plural).replace(" ", "-").lower()
        parent = self.model.parent_model()._meta
        parent_plural = str(parent.verbose_name_plural).replace(" ", "-").lower()
        routes = {"add": f"{parent_plural}/<int:pk>/{plural}/add/"}
        return [
            path(
                routes.get(verb, f"{plural}/<int:pk>/{verb}/"),
                getattr(self, verb),
                name=f"{self.name}_{verb}",
            )
            for verb in self.verbs
        ]

    @property
    def add(self):
        @require_http_methods(["GET", "POST"])
        @when_quicker
        def item_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            parent, plan = open_parent(request, self.model, pk)
            instance = self.model(**self._from_query(request))
            form = self.form(request.POST or None, plan=plan, parent=parent, instance=instance)
            if request.method == "POST" and form.already_saved():
                return self._done(request, plan)
            if form.is_valid():
                with transaction.atomic():
                    item = form.save()
                return self._done(request, plan, focus=item)
            return self._form(request, plan, form, slot=f"{self.name}-add-{pk}{self._group_suffix(request)}")

        return item_add

    @property
    def edit(self):
        @require_http_methods(["GET", "POST"])
        @when_quicker
        def item_edit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            with transaction.atomic():
                item = get_editable(self._lockable(request), request.user, pk=pk)
                plan = open_plan(request, item.plan_id)
                form = self.form(request.POST or None, plan=plan, instance=item, initial=_said_beforehand(request))
                if form.is_valid():
                    form.save()
                    return self._done(request, plan, focus=item)
            return self._form(request, plan, form, slot=f"{self.name}-{pk}")

        return item_edit

    @property
    def move(self):
        @self._once
        def item_move(request: HtmxHttpRequest, item: Any, plan: Plan) -> HttpResponse:
            """`direction` up or down; or `position` from 0, and `list` when it goes to another list."""
            if direction := request.POST.get("direction"):
                step_item(item, by=-1 if direction == "up" else 1)
            else:
                move_item(item, to=_whole(request.POST.get("position")), into=request.POST.get("list", ""))
            return self._done(request, plan, focus=item)

        return item_move

    @property
    def duplicate(self):
        @self._once
        def item_duplicate(request: HtmxHttpRequest, item: Any, plan: Plan) -> HttpResponse:
            copy = duplicate_item(item)
            move_item(copy, to=item.position + 1, into="")
            messages.success(request, _("“%(item)s” duplicated") % {"item": item})
            return self._done(request, plan, focus=copy)

        return item_duplicate

    @property
    def delete(self):
        @self._once
        def item_delete(request: HtmxHttpRequest, item: Any, plan: Plan) -> HttpResponse:
            if reason := item.kept_because():
                messages.error(request, reason)
                return self._done(request, plan, focus=item)
            label = str(item)
            binned = bin_item(item, by=request.user, url=self.section.url(plan))
            undo = reverse("plans:item_restore", args=[binned.pk])
            messages.success(request, _("“%(item)s” deleted") % {"item": label}, extra_tags=f"undo:{undo}")
            return self._done(request, plan)

        return item_delete

    # What they share

    def _once(self, deed: Callable[[HtmxHttpRequest, Any, Plan], HttpResponse]):
        """A deed that is carried out once under a key, however often it is sent (plans/receipts)."""

        @require_POST
        @wraps(deed)
        @transaction.atomic
        def view(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            # Locking waits for the same request on its way, after which a deleted row is there no more.
            item = self._lockable(request).editable_by(request.user).filter(pk=pk).first()
            if again := answer_again(request):
                return again
            item = item or get_editable(self.model.objects, request.user, pk=pk)
            return with_receipt(request, deed(request, item, open_plan(request, item.plan_id)), item)

        return view

    def _lockable(self, request: HtmxHttpRequest):
        return self.model.objects.select_for_update(of=("self",)) if request.method == "POST" else self.model.objects

    def _from_query(self, request: HtmxHttpRequest) -> dict[str, str]:
        """The list a new item goes to is in the address of its form: ?quadrant=weakness."""
        value = self._group(request)
        return {self.model.GROUP: value} if self.model.GROUP and value else {}

    def _group(self, request: HtmxHttpRequest) -> str:
        if not self.model.GROUP:
            return ""
        value = request.GET.get(self.model.GROUP, "")
        return value if value in self.model.group_values() else ""

    def _group_suffix(self, request: HtmxHttpRequest) -> str:
        return f"-{group}" if (group := self._group(request)) else ""

    def _form(self, request: HtmxHttpRequest, plan: Plan, form: ItemForm, *, slot: str) -> HttpResponse:
        context = {
            "plan": plan,
            "form": form,
            "item": form.instance if form.instance.pk else None,
            "action": request.get_full_path(),
            "heading": self._heading(form),
            "section": self.section.id,
            "cancel_url": onward(request, default=self.section.url(plan)),
        }
        if not request.htmx:
            context["deeds"] = self._deeds(form.instance)
            return render(request, "frame/item_form_page.html", context, status=422 if form.is_bound else 200)
        response = render(request, "frame/item_form.html", context)
        if form.is_bound:
            # The form goes back where it was: the request had asked for the section to be drawn again.
            response.status_code = 409 if form.conflict else 422
            response.headers["HX-Retarget"] = f"#{slot}"
            response.headers["HX-Reswap"] = "innerHTML"
        return response

    def _deeds(self, item: PlanItem) -> dict[str, str]:
        """Where an item is duplicated, moved and deleted without JavaScript."""
        verbs = [verb for verb in ("duplicate", "move", "delete") if verb in self.verbs and item.pk]
        return {verb: reverse(f"{item._meta.app_label}:{self.name}_{verb}", args=[item.pk]) for verb in verbs}

    def _heading(self, form: ItemForm) -> str:
        if form.instance.pk:
            return _("Edit “%(item)s”") % {"item": form.instance}
        return _("Add to the plan: %(kind)s") % {"kind": self.model._meta.verbose_name}

    def _done(self, request: HtmxHttpRequest, plan: Plan, *, focus: PlanItem | None = None) -> HttpResponse:
        if not request.htmx:
            anchor = f"#{self.name}-{focus.pk}" if focus else ""
            return HttpResponseRedirect(onward(request, default=self.section.whole_url(plan)) + anchor)
        response = self.section.redraw(request, plan)
        if focus:
            response.headers["HX-Trigger-After-Settle"] = f'{{"focus-item": "{self.name}-{focus.pk}"}}'
        return response


def _said_beforehand(request: HtmxHttpRequest) -> dict[str, str]:
    """Why a goalpost moves, where one comes from what was decided: ?because=, shown and asked about like any reason."""
    because = request.GET.get("because", "")[:500]
    return {"moved_because": because} if because else {}


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else 0


@require_POST
def item_restore(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    binned = get_editable(BinnedItem.objects, request.user, pk=pk)
    plan = open_plan(request, binned.plan_id)
    if not plan.lets(plan.my_role, binned.kind) or not binned.is_shown_to(request.user):
        raise PermissionDenied
    url = binned.url or plan.get_absolute_url()
    try:
        left_out = restore_item(binned)
    except Refused as refused:
        messages.error(request, str(refused))
        return _shown_at(request, url)
    messages.success(request, _("“%(item)s” is back") % {"item": binned.label})
    if left_out:
        words = ngettext(
            "%(count)d thing that hung from it could not come back: what it belonged to is gone, or taken.",
            "%(count)d things that hung from it could not come back: what they belonged to is gone, or taken.",
            left_out,
        )
        messages.warning(request, words % {"count": left_out})
    return _shown_at(request, url)


def _shown_at(request: HtmxHttpRequest, url: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)
