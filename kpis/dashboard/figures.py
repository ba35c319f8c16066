"""The plots of the overview: which of them a plan has something to show in."""

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from kpis.dashboard.charts import attainment_chart, objective_chart
from kpis.dashboard.facts import Facts
from kpis.dashboard.objectives import ObjectiveRow
from kpis.dashboard.week_chart import week_chart
from kpis.dashboard.weeks import weeks_of
from kpis.kpi.annotations import marks_of, public_kinds
from kpis.kpi.charts import run_chart
from kpis.kpi.marked import marked_periods
from kpis.kpi.progress import running_values
from plans.budget.charts import category_chart, waterfall_chart
from salesplan.lib.charts import Chart


@dataclass(frozen=True)
class Figures:
    """None where the plan has nothing of the kind yet: the page says then what belongs there."""

    facts: Facts
    rows: list[ObjectiveRow]

    @cached_property
    def run(self) -> Chart | None:
        if all(value is None for value in self.facts.main_values.values()):
            return None
        main = self.facts.tiles[0]
        running = running_values(main.track, self.facts.main_values)
        return run_chart(
            main.kpi,
            main.track,
            running,
            today=self.facts.today,
            says=main.rule,
            kept=lambda: marked_periods(main.kpi),
            # People outside see it too.
            marks=lambda: marks_of(main.kpi, public_kinds()),
        )

    @cached_property
    def objectives(self) -> Chart | None:
        return objective_chart(self.rows) if any(row.share is not None for row in self.rows) else None

    @cached_property
    def kpis(self) -> Chart | None:
        known = any(progress.pace.ratio is not None for progress in self.facts.kpis)
        return attainment_chart(self.facts.kpis) if known else None

    @cached_property
    def categories(self) -> Chart | None:
        return category_chart(self.facts.budget, currency=self.facts.plan.currency) if self.facts.budget.rows else None

    @cached_property
    def waterfall(self) -> Chart | None:
        return waterfall_chart(self.facts.budget, currency=self.facts.plan.currency) if self.facts.budget.rows else None

    @cached_property
    def weeks(self) -> Chart | None:
        """A closed plan is shown as its period ended."""
        plan, today = self.facts.plan, self.facts.today
        day = today if plan.is_open else min(today, plan.ends_on)
        weeks = weeks_of(self.facts.log, self.facts.actions, day, plan.workspace.week_starts_on)
        return week_chart(weeks) if weeks else None

    def of(self, panels: Container[str]) -> list[Chart | None]:
        """Those that stand on these panels of the overview; nothing is drawn for the others."""
        return [getattr(self, name) for panel, name in CHARTS.items() if panel in panels]

    @property
    def objective_height(self) -> str:
        return height_for(sum(row.share is not None for row in self.rows))

    @property
    def kpi_height(self) -> str:
        return height_for(sum(progress.pace.ratio is not None for progress in self.facts.kpis))

    @property
    def category_height(self) -> str:
        return height_for(len(self.facts.budget.rows))


#: The panel (kpis.dashboard.arrangement) each stands on.
CHARTS = {
    "run": "run",
    "progress": "objectives",
    "pace": "kpis",
    "categories": "categories",
    "waterfall": "waterfall",
    "weeks": "weeks",
}
#: How many horizontal bars fit into which height (classes of .chart in parts.css).
HEIGHTS = ((4, "h180"), (6, "h220"), (8, "h260"), (10, "h300"), (12, "h340"))


def height_for(bars: int) -> str:
    return next((height for most, height in HEIGHTS if bars <= most), "h380")
