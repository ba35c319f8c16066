from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.budget.models import BudgetLine
from plans.find.commands import register_adding
from plans.find.kinds import Kind, register_kind
from salesplan.lib.money import format_money

register_kind(
    Kind(
        label=_("Budget lines"),
        icon="coin-euro",
        model=BudgetLine,
        url=lambda row: (
            reverse("plans:budget", args=[row["plan_id"]], query={"line": row["pk"]}) + f"#budgetline-{row['pk']}-row"
        ),
        fields=("planned",),
        note=lambda row, plan, today: format_money(row["planned"], plan.currency),
    )
)
register_adding(_("Add budget line"), "plans:budget", BudgetLine)
