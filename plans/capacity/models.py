import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.roles import MANAGERS
from plans.plan.models import PlanItem
from salesplan.lib.fields import HoursField

#: Hours of a week.
MOST_HOURS = 168


class Capacity(PlanItem):
    """How many hours a week somebody has for the plan; who has none here has what is usual in the company.

    Of a member of the workspace, or of somebody with just a name, as it stands beside the roles she holds.
    """

    WRITERS = MANAGERS

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person (member)"),
    )
    name = models.CharField(
        _("or person (name)"),
        max_length=120,
        blank=True,
        help_text=_("Somebody who holds a role and does not sign in."),
    )
    hours = HoursField(_("hours a week"), null=True, blank=True)

    class Meta(PlanItem.Meta):
        verbose_name = _("capacity")
        verbose_name_plural = "capacities"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
                name="capacity_of_one_person",
                violation_error_message=_("Choose a member or a name."),
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__range=(0, MOST_HOURS)),
                name="capacity_from_0_to_168_hours",
                violation_error_message=_("A week has from 0 to 168 hours."),
            ),
            models.UniqueConstraint(
                fields=["plan", "person"], condition=Q(person__isnull=False), name="one_capacity_per_person"
            ),
            models.UniqueConstraint(fields=["plan", "name"], condition=~Q(name=""), name="one_capacity_per_name"),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.name


class TimeAway(PlanItem):
    """Days on which somebody has fewer hours than usual, or none; both ends belong to it."""

    WRITERS = MANAGERS
    PARENT = "capacity"
    COPIED = False

    capacity = models.ForeignKey(Capacity, models.CASCADE, related_name="times_away", editable=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    hours = HoursField(_("hours a week in that time"), default=Decimal(0), help_text=_("0: not there at all."))

    class Meta(PlanItem.Meta):
        verbose_name = _("time away")
        verbose_name_plural = "times away"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="time_away_ends_after_it_starts",
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(hours__range=(0, MOST_HOURS)),
                name="time_away_from_0_to_168_hours",
                violation_error_message=_("A week has from 0 to 168 hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{_written(self.starts_on)} – {_written(self.ends_on)}"


def _written(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
