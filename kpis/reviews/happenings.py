"""What reviews tell of the run of a KPI (kpis/kpi/annotations.py)."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kpis.kpi.annotations import Annotation, register_annotations
from kpis.kpi.models import Kpi
from kpis.reviews.models import Decision

#: Enough of a decision to know it again; its page has the rest.
SAID = 120


def decisions_about(kpi: Kpi) -> Iterable[Annotation]:
    """Those made about it or its objective, and those whose action moves it; on the day of their review."""
    about = Q(item__key=f"kpi-{kpi.pk}") | Q(action__kpis=kpi.pk)
    if kpi.objective_id:
        about |= Q(item__key=f"objective-{kpi.objective_id}") | Q(action__objective=kpi.objective_id)
    made = Decision.objects.in_plan(kpi.plan).filter(about).distinct().order_by("item__review__on", "pk")
    for pk, text, day in made.values_list("pk", "text", "item__review__on"):
        words = Truncator(" ".join(text.split())).chars(SAID)
        yield Annotation(day, words, reverse("kpis:decision_detail", args=[pk]))


register_annotations("decisions", _("Decisions"), decisions_about)
