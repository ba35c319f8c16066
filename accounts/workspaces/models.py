import datetime as dt
import secrets
from decimal import Decimal

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import ADMINS, Role
from salesplan.lib.fields import HoursField
from salesplan.lib.zones import LONGEST, zone_named

INVITATION_DAYS = 14


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class UserQuerySet(models.QuerySet):
    def in_workspace(self, workspace) -> "UserQuerySet":
        """People to choose from: never anybody outside the workspace."""
        return self.filter(memberships__workspace=workspace).order_by("name", "email")


class User(AbstractBaseUser, PermissionsMixin):
    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Density(models.TextChoices):
        COMPACT = "compact", _("Compact")
        COMFORTABLE = "comfortable", _("Comfortable")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    theme = models.CharField(_("theme"), max_length=8, choices=Theme, default=Theme.AUTO)
    #: An IANA name; without one the time is that of the company she works for.
    time_zone = models.CharField(_("time zone"), max_length=LONGEST, blank=True)
    density = models.CharField(_("row height"), max_length=12, choices=Density, default=Density.COMPACT)
    shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)
    current_workspace = models.ForeignKey("Workspace", models.SET_NULL, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager.from_queryset(UserQuerySet)()

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self).split()[0]


class Workspace(WorkspaceModel):
    """A company; everything belongs to one."""

    WORKSPACE_PATH = ""
    WRITERS = ADMINS

    #: What the reader is here; set by accounts.workspaces.queries.workspace_of.
    my_role: str

    name = models.CharField(_("name"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    #: What invitations are written in: whoever is invited has not chosen a language yet.
    language = models.CharField(_("language"), max_length=8, blank=True)
    #: Whose public holidays are no working days, by its ISO code; without one only weekends are free.
    country = models.CharField(_("country"), max_length=2, blank=True)
    #: An IANA name; without one the time is the installation's.
    time_zone = models.CharField(_("time zone"), max_length=LONGEST, blank=True)
    #: When the values of a week are to be in, on everybody's own clock (kpis.reminders.schedule).
    checkin_weekday = models.PositiveSmallIntegerField(
        _("day of the check-in"), choices=list(WEEKDAYS.items()), default=0
    )
    checkin_hour = models.PositiveSmallIntegerField(_("hour of the check-in"), default=9)
    #: What people have for a plan that says nothing else of them.
    hours_per_week = HoursField(_("hours a week"), default=Decimal(40))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_per_week__range=(0, 168)),
                name="workspace_hours_from_0_to_168",
                violation_error_message=_("A week has from 0 to 168 hours."),
            ),
            models.CheckConstraint(
                condition=Q(checkin_weekday__range=(0, 6), checkin_hour__range=(0, 23)),
                name="workspace_checkin_within_a_week",
                violation_error_message=_("The check-in is at a full hour of a day of the week."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> dt.tzinfo:
        return zone_named(self.time_zone)

    @property
    def today(self) -> dt.date:
        """The company's day: by it is judged what everybody sees alike. A reader's own is `timezone.localdate()`."""
        return timezone.localdate(None, self.zone)


class Membership(WorkspaceModel):
    WRITERS = ADMINS

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="one_membership_per_workspace"),
        ]
        indexes = [models.Index(fields=["user", "workspace", "role"], name="membership_of_user")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


def invitation_token() -> str:
    return secrets.token_urlsafe(32)


class InvitationQuerySet(WorkspaceQuerySet):
    def pending(self) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, created_at__gte=timezone.now() - dt.timedelta(days=INVITATION_DAYS))


class Invitation(WorkspaceModel):
    WRITERS = ADMINS

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    token = models.CharField(max_length=64, unique=True, default=invitation_token, editable=False)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.email

    def get_absolute_url(self) -> str:
        return reverse("accounts:invitation", args=[self.token])
