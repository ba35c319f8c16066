from django.utils.translation import gettext_lazy as _

from kpis.snapshots.models import Snapshot
from plans.find.commands import Command, register_command
from plans.plan.models import Plan


def _everybody(_plan: Plan) -> bool:
    return True


def _may_take(plan: Plan) -> bool:
    return plan.lets(plan.my_role, Snapshot)


register_command(Command(_("Compare two moments of the plan"), "kpis:plan_compare", may=_everybody, icon="arrows-diff"))
register_command(Command(_("Replay the plan week by week"), "kpis:plan_replay", may=_everybody, icon="history"))
register_command(Command(_("Take a snapshot"), "kpis:snapshots", may=_may_take, icon="camera"))
