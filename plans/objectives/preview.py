"""What a half-filled form of an objective comes to, in words."""

from functools import cached_property

from plans.objectives.change import Kind, parse_change
from plans.objectives.forms import BAND, FIGURES, PreviewForm
from plans.objectives.models import Objective
from plans.objectives.wording import figures_in_words, points_in_words, warnings_of
from salesplan.lib.numbers import format_number

KEPT = FIGURES + BAND
EMPTY = (None, "")
#: Fields whose errors are said while one types.
SAID = ("ambition", "baseline", "target", "deadline", "band_high")


class Preview:
    """`target` and `deadline` go into their fields, unless somebody has typed there."""

    def __init__(self, form: PreviewForm):
        form.is_valid()
        self.form, self.outcome = form, form.outcome

    @property
    def target(self) -> str:
        return "" if self.outcome.target is None else format_number(self.outcome.target)

    @property
    def deadline(self) -> str:
        return self.outcome.deadline.isoformat() if self.outcome.deadline else ""

    @cached_property
    def objective(self) -> Objective:
        """As it would be saved."""
        return Objective(
            **{name: value for name, value in self.form.cleaned_data.items() if name in KEPT and value not in EMPTY}
        )

    @property
    def words(self) -> str:
        return figures_in_words(self.objective)

    @property
    def points(self) -> str:
        """For a percentage of a percentage, which is easily taken for points."""
        if self.outcome.kind != Kind.PERCENT or self.objective.unit.strip() != "%":
            return ""
        amount = parse_change(self.objective.ambition).amount
        return points_in_words(self.objective, amount) if amount else ""

    @property
    def problems(self) -> list[str]:
        return [str(error) for name in SAID for error in self.form.errors.get(name, [])]

    @property
    def hints(self) -> list[str]:
        hints = [self.outcome.missing] if self.outcome.missing and self.objective.target is None else []
        return hints + warnings_of(self.objective, self.form.plan)
