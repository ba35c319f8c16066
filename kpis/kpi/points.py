"""How a target path is kept on the row of its KPI, and how its history says it."""

import json
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from salesplan.lib.numbers import NO_VALUE, format_number

#: As many as its history shows one by one.
FEW = 12


class PointsField(models.JSONField):
    """Numbers as text, one for each period: exact, and read with the row."""

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def told(self, points: list[str]) -> str:
        if not points:
            return NO_VALUE
        numbers = [format_number(round(Decimal(point), 4)) for point in points[:FEW]]
        more = len(points) - len(numbers)
        return "; ".join(numbers) + (ngettext(" and %(n)d more", " and %(n)d more", more) % {"n": more} if more else "")


class BasisField(models.JSONField):
    """Where a seasonal path comes from: `kpi`, `first` and `last` period, how many were `used`, `of` how many."""

    def told(self, basis: dict[str, Any]) -> str:
        if not basis:
            return NO_VALUE
        return _("%(kpi)s, %(used)d of %(of)d values") % basis
