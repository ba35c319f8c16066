from django.utils.translation import gettext_lazy as _

from kpis.feedback.models import Answer, Improvement, Survey, Theme
from plans.plan.completeness import Check, Tally, register

register(
    Check(7, "feedback", Answer.objects.all(), _("Write down what customers say"), "kpis:feedback", "feedback-board"),
    Tally("feedback", Answer.objects.all()),
    Tally("surveys", Survey.objects.all()),
    Tally("themes", Theme.objects.all()),
    Tally("improvements", Improvement.objects.all()),
)
