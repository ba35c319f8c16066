"""The seven columns of the strategy's board."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from plans.plan.models import Plan
from plans.strategy.models import SalesStage
from plans.strategy.pipeline import StageLoad
from plans.strategy.queries import Solved
from plans.strategy.services import ensure_stages
from plans.strategy.suggestions import SUGGESTIONS, Suggestion
from salesplan.lib.numbers import NO_VALUE, format_number

FEW = 3


@dataclass(frozen=True)
class Column:
    """A stage, what it must hold, and the suggested methods it does not have yet, by their number."""

    stage: SalesStage
    number: int
    load: StageLoad | None
    suggestion: Suggestion

    @property
    def holds(self) -> str:
        return NO_VALUE if self.load is None or self.load.entrants is None else format_number(self.load.entrants)

    @property
    def per_week(self) -> str:
        return _per(self.load.per_week if self.load else None)

    @property
    def per_month(self) -> str:
        return _per(self.load.per_month if self.load else None)

    @property
    def width(self) -> str:
        """Of its bar, in percent, with a dot whatever the language."""
        return f"{self.load.share if self.load else 0:.1f}"

    @property
    def left(self) -> str:
        return f"{(100 - (self.load.share if self.load else 0)) / 2:.1f}"

    @property
    def unused(self) -> list[tuple[int, str]]:
        methods = [(index, str(method)) for index, method in enumerate(self.suggestion.methods)]
        return [(index, method) for index, method in methods if method not in self.stage.methods]


def _per(rate: Decimal | None) -> str:
    """Whole where there are many, one decimal where there are few; rounded up, so that it is enough."""
    if rate is None:
        return NO_VALUE
    digits = Decimal("0.1") if rate < FEW else Decimal(1)
    return format_number((rate / digits).to_integral_value(ROUND_CEILING) * digits)


def shown_stages(plan: Plan) -> list[SalesStage]:
    """The seven stages, those nobody has opened yet as they would be."""
    saved = {stage.kind: stage for stage in SalesStage.objects.in_plan(plan).select_related("owner__holder")}
    return [saved.get(kind) or SalesStage(plan=plan, kind=kind) for kind in SalesStage.Kind.values]


def open_stages(plan: Plan) -> list[SalesStage]:
    """The seven stages, made when an editor first opens them."""
    stages = shown_stages(plan)
    if all(stage.pk for stage in stages):
        return stages
    ensure_stages(plan)
    return shown_stages(plan)


def columns_of(stages: list[SalesStage], solved: Solved) -> list[Column]:
    loads = solved.loads
    return [
        Column(stage, number, loads.get(stage.kind), SUGGESTIONS[stage.kind])
        for number, stage in enumerate(stages, start=1)
    ]
