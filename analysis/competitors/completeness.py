from django.utils.translation import gettext_lazy as _

from analysis.competitors.models import Competitor
from plans.plan.completeness import Check, Tally, register

PAGE = ("analysis:competitors", "competitor-board")

register(
    Check(1, "competitors", Competitor.objects.filter(is_us=False), _("Add a competitor"), *PAGE),
    Check(1, "own_company", Competitor.objects.filter(is_us=True), _("Add your own company to compare it with"), *PAGE),
    Tally("competitors", Competitor.objects.filter(is_us=False)),
)
