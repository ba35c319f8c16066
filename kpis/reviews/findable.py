from django.utils.translation import gettext_lazy as _

from kpis.reviews.models import Review
from plans.find.commands import Command, register_command
from plans.plan.models import Plan


def _may_start(plan: Plan) -> bool:
    return plan.lets(plan.my_role, Review)


register_command(Command(_("Start a review"), "kpis:review_start", may=_may_start, icon="gavel"))
