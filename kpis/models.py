"""Gathers the rooms' models under one app label."""

from kpis.feedback.models import Answer, FeedbackSheet, Improvement, Survey, Theme
from kpis.kpi.models import Kpi
from kpis.readings.models import Reading
from kpis.reminders.models import Reminder

__all__ = ["Answer", "FeedbackSheet", "Improvement", "Kpi", "Reading", "Reminder", "Survey", "Theme"]
