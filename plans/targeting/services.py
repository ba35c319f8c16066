from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from plans.plan.models import Plan
from plans.targeting.examples import CRITERIA, PERSONA, SEGMENT
from plans.targeting.models import Criterion, Persona, Segment


@transaction.atomic
def insert_example_segment(plan: Plan) -> Segment:
    """A segment with its criteria and a persona; a plan that has a segment of that name keeps the one it has."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    known = Segment.objects.in_plan(plan).filter(name=str(SEGMENT["name"])).first()
    if known:
        return known
    segment = Segment(plan=plan, **_written(SEGMENT))
    segment.position = segment.siblings().count()
    segment.save()
    for position, criterion in enumerate(CRITERIA):
        Criterion.objects.create(segment=segment, position=position, **_written(criterion))
    Persona.objects.create(segment=segment, **_written(PERSONA))
    return segment


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Text as it reads in the language of whoever inserts it."""
    return {name: str(value) if isinstance(value, Promise) else value for name, value in values.items()}
