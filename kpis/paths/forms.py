"""The targets of a KPI's periods: even, as last year went, or typed into a grid."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kpis.kpi.models import Kpi
from kpis.kpi.path import Path, fill_levels
from kpis.kpi.path_words import own_points, sum_words
from kpis.kpi.periods import WEEKLY, period_label
from kpis.kpi.track import Track
from kpis.paths.queries import sources_for, values_of
from kpis.paths.seasons import NoSeasonError, Season, season_of
from kpis.paths.services import lead
from kpis.readings.forms import TOO_LONG
from plans.goalposts.forms import WhyForm
from salesplan.lib.fields import QuantityField
from salesplan.lib.forms import LocalDecimalField, localise_fields, parse_number

CELL = "p{}"
#: As many boxes as one can oversee: three years of weeks.
MOST_PERIODS = 160
LONGEST_COLUMN = 20_000


class PathForm(WhyForm):
    """`seen` is the state of the path the page was drawn with: whoever changed it since is not overwritten unasked."""

    kind = forms.ChoiceField(
        label=gettext_lazy("The way to the target"), choices=Kpi.Path.choices, widget=forms.RadioSelect
    )
    source = forms.ModelChoiceField(
        Kpi.objects.none(), required=False, label=gettext_lazy("Values of the year before"), empty_label=None
    )
    column = forms.CharField(
        required=False,
        strip=False,
        max_length=LONGEST_COLUMN,
        label=gettext_lazy("A column from a spreadsheet"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    changed_meanwhile = False

    def __init__(self, data=None, *, kpi: Kpi, user, typed: Mapping[str, str] | None = None):
        """`typed` is shown and not judged yet."""
        super().__init__(data, initial={"kind": kpi.path, "seen": state_of(kpi)})
        self.kpi, self.track = kpi, (track := Track.of(kpi, kpi.plan))
        self.periods = track.periods()
        self.sources = sources_for(kpi, track, user)
        self.fields["source"].queryset = Kpi.objects.filter(pk__in=[source.pk for source in self.sources])
        self.fields["source"].choices = [(source.pk, source.path_label) for source in self.sources]
        self.fields |= {CELL.format(place): _box(period, track) for place, period in enumerate(self.periods)}
        localise_fields(self.fields, currency=kpi.plan.currency)
        self.show(own_points(track, track.path) if track.path else [])
        self.initial["source"] = self._first_source()
        self.initial.update(typed or {})

    def _first_source(self) -> int | None:
        """The one the path was made of, else the first."""
        pks = [source.pk for source in self.sources]
        made_of = self.kpi.path_basis.get("pk")
        return made_of if made_of in pks else next(iter(pks), None)

    def show(self, points: Iterable[Decimal]) -> None:
        """Numbers for the boxes of a form that is not sent yet; boxes beyond them are empty."""
        self.initial.update({CELL.format(place): None for place in range(len(self.periods))})
        shown = [round(point, 4).normalize() for point in points][: len(self.periods)]
        self.initial.update({CELL.format(place): point for place, point in enumerate(shown)})

    # What templates ask

    @property
    def cells(self) -> list[forms.BoundField]:
        return [self[CELL.format(place)] for place in range(len(self.periods))]

    @property
    def is_short(self) -> bool:
        return len(self.periods) <= MOST_PERIODS

    @cached_property
    def season(self) -> Season | None:
        """Of the source that is chosen; `no_season` says why there is none."""
        try:
            return season_of(self.track, values_of(self._source, before=self.track)) if self._source else None
        except NoSeasonError as reason:
            self.no_season = str(reason)
            return None

    no_season = ""

    @cached_property
    def _source(self) -> Kpi | None:
        chosen = str(self["source"].value() or "")
        return next((source for source in self.sources if str(source.pk) == chosen), None)

    @property
    def sum_words(self) -> str:
        """Of what stands in the boxes, saved or not; boxes that hold no number count for nothing yet."""
        points = [_number(cell.value()) for cell in self.cells]
        return sum_words(self.track, self._filled(points)) if any(point is not None for point in points) else ""

    # Filling the boxes

    def even_points(self) -> list[Decimal]:
        """A total's rest of the rounding goes to its last period, so that they come to the target exactly."""
        if not self.track.is_total:
            straight = replace(self.track, path=None)
            ends = [min(self.track.last_day(period), self.track.deadline) for period in self.periods]
            return [round(straight.expected(end) or Decimal(0), 4) for end in ends]
        target, count = self.track.target or Decimal(0), len(self.periods)
        each = round(target / count, 2)
        return [*[each] * (count - 1), target - each * (count - 1)]

    def season_points(self) -> list[Decimal]:
        """What the season asks for, as numbers one can change."""
        if self.season is None:
            return []
        return own_points(self.track, self.path_of(self.season.points, seasonal=True))

    def path_of(self, points: list[Decimal], *, seasonal: bool) -> Path:
        return Path(seasonal, self.track.starts_on, tuple(points), tuple(accumulate(points)))

    def column_points(self) -> tuple[list[Decimal], str]:
        """The numbers of the pasted column, and what to say of it."""
        points: list[Decimal] = []
        column = self.data.get("column", "")[:LONGEST_COLUMN]
        for number, line in enumerate(column.strip("\r\n").splitlines(), 1):
            text = line.rsplit("\t", 1)[-1].strip()
            point = _number(text)
            if point is None:
                return [], _("Line %(number)d holds no number: “%(text)s”.") % {"number": number, "text": text[:40]}
            points.append(point)
        if len(points) != len(self.periods):
            return points, _("The column has %(given)d numbers, and there are %(wanted)d periods.") % {
                "given": len(points),
                "wanted": len(self.periods),
            }
        return points, ""

    # Checking

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._forget_what_does_not_matter(cleaned.get("kind"))
        if cleaned.get("kind") == Kpi.Path.SEASONAL:
            self._check_season()
        if cleaned.get("kind") == Kpi.Path.TYPED:
            self._check_boxes(cleaned)
        if not self.errors and cleaned.get("seen") != state_of(self.kpi) and self._changes(cleaned):
            self.changed_meanwhile = True
            self.add_error(None, forms.ValidationError("", code="conflict"))
        if not self.errors:
            self.ask_why(self.kpi.plan, self.kpi, self._followed())
        return cleaned

    def _followed(self) -> Kpi:
        """The KPI with the path as it would be saved."""
        kind, points, _basis = self.result()
        after = copy(self.kpi)
        lead(after, kind, self.track.starts_on, points)
        return after

    def _forget_what_does_not_matter(self, kind: str | None) -> None:
        """Nobody sees the boxes of another way."""
        hidden = {"column"} | (set() if kind == Kpi.Path.SEASONAL else {"source"})
        if kind != Kpi.Path.TYPED:
            hidden |= {CELL.format(place) for place in range(len(self.periods))}
        for name in hidden & self.errors.keys():
            del self.errors[name]

    def _check_season(self) -> None:
        if self.season is None and "source" not in self.errors:
            self.add_error("source", self.no_season or _("No KPI of this kind has values of the year before."))

    def _check_boxes(self, cleaned: dict[str, Any]) -> None:
        if not self.is_short:
            self.add_error("kind", _("There are more than %(count)d periods to type.") % {"count": MOST_PERIODS})
        elif all(cleaned.get(CELL.format(place)) is None for place in range(len(self.periods))) and not self.errors:
            self.add_error("kind", _("Write at least one target into the boxes."))

    def _changes(self, cleaned: dict[str, Any]) -> bool:
        kind, points, _basis = self.result()
        return (kind, points) != (self.kpi.path, self.kpi.path_points)

    def result(self) -> tuple[str, list[str], dict[str, Any]]:
        """What to keep: the kind of path, its points, and what they come from."""
        kind = self.cleaned_data["kind"]
        if kind == Kpi.Path.SEASONAL and self.season and self._source:
            first, last = self.season.first.isoformat(), self.season.last.isoformat()
            basis = {"kpi": self._source.name, "pk": self._source.pk, "first": first, "last": last}
            return kind, _texts(self.season.points), basis | self.season.counts
        if kind == Kpi.Path.TYPED:
            typed = [self.cleaned_data.get(CELL.format(place)) for place in range(len(self.periods))]
            return kind, _texts(self._filled(typed)), {}
        return Kpi.Path.LINEAR, [], {}

    def _filled(self, points: list[Decimal | None]) -> list[Decimal]:
        """An empty box of a total is zero, that of a level lies between its neighbours."""
        if self.track.is_total:
            return [point or Decimal(0) for point in points]
        return [round(point, 4) for point in fill_levels(points, start=self.track.baseline)]

    @property
    def empty_words(self) -> str:
        if self.track.is_total:
            return _("An empty box counts as zero.")
        return _("An empty box lies on the line between its neighbours.")

    @property
    def count_words(self) -> str:
        count = len(self.periods)
        return ngettext("%(count)d period", "%(count)d periods", count) % {"count": count}


def state_of(kpi: Kpi) -> str:
    """Changes with the path, and with nothing else of the KPI."""
    return hashlib.sha256(repr((kpi.path, kpi.path_from, kpi.path_points)).encode()).hexdigest()[:16]


def _box(period: dt.date, track: Track) -> LocalDecimalField:
    label = period_label(period, track.rhythm)
    if track.rhythm == WEEKLY:
        label = f"{label}, {date_format(track.first_day(period), 'MONTH_DAY_FORMAT')}"
    return LocalDecimalField(label=label, max_digits=18, decimal_places=4, required=False, error_messages=TOO_LONG)


def _number(shown: Any) -> Decimal | None:
    """None for what is no number, or none a target can be."""
    if isinstance(shown, Decimal) or shown is None:
        return shown
    try:
        number = parse_number(shown)
    except ValueError:
        return None
    return number if abs(number) < QuantityField.LIMIT else None


def _texts(points: list[Decimal]) -> list[str]:
    return [f"{point.normalize():f}" for point in points]
