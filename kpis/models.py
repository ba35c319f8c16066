"""Gathers the rooms' models under one app label."""

from kpis.alerts.models import Alert, Judging, SilentRule
from kpis.feedback.models import Answer, FeedbackSheet, Improvement, Survey, Theme
from kpis.kpi.models import Kpi
from kpis.locks.models import Opening, PeriodLock
from kpis.readings.models import Reading
from kpis.reminders.models import Reminder
from kpis.reviews.models import AgendaItem, Decision, Review
from kpis.sharing.models import SharedLink
from kpis.skips.models import Skip
from kpis.snapshots.models import FormerRules, Snapshot

__all__ = [
    "AgendaItem",
    "Alert",
    "Answer",
    "Decision",
    "FeedbackSheet",
    "FormerRules",
    "Improvement",
    "Judging",
    "Kpi",
    "Opening",
    "PeriodLock",
    "Reading",
    "Reminder",
    "Review",
    "SharedLink",
    "SilentRule",
    "Skip",
    "Snapshot",
    "Survey",
    "Theme",
]
