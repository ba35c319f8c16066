from django.utils.translation import gettext_lazy as _

from plans.find.commands import Command, register_command
from plans.plan.models import Plan


def _is_judged(plan: Plan) -> bool:
    return plan.status == Plan.Status.ACTIVE


register_command(Command(_("Look at the alerts"), "kpis:alerts", may=_is_judged, icon="bell"))
