from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from analysis.competitors.models import Competitor
from plans.find.commands import register_adding
from plans.find.kinds import Kind, register_kind

register_kind(
    Kind(
        label=_("Competitors"),
        icon="building-store",
        model=Competitor,
        url=lambda row: (
            reverse("analysis:competitors", args=[row["plan_id"]], query={"at": row["pk"]}) + f"#competitor-{row['pk']}"
        ),
    )
)
register_adding(_("Add company"), "analysis:competitors", Competitor)
