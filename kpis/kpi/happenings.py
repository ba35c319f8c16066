"""What this room itself tells of the run of a KPI (kpis/kpi/annotations.py)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kpis.kpi.annotations import Annotation, register_annotations
from kpis.kpi.models import Kpi
from kpis.kpi.periods import period_label
from kpis.kpi.told import told_of
from plans.actions.models import Action
from plans.goalposts.queries import moved_of
from plans.imports.models import SheetImport


def actions_done(kpi: Kpi) -> Iterable[Annotation]:
    """Those that move it, and those of its objective."""
    moves_it = Q(kpis=kpi.pk)
    if kpi.objective_id:
        moves_it |= Q(objective=kpi.objective_id)
    done: Any = Action.objects.in_plan(kpi.plan).filter(moves_it, done_on__isnull=False).distinct()
    for pk, title, done_on in done.order_by("done_on", "pk").values_list("pk", "title", "done_on"):
        yield Annotation(done_on, title, reverse("plans:action_detail", args=[pk]))


def goalposts_moved(kpi: Kpi) -> Iterable[Annotation]:
    for moved in moved_of(kpi):
        yield Annotation(timezone.localdate(moved.moved_at), moved.words, kpi.get_absolute_url() + "#kpi-goalposts")


def values_corrected(kpi: Kpi) -> Iterable[Annotation]:
    for period, corrections in told_of(kpi, ()).corrections.items():
        for correction in corrections:
            words = {"period": period_label(period, kpi.rhythm), "value": correction.words}
            yield Annotation(timezone.localdate(correction.at), _("%(period)s corrected, was %(value)s") % words)


def sheets_imported(kpi: Kpi) -> Iterable[Annotation]:
    done = SheetImport.objects.in_plan(kpi.plan).filter(state=SheetImport.State.DONE).order_by("created_at")
    for name, at, size in done.values_list("file_name", "created_at", "size"):
        rows = ngettext("%(file)s, %(count)d row", "%(file)s, %(count)d rows", size) % {"file": name, "count": size}
        yield Annotation(timezone.localdate(at), rows)


register_annotations("actions", gettext_lazy("Actions finished"), actions_done, is_public=True)
register_annotations("goalposts", gettext_lazy("Goalposts moved"), goalposts_moved, is_public=True)
register_annotations("corrections", gettext_lazy("Values corrected"), values_corrected)
register_annotations("imports", gettext_lazy("Sheets imported"), sheets_imported)
