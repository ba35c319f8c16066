"""What one can choose in a cell, written once for the hundreds of cells of a matrix."""

from django.utils.safestring import SafeString

from plans.raci.models import Responsibility

EMPTY = "–"


def _options(chosen: str) -> SafeString:
    """As short as HTML allows: no closing tags, and a value only where it differs from the text."""
    options = [("<option value=''", "", EMPTY), *(("<option", kind, kind) for kind in Responsibility.Kind.values)]
    return SafeString("".join(f"{tag}{' selected' if value == chosen else ''}>{text}" for tag, value, text in options))


OPTIONS = {kind: _options(kind) for kind in ("", *Responsibility.Kind.values)}
