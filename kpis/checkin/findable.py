from django.utils.translation import gettext_lazy as _

from accounts.roles import REPORTERS
from plans.find.commands import Command, register_command
from plans.plan.models import Plan


def _asks_for_readings(plan: Plan) -> bool:
    return plan.status == Plan.Status.ACTIVE and plan.my_role in REPORTERS


register_command(
    Command(_("Check in: enter readings"), "kpis:checkin", may=_asks_for_readings, icon="checkup-list", often=True)
)
