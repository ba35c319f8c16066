"""Where a decision changes the plan: links to the fields, which hand the decision on as the reason."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kpis.reviews.models import Decision
from kpis.reviews.services import reason_of
from plans.plan.models import Plan

EDITED = {"objective": "plans:objective_edit", "kpi": "kpis:kpi_edit"}


@dataclass(frozen=True)
class Change:
    label: str
    url: str


def changes_of(decision: Decision, plan: Plan) -> list[Change]:
    """What the point of the agenda is about; a budget line has its page, everything else the list of objectives."""
    item = decision.item
    kind, _dash, pk = item.key.partition("-")
    named = {(kind, int(pk)): item.title} if kind in EDITED else {}
    if kind == "move":
        named[item.facts["kind"].rpartition(".")[2], item.facts["row"]] = item.title
    named |= {("kpi", kpi["pk"]): kpi["name"] for kpi in item.facts.get("kpis", ()) if isinstance(kpi, dict)}
    query = {"because": reason_of(decision), "next": decision.get_absolute_url()}
    changes = [
        Change(_("Change the goals of “%(name)s”") % {"name": name}, reverse(EDITED[kind], args=[pk], query=query))
        for (kind, pk), name in named.items()
        if kind in EDITED
    ]
    if kind in {"line", "contingency"}:
        changes.append(Change(_("Change the budget"), reverse("plans:budget", args=[plan.pk])))
    if kind == "action":
        edit = reverse("plans:action_edit", args=[pk], query={"next": decision.get_absolute_url()})
        changes.append(Change(_("Change the action “%(name)s”") % {"name": item.title}, edit))
    return changes or [Change(_("Change an objective"), reverse("plans:objectives", args=[plan.pk]))]
