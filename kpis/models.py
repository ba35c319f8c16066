"""Gathers the rooms' models under one app label."""

from kpis.kpi.models import Kpi
from kpis.readings.models import Reading
from kpis.skips.models import Skip

__all__ = ["Kpi", "Reading", "Skip"]
