"""Steps 4 and 5 of the example: to whom Innovatech sells, and how."""

from decimal import Decimal
from typing import Any

from analysis.gallery.innovatech import people
from plans.models import Criterion, Objective, Persona, Plan, Role, SalesStage, Segment, Story
from plans.strategy.services import ensure_cycle


def fill_selling(plan: Plan) -> None:
    personas = fill_segments(plan)
    fill_stages(plan)
    fill_stories(plan, personas)


def fill_segments(plan: Plan) -> list[Persona]:
    personas = []
    for position, (name, who, size, unit, source, priority, criteria, drawn) in enumerate(people.SEGMENTS):
        segment = Segment.objects.create(
            plan=plan,
            position=position,
            name=str(name),
            description=str(who),
            size=size,
            size_unit=str(unit),
            size_source=str(source),
            priority=priority,
        )
        for place, (attribute, kind, values) in enumerate(criteria):
            Criterion.objects.create(segment=segment, position=place, attribute=attribute, kind=kind, **_words(values))
        for place, person in enumerate(drawn):
            fields = ("name", "tagline", "quote", "challenges", "goals", "preferences", "buying_behaviour")
            words = dict(zip(fields, map(str, person), strict=True))
            personas.append(Persona.objects.create(segment=segment, position=place, **words))
    first = Objective.objects.in_plan(plan)[0]
    first.segment = Segment.objects.in_plan(plan).first()
    first.save()
    return personas


def fill_stages(plan: Plan) -> None:
    keys = dict(zip(people.HOLDERS, Role.objects.in_plan(plan).order_by("team__position", "position"), strict=True))
    for stage in SalesStage.objects.in_plan(plan):
        owner, conversion, days, methods, criteria = people.STAGES[stage.kind]
        stage.owner, stage.days = keys[owner], days
        stage.conversion = None if conversion is None else Decimal(conversion)
        stage.methods, stage.exit_criteria = str(methods), str(criteria)
        stage.save()
    cycle = ensure_cycle(plan)
    cycle.objective = Objective.objects.in_plan(plan).first()
    cycle.deal_size, cycle.needed = Decimal(people.DEAL_SIZE), Decimal(people.NEW_BUSINESS)
    cycle.save()


def fill_stories(plan: Plan, personas: list[Persona]) -> None:
    stages = {stage.kind: stage for stage in SalesStage.objects.in_plan(plan)}
    for position, (title, anecdote, product, persona, stage) in enumerate(people.STORIES):
        Story.objects.create(
            plan=plan,
            position=position,
            title=str(title),
            anecdote=str(anecdote),
            product=str(product),
            persona=personas[persona],
            stage=stages[stage],
        )


def _words(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}
