from django.utils.translation import gettext_lazy as _

from accounts.roles import MANAGERS
from plans.find.commands import Command, register_command
from plans.plan.models import Plan


def _may_share(plan: Plan) -> bool:
    return plan.my_role in MANAGERS


register_command(Command(_("Share the overview"), "kpis:shared_links", may=_may_share, icon="share"))
