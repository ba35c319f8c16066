"""What is done to several rows of the research at once."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from analysis.research.models import Finding, ResearchNote
from plans.plan.models import Plan


@transaction.atomic
def add_research_example(plan: Plan, *, on: dt.date) -> ResearchNote:
    """A note with two findings, to be written over; the same note when it is there already."""
    title = _("Why customers leave: call with 12 former clients")
    note, is_new = ResearchNote.objects.get_or_create(
        plan=plan,
        title=title,
        defaults={
            "kind": ResearchNote.Kind.FOCUS_GROUP,
            "source": _("Own calls, by the sales team"),
            "on": on,
            "sample": 12,
            "position": ResearchNote.objects.in_plan(plan).count(),
        },
    )
    if is_new:
        _add_findings(note)
    return note


def _add_findings(note: ResearchNote) -> None:
    Finding.objects.create(
        note=note,
        statement=_("Waiting for a quote costs more customers than the price"),
        kind=Finding.Kind.FACT,
        evidence=_("8 of 12 name the wait, 3 the price"),
        meaning=_("Promise a quote within two days, and keep the price."),
    )
    Finding.objects.create(
        note=note,
        statement=_("Buyers want one person to call after the sale"),
        kind=Finding.Kind.NEED,
        evidence=_("“Nobody knew my case” (3 times)"),
        meaning=_("Name an account manager in every contract."),
        position=1,
    )
