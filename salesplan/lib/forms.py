"""Fields that understand how people write numbers and dates, in Polish and in English."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from salesplan.lib.numbers import format_number

#: Dates further off are slips of the keyboard, and could not be moved with a copied plan.
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
OUT_OF_REACH = _("Choose a day from 1900 to 2199.")
#: Stands first in every list to choose from. Django says it; its own Polish lacks it.
NOTHING_CHOSEN = gettext_noop("- Select an option -")

_SPACES = re.compile(r"[\s\u00a0\u202f_']")
_SIGNS = {"\u2212": "-", "\u2013": "-"}


def parse_number(text: str) -> Decimal:
    """Read "1 234,5", "1,234.5", "1.234,5", "1234.5" or "12,5 %" as a Decimal; ValueError when it is none.

    With both marks the last one is the decimal mark. A single comma or dot is the decimal mark, except
    where the reader's language uses it between thousands and exactly three digits follow ("1,234" in English).
    """
    plain = _SPACES.sub("", text).rstrip("%€$£").removesuffix("zł")
    for sign, ascii_sign in _SIGNS.items():
        plain = plain.replace(sign, ascii_sign)
    thousands = formats.get_format("THOUSAND_SEPARATOR")
    comma, dot = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and dot >= 0:
        mark = "," if comma > dot else "."
        plain = plain.replace("." if mark == "," else ",", "")
    else:
        mark = "," if comma >= 0 else "."
        groups = re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}(\{mark}\d{{3}})+", plain)
        if groups and (plain.count(mark) > 1 or mark == thousands):
            plain = plain.replace(mark, "")
    if not re.fullmatch(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", plain, re.IGNORECASE):
        raise ValueError(text)
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error


class LocalDecimalField(forms.DecimalField):
    """A number as the reader writes it; shown again in her language, without needless zeros."""

    widget = forms.TextInput
    parse = staticmethod(parse_number)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            try:
                value = self.parse(value)
            except ValueError:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return format_number(value)
        return value

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except forms.ValidationError:
            return True


class SeveralRows:
    """For a choice of several rows: SQLite fails at ids that no row can have, instead of finding none."""

    MOST_DIGITS = 18

    def clean(self, value):
        for pk in value or ():
            if len(str(pk)) > self.MOST_DIGITS:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],  # type: ignore[attr-defined]
                    code="invalid_choice",
                    params={"value": pk},
                )
        return super().clean(value)  # type: ignore[misc]


class SeveralRowsField(SeveralRows, forms.ModelMultipleChoiceField):
    pass


def parse_hours(text: str) -> Decimal:
    """Read "7.5", "7,5 h" or "7:30" as hours; ValueError when it is none."""
    plain = text.strip().casefold().removesuffix("h").strip()
    if clock := re.fullmatch(r"(\d+):([0-5]\d)", plain):
        return Decimal(clock[1]) + Decimal(clock[2]) / 60
    return parse_number(plain)


class HoursInput(LocalDecimalField):
    """Hours as a number or as a clock shows them."""

    parse = staticmethod(parse_hours)


class LocalDateInput(forms.DateInput):
    """The browser's own date picker, which speaks the reader's language and takes keys."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


def localise_fields(fields, *, currency: str) -> None:
    """Give every date, text and amount of a form its widget and its sensible limits."""
    for field in fields.values():
        if isinstance(field, forms.DateField) and not isinstance(field.widget, LocalDateInput):
            field.widget = LocalDateInput()
            field.error_messages["invalid"] = _("There is no such day. Write it like 2026-09-30.")
            field.validators += [MinValueValidator(EARLIEST, OUT_OF_REACH), MaxValueValidator(LATEST, OUT_OF_REACH)]
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.setdefault("rows", 3)
        if isinstance(field, LocalDecimalField):
            field.error_messages["invalid"] = _("Write a number, for example %(example)s.") % {
                "example": format_number(Decimal("1234.5"))
            }
