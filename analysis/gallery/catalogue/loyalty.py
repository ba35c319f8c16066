from django.utils.translation import gettext_lazy as _

from analysis.gallery.blueprint import ActionPattern as Do
from analysis.gallery.blueprint import Blueprint, LinePattern, ObjectivePattern
from analysis.gallery.blueprint import KpiPattern as Kpi
from plans.plan.models import Aim

LOYALTY = Blueprint(
    key="loyalty",
    aim=Aim.LOYALTY,
    name=_("Customer retention"),
    promise=_("Find out who is leaving and why, keep them, and win the lost ones back."),
    ambition=_("Keep ten more customers in every hundred within twelve months."),
    lines=(
        LinePattern("programme", _("VIP loyalty programme"), "direct", 15_000),
        LinePattern("service", _("Service tools"), "technology", 8_000),
        LinePattern("training", _("Service training"), "people", 5_000),
        LinePattern("reserve", _("Contingency"), "contingency", 2_000),
    ),
    objectives=(
        ObjectivePattern(
            title=_("Retain existing customers"),
            aim=Aim.LOYALTY,
            measure="ratio",
            unit="%",
            change=_("+10 pt in twelve months"),
            kpis=(
                Kpi(
                    "retention",
                    _("Customer retention rate"),
                    "%",
                    formula="retention",
                    rhythm="monthly",
                    on_dashboard=True,
                ),
                Kpi("lost", _("Accounts lost"), _("accounts"), measure="total", direction="less", rhythm="monthly"),
            ),
            actions=(
                Do(
                    _("Roll out a loyalty programme"),
                    "promotion",
                    "crm_manager",
                    0.05,
                    0.5,
                    ("retention",),
                    "programme",
                    15_000,
                    60_000,
                    2,
                ),
                Do(
                    _("Call every account whose orders fall"),
                    "after_sales",
                    "customer_service",
                    0,
                    1,
                    ("retention", "lost"),
                ),
                Do(_("Ask every lost customer why"), "after_sales", "customer_service", 0.02, 0.3, ("lost",)),
                Do(
                    _("Hold a review with each of the top 25 accounts every quarter"),
                    "after_sales",
                    "sales_manager",
                    0.1,
                    1,
                    ("retention",),
                ),
            ),
        ),
        ObjectivePattern(
            title=_("Answer customers within four hours"),
            aim=Aim.LOYALTY,
            measure="level",
            unit=_("hours"),
            direction="less",
            target=4,
            ends=0.5,
            kpis=(
                Kpi("response", _("Time to first answer"), _("hours"), 4, direction="less", on_dashboard=True),
                Kpi("nps", _("Recommendation score (NPS)"), _("points"), rhythm="quarterly", on_dashboard=True),
            ),
            actions=(
                Do(
                    _("Move support requests into the CRM"),
                    "digital",
                    "crm_manager",
                    0.05,
                    0.3,
                    ("response",),
                    "service",
                    8_000,
                    None,
                    2,
                ),
                Do(
                    _("Train the service team in handling complaints"),
                    "after_sales",
                    "customer_service",
                    0.1,
                    0.3,
                    ("response", "nps"),
                    "training",
                    5_000,
                ),
                Do(_("Survey satisfaction after each delivery"), "after_sales", "customer_service", 0.15, 1, ("nps",)),
            ),
        ),
        ObjectivePattern(
            title=_("Raise repeat sales by 15 %"),
            aim=Aim.SALES,
            measure="total",
            unit="money",
            change=_("+15 % by year end"),
            kpis=(
                Kpi(
                    "repeat",
                    _("Sales to existing customers"),
                    "money",
                    measure="total",
                    rhythm="monthly",
                    on_dashboard=True,
                ),
            ),
            actions=(
                Do(
                    _("Offer service contracts with every renewal"),
                    "cross_selling",
                    "sales_manager",
                    0.1,
                    0.8,
                    ("repeat",),
                ),
                Do(
                    _("Win back thirty lost accounts with a personal offer"),
                    "direct_marketing",
                    "representatives",
                    0.25,
                    0.7,
                    ("repeat",),
                ),
            ),
        ),
    ),
)
