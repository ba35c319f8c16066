from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.plan.models import PlanItem


class Responsibility(PlanItem):
    """What a role has to do with an objective or an action: one cell of the responsibility matrix.

    It is not listed under its role, so a duplicated role does not share what only one can answer for.
    """

    class Kind(models.TextChoices):
        RESPONSIBLE = "R", _("Responsible")
        ACCOUNTABLE = "A", _("Accountable")
        CONSULTED = "C", _("Consulted")
        INFORMED = "I", _("Informed")

    role = models.ForeignKey("plans.Role", models.CASCADE, related_name="responsibilities_held")
    objective = models.ForeignKey("plans.Objective", models.CASCADE, null=True, blank=True, related_name="raci")
    action = models.ForeignKey("plans.Action", models.CASCADE, null=True, blank=True, related_name="raci")
    kind = models.CharField(_("part"), max_length=1, choices=Kind)

    class Meta(PlanItem.Meta):
        verbose_name_plural = "responsibilities"
        constraints = [
            models.CheckConstraint(
                condition=Q(objective__isnull=True) ^ Q(action__isnull=True),
                name="responsibility_for_one_thing",
            ),
            models.UniqueConstraint(
                fields=["role", "objective"],
                condition=Q(objective__isnull=False),
                name="one_part_per_objective",
            ),
            models.UniqueConstraint(
                fields=["role", "action"], condition=Q(action__isnull=False), name="one_part_per_action"
            ),
            models.UniqueConstraint(
                fields=["objective"],
                condition=Q(kind="A", objective__isnull=False),
                name="one_accountable_per_objective",
                violation_error_message=_("Another role is accountable already; only one can be."),
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(kind="A", action__isnull=False),
                name="one_accountable_per_action",
                violation_error_message=_("Another role is accountable already; only one can be."),
            ),
        ]

    def save(self, *args, **kwargs):
        self.plan_id = self.role.plan_id
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.role}"
