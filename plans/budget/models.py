from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import MANAGERS
from plans.plan.models import PlanItem
from salesplan.lib.fields import MoneyField
from salesplan.lib.numbers import format_number


class BudgetLine(PlanItem):
    """A category of the budget and the amount first planned for it (S6.1)."""

    class Kind(models.TextChoices):
        DIRECT = "direct", _("Direct marketing")
        INDIRECT = "indirect", _("Indirect marketing")
        TECHNOLOGY = "technology", _("Technology")
        PEOPLE = "people", _("People and training")
        CONTINGENCY = "contingency", _("Contingency")

    name = models.CharField(_("budget line"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DIRECT)
    planned = MoneyField(_("planned"), default=0)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    class Meta(PlanItem.Meta):
        verbose_name = _("budget line")
        verbose_name_plural = "budget lines"
        indexes = [models.Index(fields=["plan", "position"], name="budget_lines_of_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0),
                name="planned_budget_not_negative",
                violation_error_message=_("A budget cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BudgetEntry(PlanItem):
    """Money committed (ordered) or spent (paid) on a line; plans.budget.queries says how the two add up."""

    WRITERS = MANAGERS
    PARENT = "line"
    COPIED = False

    class Kind(models.TextChoices):
        COMMITTED = "committed", _("Ordered")
        SPENT = "spent", _("Paid")

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries", editable=False)
    action = models.ForeignKey(
        "plans.Action",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="budget_entries",
        verbose_name=_("action"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SPENT)
    amount = MoneyField(_("amount"))
    on = models.DateField(_("date"))
    note = models.CharField(_("what for"), max_length=240, blank=True)

    class Meta(PlanItem.Meta):
        ordering = ["-on", "-pk"]
        verbose_name = _("order or payment")
        verbose_name_plural = "budget entries"
        indexes = [models.Index(fields=["line", "kind"], name="entries_of_line")]

    def __str__(self) -> str:
        return self.note or self.get_kind_display()


class Adjustment(PlanItem):
    """Money moved between lines, or added to or taken from the budget, with its reason.

    Never edited or deleted: what was wrong is put right by another adjustment.
    """

    COPIED = False

    from_line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adjustments_out",
        verbose_name=_("from"),
    )
    to_line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="adjustments_in", verbose_name=_("to")
    )
    amount = MoneyField(_("amount"))
    reason = models.CharField(_("reason"), max_length=240)
    #: The adjustment this one takes back; each can be taken back once.
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", editable=False
    )
    on = models.DateField(_("date"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta(PlanItem.Meta):
        verbose_name = _("adjustment")
        verbose_name_plural = "adjustments"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="adjustment_moves_something",
                violation_error_message=_("Move more than nothing; the direction says from where to where."),
            ),
            models.CheckConstraint(
                condition=Q(from_line__isnull=False) | Q(to_line__isnull=False),
                name="adjustment_names_a_line",
                violation_error_message=_("Name the line the money comes from, goes to, or both."),
            ),
            models.CheckConstraint(
                condition=Q(from_line__isnull=True) | Q(to_line__isnull=True) | ~Q(from_line=F("to_line")),
                name="adjustment_between_two_lines",
                violation_error_message=_("Choose two different lines."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Allocation(PlanItem):
    """A part of a line given to an action (S6.2)."""

    WRITERS = MANAGERS
    PARENT = "line"

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="allocations", editable=False)
    action = models.ForeignKey("plans.Action", models.CASCADE, related_name="allocations", verbose_name=_("action"))
    amount = MoneyField(_("amount"))

    class Meta(PlanItem.Meta):
        verbose_name = _("allocation")
        verbose_name_plural = "allocations"
        constraints = [
            models.UniqueConstraint(
                fields=["line", "action"],
                name="one_allocation_per_line_and_action",
                violation_error_message=_("This action has money from this line already: change that amount."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="allocation_not_negative",
                violation_error_message=_("An allocation cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {format_number(self.amount)}"
