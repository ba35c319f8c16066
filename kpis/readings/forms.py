"""The value of one KPI for one period: typed, or computed from its inputs; doubted; and never overwritten silently."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpis.kpi.formulas import formula_of
from kpis.kpi.models import Kpi
from kpis.locks.locked import Locked
from kpis.readings.models import Reading
from kpis.readings.standing import Standing
from kpis.readings.units import UnitDecimalField
from kpis.readings.usual import Doubt, doubt
from kpis.readings.words import doubt_words
from plans.plan.merging import Conflict, FieldConflict
from salesplan.lib.forms import localise_fields
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import NO_VALUE, format_number

INPUT_PREFIX = "input_"
TOO_LONG = {
    "max_digits": gettext_lazy("This number is too large."),
    "max_whole_digits": gettext_lazy("This number is too large."),
    "max_decimal_places": gettext_lazy("At most four decimals."),
}


class MeasuredField(UnitDecimalField):
    """A measured number. What a ratio is computed from is no percentage itself: the sign is a slip, not a unit."""

    def __init__(self, *, whole: bool = False, may_be_percent: bool = True, **kwargs):
        super().__init__(max_digits=18, decimal_places=4, required=False, error_messages=TOO_LONG, **kwargs)
        self._whole, self._may_be_percent = whole, may_be_percent

    def to_python(self, value):
        if isinstance(value, str) and "%" in value and not self._may_be_percent:
            raise forms.ValidationError(_("Write the number itself here, without a percent sign."), code="percent")
        return super().to_python(value)

    def validate(self, value):
        super().validate(value)
        if self._whole and value is not None and value.is_finite() and value % 1:
            raise forms.ValidationError(_("A count is a whole number."), code="whole")


class ReadingForm(forms.Form):
    """`past` are the KPI's earlier values in order of time. After a refused save, one of `doubt` and `conflict`
    says what to ask, or `asks_reason`; `amount` and `inputs` are what would be stored. Inputs that are in and would
    have to be divided by zero are stored without an amount. `settled` is the value not changed without a reason;
    `refused` says why the period takes no value at all.

    Posted beside the fields: `version` of the reading the page showed (empty: none), `keep` the value
    insisted on, `use` the value suggested instead, `mine` the version that may be overwritten.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    confidence = forms.ChoiceField(
        label=gettext_lazy("Confidence"),
        choices=Reading.Confidence.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=1000, required=False)
    reason = forms.CharField(label=gettext_lazy("Reason for the correction"), max_length=300, required=False)

    doubt: Doubt | None = None
    conflict: Conflict | None = None
    amount: Decimal | None = None
    asks_reason = False
    #: As open_entry found them, for who saves.
    standing: Standing
    locked: Locked

    def __init__(
        self,
        data=None,
        *,
        kpi: Kpi,
        period: dt.date,
        today: dt.date,
        reading: Reading | None = None,
        past: Sequence[Decimal] = (),
        settled: Decimal | None = None,
        refused: str = "",
    ):
        self.kpi, self.period, self.today, self.reading, self.past = kpi, period, today, reading, past
        self.settled, self.refused = settled, refused
        self._formula = formula_of(kpi)
        if data is not None and data.get("use"):
            data = data.copy()
            data["value"] = data["keep"] = data["use"]
        super().__init__(data, initial=self._stored(), auto_id=f"kpi{kpi.pk}_%s")
        self.fields |= self._number_fields()
        localise_fields(self.fields, currency=kpi.plan.currency)

    def _number_fields(self) -> dict[str, forms.Field]:
        if self._formula is None:
            is_count = self.kpi.measure == Kpi.Measure.COUNT
            least = 0 if is_count else None
            return {"value": MeasuredField(label=_("Value"), whole=is_count, min_value=least, unit=self.kpi.unit)}
        return {
            INPUT_PREFIX + entry.name: MeasuredField(
                label=entry.label, min_value=None if entry.may_be_negative else 0, may_be_percent=False
            )
            for entry in self._formula.inputs
        }

    def _stored(self) -> dict[str, Any]:
        if self.reading is None:
            return {}
        inputs = {INPUT_PREFIX + name: Decimal(number) for name, number in self.reading.inputs.items()}
        stored = {name: getattr(self.reading, name) for name in ("version", "confidence", "note", "value")}
        return stored | inputs

    @property
    def number_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name == "value" or name.startswith(INPUT_PREFIX)]

    @property
    def inputs(self) -> dict[str, Decimal]:
        """What the formula was given, by name; empty without a formula."""
        found = {name.removeprefix(INPUT_PREFIX): number for name, number in self.cleaned_data.items()}
        names = [entry.name for entry in self._formula.inputs] if self._formula else []
        return {name: found[name] for name in names if found.get(name) is not None}

    # What templates ask

    @property
    def doubt_words(self) -> str:
        return doubt_words(self.doubt, self.kpi.unit) if self.doubt else ""

    @property
    def meant_words(self) -> str:
        """What may have been meant; a formula's inputs cannot be guessed."""
        meant = self.doubt.meant if self.doubt and not self.kpi.formula else None
        return "" if meant is None else format_quantity(meant, self.kpi.unit)

    @property
    def amount_words(self) -> str:
        return "" if self.amount is None else format_quantity(self.amount, self.kpi.unit)

    @property
    def is_empty(self) -> bool:
        """Every box is empty: nothing to save, or what was saved is taken back."""
        return not any(self._filled())

    @property
    def is_partial(self) -> bool:
        """Some of a formula's boxes are still empty: she is on her way to them."""
        return any(filled := self._filled()) and not all(filled)

    @property
    def corrects(self) -> bool:
        """Whether another value is to stand where one has settled."""
        return self.settled is not None and self.settled != self.amount

    @property
    def settled_words(self) -> str:
        return "" if self.settled is None else format_quantity(self.settled, self.kpi.unit)

    def _filled(self) -> list[bool]:
        return [bool((field.value() or "").strip()) for field in self.number_fields] if self.is_bound else [True]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refused:
            raise forms.ValidationError(self.refused, code="locked")
        if self.errors:
            return cleaned
        if self.period > self.kpi.period_on(self.today) or self.period != self.kpi.period_on(self.period):
            raise forms.ValidationError(_("This period has not begun yet."), code="period")
        self.amount = self._compute(cleaned)
        self._find_conflict(cleaned)
        if not self.errors and self.amount is not None:
            self._find_doubt(self.amount)
        if not self.errors and self.corrects and not cleaned["reason"]:
            self.asks_reason = True
            self.add_error(None, forms.ValidationError("", code="reason"))
        return cleaned

    def _compute(self, cleaned: dict[str, Any]) -> Decimal | None:
        if self._formula is None:
            if cleaned.get("value") is None:
                raise forms.ValidationError(_("Write a number."), code="required")
            return cleaned["value"]
        computed = self._formula.compute(self.inputs)
        if not computed.right:
            raise forms.ValidationError(computed.reason, code="no value")
        return computed.value

    # Two people and one value

    def _find_conflict(self, cleaned: dict[str, Any]) -> None:
        """What I left empty takes the other's; what both of us entered is asked about."""
        theirs = self.reading
        if theirs is None or self._seen() == theirs.version:
            return
        for name in ("confidence", "note"):
            cleaned[name] = cleaned[name] or getattr(theirs, name)
        found = self._clashes(theirs, cleaned)
        clashes = [clash for clash in found if clash.theirs not in {clash.mine, NO_VALUE}]
        if clashes:
            self.conflict = Conflict(str(theirs.entered_by or ""), theirs.entered_at, clashes)
            self.add_error(None, forms.ValidationError("", code="conflict"))

    def _seen(self) -> int:
        mine = self.data.get("mine", "")
        return int(mine) if mine.isdecimal() else self.cleaned_data.get("version") or 0

    def _clashes(self, theirs: Reading, cleaned: dict[str, Any]) -> list[FieldConflict]:
        confidences = dict(Reading.Confidence.choices)
        return [
            FieldConflict(str(_("Value")), self._in_words(theirs.value), self._in_words(self.amount)),
            *self._clashing_inputs(theirs),
            FieldConflict(
                str(self.fields["confidence"].label),
                str(confidences.get(theirs.confidence, NO_VALUE)),
                str(confidences.get(cleaned["confidence"], NO_VALUE)),
            ),
            FieldConflict(str(self.fields["note"].label), theirs.note or NO_VALUE, cleaned["note"] or NO_VALUE),
        ]

    def _clashing_inputs(self, theirs: Reading) -> list[FieldConflict]:
        return [
            FieldConflict(str(entry.label), format_number(Decimal(old)), format_number(self.inputs[entry.name]))
            for entry in (self._formula.inputs if self._formula else ())
            if (old := theirs.inputs.get(entry.name))
        ]

    def _in_words(self, value: Decimal | None) -> str:
        return _("no value") if value is None else format_quantity(value, self.kpi.unit)

    # A slip of the finger

    def _find_doubt(self, amount: Decimal) -> None:
        """Once kept, a value is not asked about again while it stays the same."""
        if self.reading is not None and self.reading.value == amount:
            return
        if self.data.get("keep") in {str(amount), format_number(amount)}:
            return
        self.doubt = doubt(amount, self.past)
        if self.doubt:
            self.add_error(None, forms.ValidationError("", code="doubt"))
