"""The rows of a check-in: one KPI each, with what was last, what is in, and how that stands against its pace."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.functional import Promise

from kpis.kpi.computing import Values
from kpis.kpi.formulas import formula_of
from kpis.kpi.models import Kpi
from kpis.kpi.periods import WEEKLY, period_label, previous_period
from kpis.kpi.progress import KpiProgress, measure, values_by_kpi
from kpis.kpi.words import aim_words, due_words
from kpis.readings.forms import INPUT_PREFIX, ReadingForm
from kpis.readings.models import Reading
from kpis.readings.words import last_words
from salesplan.lib.numbers import format_number
from salesplan.lib.prepared import prepared

WHAT_LENGTH = 32


@dataclass(frozen=True)
class Box:
    """One number to type: the value itself, or one of what a formula computes it from."""

    name: str
    label: str | Promise
    #: As it stands in the box: stored, or typed and not accepted.
    value: str


@dataclass
class Row:
    kpi: Kpi
    period: dt.date
    progress: KpiProgress
    reading: Reading | None
    #: The value of the period before, with its words ("last week 190").
    last: Decimal | None
    last_words: str
    #: What was just sent from this row.
    form: ReadingForm | None = None
    may_enter: bool = True
    #: Why its period takes no value; empty when it does.
    locked: str = ""
    #: Why its period is skipped.
    skipped: str = ""
    #: Why what was just done to it was not taken, other than a value.
    refusal: str = ""
    #: The first that is still open: large on a phone.
    now: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the reader can type in it."""
        return self.may_enter and not self.locked

    @property
    def boxes(self) -> list[Box]:
        if self.form and self.form.is_bound:
            return [Box(field.html_name, field.label, field.value() or "") for field in self.form.number_fields]
        formula = formula_of(self.kpi)
        if formula is None:
            value = self.reading.value if self.reading else None
            return [Box("value", "", "" if value is None else format_number(value))]
        inputs = self.reading.inputs if self.reading else {}
        return [Box(INPUT_PREFIX + entry.name, entry.label, _typed(inputs.get(entry.name))) for entry in formula.inputs]

    @property
    def confidence(self) -> str:
        return self._entered("confidence")

    @property
    def note(self) -> str:
        return self._entered("note")

    def _entered(self, name: str) -> str:
        if self.form and self.form.is_bound:
            return self.form[name].value() or ""
        return getattr(self.reading, name) if self.reading else ""

    @property
    def is_done(self) -> bool:
        return self.reading is not None and not self.is_wrong

    @property
    def is_skipped(self) -> bool:
        return bool(self.skipped) and self.reading is None and not self.is_wrong

    @property
    def is_answered(self) -> bool:
        return self.is_done or self.is_skipped

    @property
    def is_wrong(self) -> bool:
        if self.refusal:
            return True
        return self.form is not None and self.form.is_bound and not self.form.is_valid()

    @property
    def state(self) -> str:
        """CSS class: err, ok, now or todo."""
        return "err" if self.is_wrong else "ok" if self.is_answered else "now" if self.now else "todo"

    @property
    def what(self) -> str:
        """The first line of the description where it is short enough to stand in the row."""
        first = self.kpi.description.partition("\n")[0].rstrip(".")
        return first if len(first) <= WHAT_LENGTH else ""

    @property
    def aim_words(self) -> str:
        track = self.progress.track
        return ", ".join(filter(None, [due_words(track, self.period), aim_words(track)]))

    @property
    def label(self) -> str:
        """Of a period that is not the week the page is about: August 2026."""
        return "" if self.kpi.rhythm == WEEKLY else period_label(self.period, self.kpi.rhythm)


def rows_of(kpis: Iterable[Kpi], *, today: dt.date) -> list[Row]:
    """Open ones first, each group in its order; `kpis` know their `due_period` and `skip_reason`. Two queries."""
    kpis = list(kpis)
    values = values_by_kpi(kpis, today)
    readings = _readings(kpis)
    rows = [make_row(kpi, values.get(kpi.pk, {}), readings.get(kpi.pk), today=today) for kpi in kpis]
    rows.sort(key=lambda row: row.is_answered)
    for row in rows[:1]:
        row.now = not row.is_answered
    return rows


def make_row(
    kpi: Kpi, values: Values, reading: Reading | None, *, today: dt.date, form: ReadingForm | None = None
) -> Row:
    """`values` may reach beyond the period of the row: what came later does not show."""
    period = kpi.due_period  # type: ignore[attr-defined]
    known = {day: value for day, value in values.items() if day <= period}
    earlier = {day: value for day, value in known.items() if day < period and value is not None}
    before = max(earlier, default=None)
    follows = before == previous_period(period, kpi.rhythm)
    return Row(
        kpi=kpi,
        period=period,
        progress=measure(kpi, known, today),
        reading=reading,
        last=earlier[before] if before else None,
        last_words=last_words(kpi, earlier[before], follows=follows) if before else "",
        form=form,
        skipped=kpi.skip_reason,  # type: ignore[attr-defined]
    )


def _typed(number: str | None) -> str:
    return "" if number is None else format_number(Decimal(number))


def _readings(kpis: list[Kpi]) -> dict[int, Reading]:
    periods = {kpi.pk: kpi.due_period for kpi in kpis}  # type: ignore[attr-defined]
    found = _readings_of_periods(list(periods), sorted(set(periods.values())))
    return {reading.kpi_id: reading for reading in found if reading.period == periods[reading.kpi_id]}


@prepared
def _readings_of_periods(kpi_ids: list[int], periods: list[dt.date]) -> QuerySet[Reading]:
    return Reading.objects.filter(kpi__pk__in=kpi_ids, period__in=periods)
