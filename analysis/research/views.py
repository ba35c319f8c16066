from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analysis.research.forms import FindingForm, ResearchNoteForm
from analysis.research.models import Finding, ResearchNote
from analysis.research.services import add_research_example
from analysis.situation.page import chosen, situation
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of, place_of


def research_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    findings = list(Finding.objects.in_plan(plan))
    kind = chosen(request, "kind")
    if kind not in Finding.Kind:
        kind = ""
    notes = list(ResearchNote.objects.in_plan(plan))
    for note in notes:
        note.shown = [finding for finding in findings if finding.note_id == note.pk and kind in {"", finding.kind}]
    notes_of_kind = [note for note in notes if note.shown or not kind]
    reach = place_of(request.GET.get("at", ""), (note.pk for note in notes_of_kind))
    return {
        "notes": piece_of(notes_of_kind, request, rest="research-rest", reach=reach),
        "empty": not notes,
        "kind": kind,
        "kinds": _count_kinds(findings, kind),
        "finding_count": len(findings),
    } | situation(request, plan, here="analysis:research")


def _count_kinds(findings: list[Finding], chosen_kind: str) -> list[dict]:
    return [
        {
            "value": kind.value,
            "label": kind.label,
            "count": sum(finding.kind == kind for finding in findings),
            "on": kind == chosen_kind,
        }
        for kind in Finding.Kind
    ]


RESEARCH = Section(
    "analysis:research",
    "analysis/research/research.html",
    "research-board",
    research_context,
    parts=("research-rest",),
)

note_items = ItemViews(ResearchNoteForm, section=RESEARCH)
finding_items = ItemViews(FindingForm, section=RESEARCH)


@require_safe
def research(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return RESEARCH.page(request, open_plan(request, pk))


@require_POST
def research_example(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, ResearchNote):
        raise PermissionDenied
    add_research_example(plan, on=timezone.localdate())
    messages.success(request, _("Example added: write over it what is true for you"))
    if request.htmx:
        return RESEARCH.redraw(request, plan)
    return redirect(RESEARCH.url(plan))
