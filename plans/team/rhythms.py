"""Meetings and reports a sales team can start from (S3.2)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.team.models import Communication


@dataclass(frozen=True)
class CommunicationPattern:
    name: str | Promise
    purpose: str | Promise
    rhythm: str
    channel: str
    organiser: str
    participants: tuple[str, ...]
    agenda: str | Promise


COMMUNICATIONS = (
    CommunicationPattern(
        _("Monday sales meeting"),
        _("What each of us closes this week, and who needs help"),
        Communication.Rhythm.WEEKLY,
        Communication.Channel.MEETING,
        "sales_manager",
        ("sales_manager", "representatives", "assistants"),
        _("1. Won and lost since last Monday\n2. Deals that are stuck\n3. This week's visits\n4. Who needs help"),
    ),
    CommunicationPattern(
        _("Sales and marketing alignment"),
        _("Which enquiries were worth it, and what sales needs next"),
        Communication.Rhythm.FORTNIGHTLY,
        Communication.Channel.CALL,
        "marketing_director",
        ("sales_manager", "digital_manager", "crm_manager"),
        _(
            "1. Enquiries by source and what became of them\n"
            "2. Coming campaigns and events\n"
            "3. Material sales is missing"
        ),
    ),
    CommunicationPattern(
        _("Monthly plan report"),
        _("How far we are, what is late, what we change"),
        Communication.Rhythm.MONTHLY,
        Communication.Channel.REPORT,
        "sales_director",
        ("sales_manager", "marketing_director", "crm_manager", "events_manager"),
        _("1. Objectives against their pace\n2. Late actions and new dates\n3. Budget spent and left\n4. Decisions"),
    ),
)
