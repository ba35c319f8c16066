from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.find.commands import register_adding
from plans.find.kinds import Kind, register_kind
from plans.objectives.models import Objective

register_kind(
    Kind(
        label=_("Objectives"),
        icon="target",
        model=Objective,
        url=lambda row: reverse("plans:objective_detail", args=[row["pk"]]),
        name="title",
    )
)
register_adding(_("Add objective"), "plans:objectives", Objective)
