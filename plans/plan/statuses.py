"""What one can do with a plan's status, in words: the button, and what it means."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.plan.models import Plan
from plans.plan.services import TRANSITIONS

Status = Plan.Status


@dataclass(frozen=True)
class StatusChange:
    to: str
    verb: str | Promise
    meaning: str | Promise


WORDS: dict[tuple[str, str], tuple[str | Promise, str | Promise]] = {
    (Status.DRAFT, Status.ACTIVE): (_("Start execution"), _("KPIs are asked for every week, and progress counts.")),
    (Status.DRAFT, Status.ARCHIVED): (_("Archive"), _("Out of sight. It can come back.")),
    (Status.ACTIVE, Status.DRAFT): (_("Back to draft"), _("Nobody is asked for KPIs while you rework it.")),
    (Status.ACTIVE, Status.CLOSED): (_("Close"), _("Everything stays to be read; nothing can be changed.")),
    (Status.CLOSED, Status.ACTIVE): (_("Reopen"), _("It can be changed again, and KPIs are asked for.")),
    (Status.CLOSED, Status.ARCHIVED): (_("Archive"), _("Out of sight. It can come back.")),
    (Status.ARCHIVED, Status.CLOSED): (_("Take out of the archive"), _("It stands among the closed plans again.")),
}


def status_changes(plan: Plan) -> list[StatusChange]:
    return [StatusChange(to, *WORDS[plan.status, to]) for to in TRANSITIONS[plan.status]]
