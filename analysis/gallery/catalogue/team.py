from django.utils.translation import gettext_lazy as _

from analysis.gallery.blueprint import ActionPattern as Do
from analysis.gallery.blueprint import Blueprint, LinePattern, ObjectivePattern
from analysis.gallery.blueprint import KpiPattern as Kpi
from plans.plan.models import Aim

TEAM_PERFORMANCE = Blueprint(
    key="team-performance",
    aim=Aim.TEAM,
    name=_("Sales team performance"),
    promise=_("Clear tasks, the tools to do them, and time with customers instead of paperwork."),
    ambition=_("Win one deal in three, with the team we have."),
    lines=(
        LinePattern("training", _("Sales team training"), "people", 18_000),
        LinePattern("tools", _("CRM and sales tools"), "technology", 12_000),
        LinePattern("reserve", _("Contingency"), "contingency", 2_000),
    ),
    objectives=(
        ObjectivePattern(
            title=_("Win one quote in three"),
            aim=Aim.TEAM,
            measure="ratio",
            unit="%",
            target=33,
            kpis=(
                Kpi("win", _("Win rate"), "%", 33, rhythm="monthly", on_dashboard=True),
                Kpi("conversion", _("Lead conversion rate"), "%", formula="lead_conversion", on_dashboard=True),
            ),
            actions=(
                Do(
                    _("Train the sales team in solution selling"),
                    "prospecting",
                    "sales_director",
                    0.05,
                    0.3,
                    ("win",),
                    "training",
                    12_000,
                    40_000,
                    2,
                ),
                Do(
                    _("Coach every representative on two calls a month"),
                    "prospecting",
                    "sales_manager",
                    0.1,
                    1,
                    ("win", "conversion"),
                    "training",
                    6_000,
                    15_000,
                ),
                Do(
                    _("Write down the ten objections heard most, with answers"),
                    "prospecting",
                    "sales_manager",
                    0.05,
                    0.2,
                    ("win",),
                ),
                Do(_("Look at every lost deal once a month"), "prospecting", "sales_director", 0, 1, ("win",)),
            ),
        ),
        ObjectivePattern(
            title=_("Send every quote within 48 hours"),
            aim=Aim.TEAM,
            measure="level",
            unit=_("hours"),
            direction="less",
            target=48,
            ends=0.5,
            kpis=(Kpi("quote", _("Time to quote"), _("hours"), 48, direction="less", on_dashboard=True),),
            actions=(
                Do(
                    _("Set up quote templates for the ten most asked products"),
                    "digital",
                    "assistants",
                    0.02,
                    0.2,
                    ("quote",),
                    "tools",
                    4_000,
                    12_000,
                ),
                Do(
                    _("Let the CRM remind of every quote that waits"),
                    "digital",
                    "crm_manager",
                    0.1,
                    0.3,
                    ("quote",),
                    "tools",
                    8_000,
                    20_000,
                ),
            ),
        ),
        ObjectivePattern(
            title=_("Spend half of the week with customers"),
            aim=Aim.TEAM,
            measure="ratio",
            unit="%",
            target=50,
            kpis=(
                Kpi("visits", _("Customer meetings"), _("meetings"), measure="total", on_dashboard=True),
                Kpi("share", _("Share of time with customers"), "%", 50, rhythm="monthly"),
            ),
            actions=(
                Do(_("Hand order entry over to the sales assistants"), "digital", "assistants", 0.1, 0.3, ("share",)),
                Do(
                    _("Agree the territory and the accounts of each representative"),
                    "prospecting",
                    "sales_manager",
                    0,
                    0.1,
                    ("visits",),
                    priority=2,
                ),
                Do(
                    _("Meet every Monday for thirty minutes with the action table"),
                    "prospecting",
                    "sales_director",
                    0,
                    1,
                    ("visits", "share"),
                ),
            ),
        ),
    ),
)
