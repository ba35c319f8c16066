from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.find.commands import register_adding
from plans.find.kinds import Kind, register_kind
from plans.targeting.models import Persona, Segment


def _place(row: dict[str, Any], anchor: str) -> str:
    """On the whole page: a row far down is not among those that are sent first."""
    return reverse("plans:targeting", args=[row["plan_id"]], query={"all": 1}) + f"#{anchor}-{row['pk']}"


register_kind(Kind(label=_("Segments"), icon="focus-2", model=Segment, url=lambda row: _place(row, "segment")))
register_kind(
    Kind(
        label=_("Personas"),
        icon="user-circle",
        model=Persona,
        url=lambda row: _place(row, "persona"),
        fields=("tagline",),
        note=lambda row, plan, today: row["tagline"],
    )
)
register_adding(_("Add segment"), "plans:targeting", Segment)
