"""What one can choose in a cell, written once for the hundreds of cells of a matrix."""

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from plans.raci.models import Responsibility

CHOICES = (("", "–"), *((kind, kind) for kind in Responsibility.Kind.values))


def _options(chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if value == chosen else "", label) for value, label in CHOICES),
    )


OPTIONS = {value: _options(value) for value, _label in CHOICES}
