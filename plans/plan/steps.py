"""The seven steps, in their order, and the pages each of them has."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Page:
    title: str | Promise
    url_name: str
    #: The tally shown beside it (plans.plan.completeness), and the key that goes to it after `g`.
    tally: str = ""
    go: str = ""
    #: Further views that belong to the page.
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    number: int
    title: str | Promise
    url_name: str
    #: Further views that belong to the step.
    more: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()

    @property
    def views(self) -> set[str]:
        return {self.url_name, *self.more}


STEPS = (
    Step(1, _("Situation"), "analysis:research", ("analysis:competitors", "analysis:swot")),
    Step(2, _("Objectives"), "plans:objectives", ("plans:objective_detail",)),
    Step(3, _("Team"), "plans:team", ("plans:responsibilities", "plans:communications", "plans:capacity")),
    Step(4, _("Targeting"), "plans:targeting"),
    Step(5, _("Strategy"), "plans:strategy"),
    Step(
        6,
        _("Budget & actions"),
        "plans:actions",
        ("plans:action_detail", "plans:allocations"),
        (
            Page(
                _("Actions"),
                "plans:actions",
                tally="actions",
                go="a",
                more=("plans:actions_change", "plans:actions_paste", "plans:import_add", "plans:import_detail"),
            ),
            Page(_("Budget"), "plans:budget", tally="budget_lines", go="b"),
        ),
    ),
    Step(
        7,
        _("Follow-up"),
        "kpis:kpis",
        ("kpis:kpi_detail",),
        (
            Page(_("KPIs"), "kpis:kpis", tally="kpis", go="k"),
            Page(_("Check-in"), "kpis:checkin"),
            Page(
                _("Alerts"),
                "kpis:alerts",
                tally="alerts",
                more=("kpis:alert_detail", "kpis:alert_snooze", "kpis:alert_false", "kpis:plan_rules"),
            ),
            Page(
                _("Reviews"),
                "kpis:reviews",
                more=(
                    "kpis:review_start",
                    "kpis:review_detail",
                    "kpis:review_edit",
                    "kpis:review_since",
                    "kpis:review_close",
                    "kpis:review_reopen",
                    "kpis:decisions",
                    "kpis:decision_add",
                    "kpis:decision_edit",
                    "kpis:decision_detail",
                    "kpis:decision_act",
                ),
            ),
            Page(
                _("Feedback"),
                "kpis:feedback",
                tally="feedback",
                more=(
                    "kpis:surveys",
                    "kpis:themes",
                    "kpis:improvements",
                    "kpis:survey_detail",
                    "kpis:answer_detail",
                    "kpis:answer_change",
                    "kpis:theme_change",
                    "kpis:sheet_add",
                    "kpis:sheet_detail",
                ),
            ),
        ),
    ),
)
