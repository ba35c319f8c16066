from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from plans.budget.forms.lines import above_zero
from plans.budget.limits import check_transfer
from plans.budget.models import Adjustment, BudgetLine
from plans.budget.queries import budget_figures
from plans.budget.services import lock_budget
from plans.items.forms import ItemForm
from salesplan.lib.money import format_money


class AdjustmentForm(ItemForm):
    """Between two lines, from outside into one, or out of one; the view gives who makes it."""

    class Meta:
        model = Adjustment
        fields = ["from_line", "to_line", "amount", "on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["on"] = timezone.localdate()
        source: Any = self.fields["from_line"]
        target: Any = self.fields["to_line"]
        source.empty_label, target.empty_label = _("New money"), _("Nowhere: a cut")
        source.label_from_instance = self._with_what_is_free()

    def layout(self):
        return Layout(Row(Column("from_line"), Column("to_line")), Row(Column("amount"), Column("on")), "reason")

    def _with_what_is_free(self):
        free = {row.line.pk: row.free for row in budget_figures(self.plan).rows}

        def label(line: BudgetLine) -> str:
            return _("%(line)s (%(free)s free)") % {
                "line": line,
                "free": format_money(free[line.pk], self.plan.currency),
            }

        return label

    def clean_amount(self):
        return above_zero(self.cleaned_data["amount"])

    def clean(self) -> dict[str, Any]:
        figures = lock_budget(self.plan)
        cleaned = super().clean()
        source, amount = cleaned.get("from_line"), cleaned.get("amount")
        if source and amount:
            try:
                check_transfer(figures.of(source.pk), amount, currency=self.plan.currency)
            except ValidationError as error:
                self.add_error("amount", error)
        return cleaned


class ReverseForm(ItemForm):
    """Takes `reverses` of its instance back: the same amount the other way, with a reason of its own."""

    class Meta:
        model = Adjustment
        fields = ["reason", "on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["on"] = timezone.localdate()

    def layout(self):
        return Layout("reason", "on")

    def clean(self) -> dict[str, Any]:
        figures = lock_budget(self.plan)
        cleaned = super().clean()
        counter = self.instance
        if Adjustment.objects.filter(reverses=counter.reverses_id).exists():
            raise ValidationError(_("This adjustment has been taken back already."))
        if counter.from_line_id:
            check_transfer(figures.of(counter.from_line_id), counter.amount, currency=self.plan.currency)
        return cleaned
