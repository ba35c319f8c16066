from django.utils.translation import gettext_lazy as _

from plans.budget.models import Allocation, BudgetLine
from plans.plan.completeness import Check, Tally, register

FUNDED = BudgetLine.objects.filter(planned__gt=0)
CONTINGENCY = FUNDED.filter(kind=BudgetLine.Kind.CONTINGENCY)
GIVEN = Allocation.objects.filter(amount__gt=0)

register(
    Check(6, "budget", FUNDED, _("Plan the budget line by line"), "plans:budget", "lines"),
    Check(6, "contingency", CONTINGENCY, _("Set a contingency aside"), "plans:budget", "lines"),
    Check(6, "allocations", GIVEN, _("Give actions their budget"), "plans:allocations", "allocations"),
    Tally("budget_lines", BudgetLine.objects.all()),
)
