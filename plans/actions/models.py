import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import ExpressionWrapper, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel
from accounts.roles import MANAGERS
from plans.plan.models import PlanItem, PlanItemQuerySet
from salesplan.lib.fields import HoursField, MoneyField

#: An open action whose deadline is at most this many days away is due soon.
DUE_SOON_DAYS = 7
TITLE_LENGTH = 200
MOST_HOURS = 10_000


class ActionQuerySet(PlanItemQuerySet):
    def still_open(self) -> "ActionQuerySet":
        return self.exclude(status__in=Action.CLOSED_STATUSES)

    def overdue(self, today) -> "ActionQuerySet":
        return self.still_open().filter(deadline__lt=today)

    def with_money(self) -> "ActionQuerySet":
        """Annotate `budget`, what is allocated, and `roi` = (expected return - budget) / budget (S6.2).

        `roi` is a share (1.5 is 150 %), and None where nothing is allocated or no return is expected.
        """
        allocated = Coalesce(Subquery(_sum_of_allocations()), Value(Decimal(0)), output_field=MoneyField())
        # Times 1.0 first: SQLite divides whole numbers by whole numbers to whole numbers.
        gain = ExpressionWrapper((F("expected_return") - F("budget")) * 1.0, output_field=models.FloatField())
        cost = NullIf(Cast("budget", models.FloatField()), Value(0.0))
        return self.annotate(budget=allocated).annotate(
            roi=ExpressionWrapper(gain / cost, output_field=models.FloatField())
        )


def _sum_of_allocations() -> models.QuerySet:
    of_action = Action.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    return of_action.annotate(total=Sum("allocations__amount")).values("total")


class Action(PlanItem):
    """One row of the action table (S6.3): one thing somebody does by a day, for an objective."""

    WRITERS = MANAGERS
    PARENT = "objective"
    COMPUTED = ("health", "health_reasons", "judged_at")

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("Not started")
        IN_PROGRESS = "in_progress", _("In progress")
        AT_RISK = "at_risk", _("At risk")
        BLOCKED = "blocked", _("Blocked")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    class Health(models.TextChoices):
        """Computed, and not what its owner says: plans/actions/health.py."""

        ON_TRACK = "on_track", _("On track")
        AT_RISK = "at_risk", _("At risk")
        OFF_TRACK = "off_track", _("Off track")
        NO_DATA = "no_data", _("No data")

    class Kind(models.TextChoices):
        PROSPECTING = "prospecting", _("Prospecting")
        DIRECT_MARKETING = "direct_marketing", _("Direct marketing")
        PROMOTION = "promotion", _("Sales promotion")
        ADVERTISING = "advertising", _("Advertising and communication")
        NETWORKING = "networking", _("Networking")
        DIGITAL = "digital", _("Digital")
        AFTER_SALES = "after_sales", _("After-sales service")
        CROSS_SELLING = "cross_selling", _("Cross-selling and up-selling")

    class Priority(models.IntegerChoices):
        URGENT = 1, _("Urgent")
        HIGH = 2, _("High")
        NORMAL = 3, _("Normal")
        LOW = 4, _("Low")

    CLOSED_STATUSES = (Status.DONE, Status.CANCELLED)
    #: What people want to hear of when it changes (plans.actions.changes).
    TOLD = ("status", "deadline", "role_id", "person_id")

    objective = models.ForeignKey(
        "plans.Objective", models.CASCADE, related_name="actions", verbose_name=_("objective")
    )
    title = models.CharField(_("action"), max_length=TITLE_LENGTH)
    description = models.TextField(_("description"), max_length=10_000, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    #: The one who answers for it: a role (whoever holds it) or a person, never both.
    role = models.ForeignKey(
        "plans.Role", models.SET_NULL, null=True, blank=True, related_name="actions", verbose_name=_("role")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    supporters = models.ManyToManyField(
        "plans.Role", blank=True, related_name="supported_actions", verbose_name=_("supported by")
    )
    #: Of the same plan, and never in a circle: plans.actions.dependencies.
    waits_for = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="awaited_by", verbose_name=_("waits for")
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.NOT_STARTED)
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    effort = HoursField(
        _("effort (h)"), null=True, blank=True, help_text=_("Hours of work still to be done. Empty: not known.")
    )
    expected_return = MoneyField(_("expected return"), null=True, blank=True)
    #: Where it came from, in words that stay when the source is gone ("Weakness: few references abroad").
    origin = models.CharField(_("comes from"), max_length=240, blank=True, editable=False)
    #: Who wrote the latest version, as its history says too: here a row of the table can be marked without asking that.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    #: As it is on `Plan.health_on`; empty when the action is closed. Written by plans/actions/health_keeping.py alone.
    health = models.CharField(
        _("health"), max_length=9, choices=Health, default=Health.NO_DATA, blank=True, editable=False
    )
    health_reasons = models.JSONField(default=list, blank=True, editable=False)
    #: When something that was done, here or elsewhere, made its health another. That a day has passed is not kept.
    judged_at = models.DateTimeField(null=True, editable=False)

    #: Set by its form: the deadline it had before.
    deadline_before: dt.date | None
    #: Set by saving it: the other actions whose health is another now.
    judged: Collection[int] = ()

    objects = ActionQuerySet.as_manager()

    class Meta(PlanItem.Meta):
        indexes = [
            models.Index(fields=["plan", "deadline"], name="actions_by_deadline"),
            models.Index(fields=["plan", "status"], name="actions_by_status"),
            models.Index(fields=["plan", "objective", "position"], name="actions_by_objective"),
            models.Index(fields=["plan", "changed_at"], name="actions_by_change"),
            models.Index(fields=["plan", "judged_at"], name="actions_by_judgement"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(starts_on__isnull=True) | Q(deadline__gte=F("starts_on")),
                name="action_deadline_not_before_start",
                violation_error_message=_("The deadline must not come before the start."),
            ),
            models.CheckConstraint(
                condition=Q(role__isnull=True) | Q(person__isnull=True),
                name="action_has_one_responsible",
                violation_error_message=_("One role or one person answers for an action, not both."),
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False) | (~Q(status="done") & Q(done_on__isnull=True)),
                name="done_actions_know_when",
            ),
            models.CheckConstraint(
                condition=Q(expected_return__isnull=True) | Q(expected_return__gte=0),
                name="expected_return_not_negative",
                violation_error_message=_("The expected return cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(effort__isnull=True) | Q(effort__range=(0, MOST_HOURS)),
                name="effort_from_0_to_10000_hours",
                violation_error_message=_("The effort is from 0 to 10,000 hours."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def from_db(cls, *args, **kwargs):
        action = super().from_db(*args, **kwargs)
        action._read = action._told()
        return action

    def _told(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in self.TOLD if name in self.__dict__}

    def take_changes(self) -> dict[str, tuple[Any, Any]]:
        """What of TOLD is other than it was read, before and after; asked again, what has changed since."""
        before, now = getattr(self, "_read", {}), self._told()
        self._read = now
        return {name: (value, now[name]) for name, value in before.items() if now[name] != value}

    def get_absolute_url(self) -> str:
        return reverse("plans:action_detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.changed_by = type(self).history.model.get_default_history_user(self)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "changed_by"}
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.status not in self.CLOSED_STATUSES

    @property
    def responsible(self) -> str:
        """Who answers for it, in words: the holder of the role, else the role, else the person, else nobody."""
        if self.person_id:
            return str(self.person)
        return (self.role.held_by or self.role.title) if self.role_id else ""

    @property
    def answering_user(self) -> int | None:
        """The id of the one who answers for it, by name or by the role she holds; None when she has no account."""
        return self.person_id or (self.role.holder_id if self.role_id else None)


class BulkChange(WorkspaceModel):
    """One change of several actions at once, kept for as long as it can be taken back.

    `payload` says what to restore: "values", by action and field what it was and what it became; "added", the copies
    that were made with the versions they had; "binned", where what was deleted waits.
    """

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = MANAGERS

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="bulk_changes")
    #: Made by the form: sent twice, it changes once.
    uid = models.UUIDField(unique=True)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = PlanItemQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.uid)
