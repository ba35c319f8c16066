"""What is done to several KPIs at once."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpis.kpi.formulas import FORMULAS
from kpis.kpi.models import Kpi
from plans.actions.models import Action
from plans.plan.models import Plan
from plans.plan.records import changes_of_links


@dataclass(frozen=True)
class Measure:
    """How often a formula of the article is best read, and what it answers."""

    rhythm: str
    description: str | Promise


#: The article's three (S7.1), without figures: those are one's own.
ARTICLE = {
    Kpi.Formula.LEAD_CONVERSION: Measure(
        Kpi.Rhythm.WEEKLY, _("How many of the leads become customers: converted leads / leads.")
    ),
    Kpi.Formula.RETENTION: Measure(
        Kpi.Rhythm.MONTHLY,
        _("How many customers stay: (customers at the end - new customers) / customers at the start."),
    ),
    Kpi.Formula.AD_ROI: Measure(
        Kpi.Rhythm.MONTHLY, _("What advertising brings for what it costs: (return - cost) / cost.")
    ),
}


@transaction.atomic
def insert_article_kpis(plan: Plan) -> list[Kpi]:
    """Add those of the article's three measures that the plan does not have yet."""
    present = set(Kpi.objects.in_plan(plan).values_list("formula", flat=True))
    last = Kpi.objects.in_plan(plan).aggregate(last=Max("position"))["last"]
    missing = [formula for formula in ARTICLE if formula not in present]
    return [
        _insert(plan, formula, position) for position, formula in enumerate(missing, 0 if last is None else last + 1)
    ]


def _insert(plan: Plan, formula: str, position: int) -> Kpi:
    measure = ARTICLE[Kpi.Formula(formula)]
    return Kpi.objects.create(
        plan=plan,
        name=str(FORMULAS[formula].label),
        description=str(measure.description),
        measure=Kpi.Measure.RATIO,
        formula=formula,
        rhythm=measure.rhythm,
        unit="%",
        position=position,
    )


@transaction.atomic
def link_action_to_kpis(*, action: Action, kpis: Collection[Kpi]) -> None:
    """Say which KPIs an action moves: another version of the action, when they are others than before."""
    before = action.kpis.values_list("pk", flat=True)
    action.changed_links = changes_of_links({"kpis": before}, {"kpis": [kpi.pk for kpi in kpis]})
    if action.changed_links:
        action.save(update_fields=[])
        action.kpis.set(kpis)


@transaction.atomic
def link_kpi_to_actions(*, kpi: Kpi, actions: Collection[Action]) -> None:
    """Say which actions move a KPI: another version of each action that begins to move it, or ends."""
    wanted = {action.pk for action in actions}
    moving = set(kpi.actions.values_list("pk", flat=True))
    changed = Action.objects.filter(pk__in=wanted ^ moving).select_for_update().prefetch_related("kpis")
    for action in changed:
        before = {other.pk for other in action.kpis.all()}
        action.changed_links = changes_of_links({"kpis": before}, {"kpis": before ^ {kpi.pk}})
        action.save(update_fields=[])
    kpi.actions.set(actions)
