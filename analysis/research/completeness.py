from django.utils.translation import gettext_lazy as _

from analysis.research.models import Finding, ResearchNote
from plans.plan.completeness import Check, Tally, register

PAGE = ("analysis:research", "research-board")

register(
    Check(1, "research", ResearchNote.objects.all(), _("Write down a piece of market research"), *PAGE),
    Check(1, "findings", Finding.objects.all(), _("Say what the research found"), *PAGE),
    Tally("research_notes", ResearchNote.objects.all()),
)
