"""Gathers the rooms' models under one app label."""

from kpis.kpi.models import Kpi
from kpis.readings.models import Reading

__all__ = ["Kpi", "Reading"]
