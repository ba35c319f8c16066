"""Gathers the rooms' models under one app label."""

from analysis.competitors.models import Axis, Competitor, Score
from analysis.research.models import Finding, ResearchNote
from analysis.swot.models import Evidence, SwotItem, TowsStrategy

__all__ = ["Axis", "Competitor", "Evidence", "Finding", "ResearchNote", "Score", "SwotItem", "TowsStrategy"]
