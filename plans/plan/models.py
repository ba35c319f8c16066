import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import STEERERS
from plans.plan.records import ItemRecords, LinkChanges
from salesplan.lib.dates import short_month
from salesplan.lib.fields import MoneyField
from salesplan.lib.prepared import prepared_update
from salesplan.lib.saving import PreparedSaves

CURRENCIES = [
    ("EUR", "EUR €"),
    ("PLN", "PLN zł"),
    ("USD", "USD $"),
    ("GBP", "GBP £"),
    ("CHF", "CHF"),
    ("CZK", "CZK Kč"),
]


class Aim(models.TextChoices):
    """The five aims a sales action plan can serve (S0.2)."""

    SALES = "sales", _("More sales")
    LOYALTY = "loyalty", _("Customer satisfaction and loyalty")
    TEAM = "team", _("Sales team performance")
    MARKET = "market", _("New market opportunities")
    BRAND = "brand", _("Brand awareness")


def _today() -> dt.date:
    return timezone.localdate()


class PlanQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        """Also says in `my_role` what the user is there, so that pages need not ask again."""
        return super().visible_to(user).with_my_role()

    def editable_by(self, user) -> Self:
        """Nobody changes a plan that is closed; `steered_by` is for what one does to it all the same."""
        return self.steered_by(user).filter(status__in=Plan.OPEN_STATUSES)

    def steered_by(self, user) -> Self:
        """Plans whose status the user may change, and that she may copy or delete: closed ones too."""
        return super().editable_by(user).with_my_role()

    def with_my_role(self) -> Self:
        return self.annotate(my_role=F("workspace__memberships__role"))

    def with_visit_of(self, user) -> Self:
        """Also says how far she had seen it, and how she has arranged its overview (plans.visits)."""
        mine = FilteredRelation("visits", condition=Q(visits__user=user))
        seen = {"visit_since": F("mine__since"), "visit_seen_at": F("mine__seen_at")}
        return self.annotate(mine=mine).annotate(**seen, my_overview=F("mine__overview"))

    def current(self) -> Self:
        return self.filter(status__in=[Plan.Status.DRAFT, Plan.Status.ACTIVE])

    def ended(self) -> Self:
        return self.exclude(status__in=[Plan.Status.DRAFT, Plan.Status.ACTIVE])


class Plan(WorkspaceModel):
    """One company's plan for one period.

    What each status allows: a draft and an active plan may be changed, and only an active one asks
    for check-ins; a closed one can only be read and reopened; an archived one is out of sight too.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("In execution")
        CLOSED = "closed", _("Closed")
        ARCHIVED = "archived", _("Archived")

    OPEN_STATUSES = (Status.DRAFT, Status.ACTIVE)

    workspace = models.ForeignKey("accounts.Workspace", models.CASCADE, related_name="plans")
    name = models.CharField(_("name"), max_length=120)
    ambition = models.CharField(
        _("ambition"),
        max_length=240,
        blank=True,
        help_text=_("What the plan wants to reach, in one sentence."),
    )
    aim = models.CharField(_("main aim"), max_length=10, choices=Aim, default=Aim.SALES)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES, default="EUR")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    #: When it first left the draft, and by whom: its goalposts stand from then on, as a draft again too.
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    template_key = models.CharField(max_length=40, blank=True, editable=False)
    #: How the overview is arranged for everybody, as kpis.dashboard.arrangement writes it; nothing until somebody does.
    overview = models.CharField(max_length=400, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    #: The plan's clock: moved by every write to anything in the plan, so that what is computed from
    #: the plan can be kept until it ticks.
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    #: The day for which the health of its actions was computed; a plan that begins has none to compute.
    health_on = models.DateField(null=True, default=_today, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    #: What the reader is in the plan's workspace; `visible_to` and its like say it.
    my_role: str
    #: Who reads it, and since when what others change is news to her (None on her first visit); `open_plan` says it.
    reader_id: int | None = None
    news_since: dt.datetime | None = None
    visit_since: dt.datetime | None
    visit_seen_at: dt.datetime | None
    #: How she has arranged the overview for herself; empty or None where she has not.
    my_overview: str | None = None

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["changed_at", "health_on"])

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="plan_ends_after_it_starts",
                violation_error_message=_("A plan ends after it starts."),
            ),
        ]
        indexes = [models.Index(fields=["workspace", "status", "starts_on"], name="plans_of_workspace")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kpis:dashboard", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN_STATUSES

    @property
    def period(self) -> str:
        """Jan–Dec 2026, Jun 2026 – May 2027; to the day when it is not whole months."""
        whole = self.starts_on.day == 1 and (self.ends_on + dt.timedelta(days=1)).day == 1
        if not whole:
            return (
                f"{date_format(self.starts_on, 'SHORT_DATE_FORMAT')} – {date_format(self.ends_on, 'SHORT_DATE_FORMAT')}"
            )
        last = short_month(self.ends_on, with_year=True)
        if self.starts_on.year != self.ends_on.year:
            return f"{short_month(self.starts_on, with_year=True)} – {last}"
        return last if self.starts_on.month == self.ends_on.month else f"{short_month(self.starts_on)}–{last}"

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def elapsed_share(self, today) -> float:
        """How much of the period is over on the evening of `today`, from 0 to 1."""
        return min(max(((today - self.starts_on).days + 1) / self.days, 0.0), 1.0)

    def lets(self, user_role: str, model: type[models.Model]) -> bool:
        """Whether somebody with this role may change rows of `model` in this plan now."""
        return self.is_open and user_role in model.WRITERS  # type: ignore[attr-defined]

    @property
    def i_steer(self) -> bool:
        """Whether the reader of this page may change what directors change; needs `visible_to`."""
        return self.is_open and self.my_role in STEERERS

    def touch(self) -> None:
        """Let the plan's clock tick."""
        tick(self.pk)


def tick(plan_id: int) -> None:
    """Let the clock of a plan tick that need not be read for it."""
    _set_clock(plan_id, timezone.now())


@prepared_update
def _set_clock(plan_id: int, now: dt.datetime) -> tuple[models.QuerySet, dict[str, Any]]:
    return Plan.objects.filter(pk=plan_id), {"changed_at": now}


class PlanItemQuerySet(WorkspaceQuerySet):
    """Rows that hang from a plan: nobody changes them once the plan is closed."""

    def editable_by(self, user) -> Self:
        return super().editable_by(user).filter(plan__status__in=Plan.OPEN_STATUSES)

    def in_plan(self, plan) -> Self:
        return self.filter(plan=plan)


class PlanItem(PreparedSaves, WorkspaceModel):
    """Anything one can add to a plan, edit, move among its siblings, duplicate and delete.

    PARENT names the row it is listed under (the plan itself by default) and GROUP a field that says
    in which of several lists (a SWOT quadrant, a stage); LISTED says whether it has a position.
    COPIED says whether it goes along when a plan is duplicated: intentions do, what happened does not.
    COMPUTED names fields that follow from others, and are no part of its history.
    GOALPOSTS names the fields that are not changed without a reason once the plan is approved (plans.goalposts).
    OWN says that only whoever deleted it sees it in the bin: what people said themselves.
    """

    WORKSPACE_PATH = "plan__workspace"
    PARENT = "plan"
    GROUP: str | None = None
    COPIED = True
    COMPUTED: tuple[str, ...] = ()
    GOALPOSTS: tuple[str, ...] = ()
    OWN = False

    plan = models.ForeignKey("plans.Plan", models.CASCADE, editable=False)
    #: Made by the form that adds the row: the same form sent twice adds one row.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    #: Set before a save, they stand in its history instead of the user of the request, and of now.
    _history_user: Any
    _history_date: dt.datetime
    #: Set before a save that moves a goalpost.
    moved_because = ""
    #: Set before a save that goes with a change of links to many: plans.plan.records.
    changed_links: LinkChanges

    objects = PlanItemQuerySet.as_manager()
    history = ItemRecords()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def save(self, *args, **kwargs):
        """Count the version up, take the plan from the parent, and let the plan's clock tick."""
        # A parent nobody has looked at is still the old one.
        if self.PARENT != "plan" and (self._state.adding or self._meta.get_field(self.PARENT).is_cached(self)):
            parent = getattr(self, self.PARENT)
            self.plan_id = parent.plan_id if parent else self.plan_id
        self.version += 1
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version", "changed_at"}
        super().save(*args, **kwargs)
        tick(self.plan_id)

    def delete(self, *args, **kwargs):
        plan_id = self.plan_id
        deleted = super().delete(*args, **kwargs)
        tick(plan_id)
        return deleted

    def kept_because(self) -> str:
        """Why it cannot be deleted, in words; empty where it can."""
        return ""

    def siblings(self) -> models.QuerySet:
        """The list the row stands in, itself included, in its order."""
        where = {self.PARENT: getattr(self, f"{self.PARENT}_id")}
        if self.GROUP:
            where[self.GROUP] = getattr(self, self.GROUP)
        return type(self)._default_manager.filter(**where).order_by("position", "pk")

    @classmethod
    def group_values(cls) -> set[str]:
        """The lists of its kind, as GROUP names them; none when there is only one."""
        return {str(value) for value, _label in cls._meta.get_field(cls.GROUP).flatchoices} if cls.GROUP else set()

    @classmethod
    def parent_model(cls) -> type[models.Model]:
        return getattr(cls, cls.PARENT).field.related_model


class CompanyProfile(PlanItem):
    """Who plans: objectives depend on size, sector, age and cash position (S0.1)."""

    class Size(models.TextChoices):
        MICRO = "micro", _("up to 9 people")
        SMALL = "small", _("10 to 49 people")
        MEDIUM = "medium", _("50 to 249 people")
        LARGE = "large", _("250 people or more")

    class Cash(models.TextChoices):
        TIGHT = "tight", _("Tight: every expense must pay back within the period")
        SOUND = "sound", _("Sound: the plan's budget is secured")
        STRONG = "strong", _("Strong: room for bets that pay back later")

    company_name = models.CharField(_("company"), max_length=120, blank=True)
    sector = models.CharField(_("sector"), max_length=120, blank=True)
    size = models.CharField(_("size"), max_length=10, choices=Size, blank=True)
    founded_in = models.PositiveSmallIntegerField(_("founded in (year)"), null=True, blank=True)
    annual_sales = MoneyField(_("sales of the last year"), null=True, blank=True)
    cash_position = models.CharField(_("cash position"), max_length=10, choices=Cash, blank=True)
    note = models.TextField(_("what else shapes the objectives"), max_length=5000, blank=True)

    class Meta(PlanItem.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan"], name="one_company_profile_per_plan"),
            models.CheckConstraint(
                condition=Q(annual_sales__isnull=True) | Q(annual_sales__gte=0),
                name="annual_sales_not_negative",
                violation_error_message=_("Sales cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.company_name
