"""What a plan holds, counted by kind: what a person knows by name first, the rest as one number."""

from django.utils.translation import gettext_lazy as _

from plans.plan.figures import count_of
from plans.plan.models import Plan
from plans.plan.queries import item_models

NAMES = {
    "researchnote": _("Research notes"),
    "competitor": _("Competitors"),
    "swotitem": _("SWOT points"),
    "objective": _("Objectives"),
    "team": _("Teams"),
    "role": _("Roles"),
    "segment": _("Segments"),
    "persona": _("Personas"),
    "story": _("Stories"),
    "action": _("Actions"),
    "budgetline": _("Budget lines"),
    "budgetentry": _("Amounts committed or spent"),
    "kpi": _("KPIs"),
    "reading": _("KPI readings"),
}
OTHER = _("Other entries")


def contents_of(plan: Plan) -> list[tuple[str, int]]:
    """(Name, number) in the order of the steps, without what there is none of; one query."""
    kinds = {model._meta.model_name: model for model in item_models()}
    counts = {f"number_of_{name}": count_of(model.objects.all()) for name, model in kinds.items()}
    row: dict[str, int] = dict(Plan.objects.filter(pk=plan.pk).values("pk").annotate(**counts).get())  # type: ignore[arg-type]
    numbers = {name: row[f"number_of_{name}"] for name in kinds}
    named = [(str(label), numbers.pop(name, 0)) for name, label in NAMES.items()]
    # The profile is part of every plan, not something that was put into it.
    numbers.pop("companyprofile", 0)
    return [(label, number) for label, number in [*named, (str(OTHER), sum(numbers.values()))] if number]
