"""Gathers the rooms' models under one app label."""

from kpis.alerts.models import Alert, Judging, SilentRule
from kpis.feedback.models import Answer, FeedbackSheet, Improvement, Survey, Theme
from kpis.kpi.models import Kpi
from kpis.locks.models import Opening, PeriodLock
from kpis.readings.models import Reading
from kpis.reminders.models import Reminder
from kpis.sharing.models import SharedLink
from kpis.skips.models import Skip

__all__ = [
    "Alert",
    "Answer",
    "FeedbackSheet",
    "Improvement",
    "Judging",
    "Kpi",
    "Opening",
    "PeriodLock",
    "Reading",
    "Reminder",
    "SharedLink",
    "SilentRule",
    "Skip",
    "Survey",
    "Theme",
]
