"""Gathers the rooms' models under one app label."""

from kpis.kpi.models import Kpi
from kpis.locks.models import Opening, PeriodLock
from kpis.readings.models import Reading
from kpis.reminders.models import Reminder

__all__ = ["Kpi", "Opening", "PeriodLock", "Reading", "Reminder"]
