"""How "make it a priority" and "add as action" ask which objective the action is for."""

from collections.abc import Callable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import get_editable
from analysis.swot.services import title_for
from plans.actions.models import TITLE_LENGTH
from plans.items.views import ItemViews
from plans.objectives.models import Objective
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest


class BecomeActionForm(forms.Form):
    objective = forms.ModelChoiceField(Objective.objects.none(), label=gettext_lazy("For the objective"))
    title = forms.CharField(label=gettext_lazy("Action"), max_length=TITLE_LENGTH, required=False)

    conflict = None

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: Plan, instance):
        super().__init__(data, initial={"title": title_for(instance)})
        self.instance = instance
        self.fields["objective"].queryset = Objective.objects.in_plan(plan)  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class BecomingViews(ItemViews):
    """Items of which an action can be made; `deed` makes it."""

    def __init__(self, *args, deed: Callable[..., Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.deed = deed

    @property
    def become(self):
        @require_POST
        def item_become(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            """With one objective it is done at once; with several the form asks; without any it says so."""
            item = get_editable(self.model.objects, request.user, pk=pk)
            plan = open_plan(request, item.plan_id)
            objectives = Objective.objects.in_plan(plan)[:2]
            if not objectives:
                return self._no_objective(request, plan, item)
            only = {"objective": objectives[0].pk} if len(objectives) == 1 else None
            form = BecomeActionForm(request.POST if "objective" in request.POST else only, plan=plan, instance=item)
            if not form.is_valid():
                return self._ask(request, plan, form)
            action = self.deed(item, **form.cleaned_data, by=request.user)
            messages.success(request, _("“%(action)s” is among the actions") % {"action": action})
            return self._done(request, plan, focus=item)

        return item_become

    def _ask(self, request: HtmxHttpRequest, plan: Plan, form: BecomeActionForm) -> HttpResponse:
        slot = f"{self.name}-{form.instance.pk}"
        return self._into(slot, self._form(request, plan, form, slot=slot))  # type: ignore[arg-type]

    def _heading(self, form):
        if isinstance(form, BecomeActionForm):
            return _("Make “%(item)s” an action") % {"item": form.instance}
        return super()._heading(form)

    def _no_objective(self, request: HtmxHttpRequest, plan: Plan, item) -> HttpResponse:
        if not request.htmx:
            messages.warning(request, _("An action serves an objective. Set the first one, then come back."))
            return redirect(reverse("plans:objectives", args=[plan.pk]))
        context = {"plan": plan, "section": self.section.id, "section_url": self.section.url(plan), "item": item}
        return self._into(f"{self.name}-{item.pk}", render(request, "analysis/swot/no_objective.html", context))

    def _into(self, slot: str, response: HttpResponse) -> HttpResponse:
        """The request had asked for the section to be drawn again; the question goes where the item is."""
        response.headers["HX-Retarget"] = f"#{slot}"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
