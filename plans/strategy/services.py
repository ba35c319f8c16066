from django.db import transaction
from django.db.models import Max

from plans.plan.models import Plan
from plans.strategy.models import SalesCycle, SalesStage, Story
from plans.strategy.suggestions import STORY, SUGGESTIONS


@transaction.atomic
def ensure_stages(plan: Plan) -> list[SalesStage]:
    """The plan's seven stages in their order; those that are not there yet are made.

    Two people opening the page at once make each stage once: the second finds the first one's rows.
    """
    for position, kind in enumerate(SalesStage.Kind.values):
        SalesStage.objects.get_or_create(plan=plan, kind=kind, defaults={"position": position})
    return list(SalesStage.objects.in_plan(plan))


@transaction.atomic
def ensure_cycle(plan: Plan) -> SalesCycle:
    """The plan's sales cycle, made when it is first saved."""
    return SalesCycle.objects.get_or_create(plan=plan)[0]


def add_method(stage: SalesStage, number: int) -> None:
    """Add a suggested method as a line of the stage's methods, and once only."""
    method = str(SUGGESTIONS[stage.kind].methods[number])
    if method in stage.methods:
        return
    stage.methods = "\n".join(filter(None, [stage.methods.rstrip(), f"- {method}"]))
    if not stage.exit_criteria:
        stage.exit_criteria = str(SUGGESTIONS[stage.kind].exit_criteria)
    stage.save(update_fields=["methods", "exit_criteria"])


def insert_story(plan: Plan) -> Story:
    """Add the example story, for the stage in which it is told."""
    last = Story.objects.in_plan(plan).aggregate(last=Max("position"))["last"]
    stage = SalesStage.objects.in_plan(plan).filter(kind=SalesStage.Kind.OBJECTIONS).first()
    words = {name: str(text) for name, text in STORY.items()}
    return Story.objects.create(plan=plan, position=0 if last is None else last + 1, stage=stage, **words)
