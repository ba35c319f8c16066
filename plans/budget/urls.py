from django.urls import path

from plans.budget.views import adjustments, allocations, lines, page

urlpatterns = [
    path("plans/<int:pk>/budget/", page.budget, name="budget"),
    path("plans/<int:pk>/budget/plots/", page.budget_plots, name="budget_plots"),
    path("plans/<int:pk>/budget/example/", lines.budget_example, name="budget_example"),
    path("plans/<int:pk>/budget/contingency/", lines.budget_contingency, name="budget_contingency"),
    path("plans/<int:pk>/budget/allocations/", allocations.allocations, name="allocations"),
    path("budget-lines/<int:pk>/planned/", lines.budgetline_planned, name="budgetline_planned"),
    path("adjustments/<int:pk>/reverse/", adjustments.adjustment_reverse, name="adjustment_reverse"),
    path("actions/<int:pk>/allocations/", allocations.action_allocations, name="action_allocations"),
    *lines.line_items.urls(),
    *lines.entry_items.urls(),
    *adjustments.adjustment_items.urls(),
    *allocations.allocation_items.urls(),
]
