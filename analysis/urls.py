"""Gathers the rooms' addresses under one namespace."""

from analysis.competitors import urls as competitors
from analysis.gallery import urls as gallery
from analysis.research import urls as research
from analysis.smart import urls as smart
from analysis.swot import urls as swot

app_name = "analysis"
urlpatterns = [pattern for room in (research, competitors, swot, smart, gallery) for pattern in room.urlpatterns]
