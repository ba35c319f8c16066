"""Adjustments are made and taken back, never edited or deleted."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import get_editable
from plans.budget.forms.adjustments import AdjustmentForm, ReverseForm
from plans.budget.models import Adjustment
from plans.budget.views.lines import in_one_go
from plans.budget.views.page import BUDGET
from plans.items.forms import ItemForm
from plans.items.views import ItemViews
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest


class AdjustmentViews(ItemViews):
    @property
    def add(self):
        return in_one_go(super().add)

    def _from_query(self, request: HtmxHttpRequest) -> dict:
        return {"made_by": request.user}

    def _heading(self, form: ItemForm) -> str:
        return _("Take an adjustment back") if form.instance.reverses_id else _("Move money")


adjustment_items = AdjustmentViews(AdjustmentForm, section=BUDGET, verbs="add")


@require_http_methods(["GET", "POST"])
@in_one_go
def adjustment_reverse(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    adjustment = get_editable(Adjustment.objects, request.user, pk=pk)
    plan = open_plan(request, adjustment.plan_id)
    form = ReverseForm(request.POST or None, plan=plan, instance=_counter(adjustment, by=request.user))
    if form.is_bound and form.already_saved():
        return adjustment_items._done(request, plan)
    if form.is_valid():
        counter = form.save()
        messages.success(request, _("Taken back"))
        return adjustment_items._done(request, plan, focus=counter)
    return adjustment_items._form(request, plan, form, slot=f"adjustment-{pk}")


def _counter(adjustment: Adjustment, *, by) -> Adjustment:
    return Adjustment(
        from_line_id=adjustment.to_line_id,
        to_line_id=adjustment.from_line_id,
        amount=adjustment.amount,
        reverses=adjustment,
        made_by=by,
    )
