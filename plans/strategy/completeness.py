from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from plans.plan.completeness import Check, register
from plans.strategy.models import SalesCycle, SalesStage, Story

PAGE, BOARD = "plans:strategy", "strategy-board"
STAGES = SalesStage.objects.all()
COUNTED = STAGES.exclude(kind=SalesStage.Kind.FOLLOW_UP)
#: A plan's first stage stands for all of them where none may lack something.
UNCONVERTED = COUNTED.filter(plan=OuterRef("plan"), conversion__isnull=True)
CONVERTED = STAGES.filter(~Exists(UNCONVERTED), kind=SalesStage.Kind.PROSPECTING)
SIZED = SalesCycle.objects.filter(deal_size__isnull=False, objective__isnull=False)

register(
    Check(5, "methods", STAGES.exclude(methods=""), _("Write the methods of a stage"), PAGE, BOARD),
    Check(5, "stage_owner", STAGES.filter(owner__isnull=False), _("Say who owns a stage"), PAGE, BOARD),
    Check(5, "conversions", CONVERTED, _("Enter the conversion of every stage"), PAGE, "pipeline"),
    Check(5, "pipeline", SIZED, _("Say which objective the deals have to meet"), PAGE, "pipeline"),
    Check(5, "stories", Story.objects.all(), _("Write a story that sells"), PAGE, "story-list"),
)
