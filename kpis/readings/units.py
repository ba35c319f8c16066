"""Numbers that bring their unit along, as they do when they are copied from somewhere."""

from typing import Any

from salesplan.lib.forms import LocalDecimalField
from salesplan.lib.money import currency_symbol


class UnitDecimalField(LocalDecimalField):
    """Reads "46 leads" and "1 234,50 EUR" where the KPI is counted in leads or in EUR; another unit is no number."""

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.units = [word.casefold() for word in {unit, currency_symbol(unit)} if word]

    def to_python(self, value):
        return super().to_python(self._bare(value) if isinstance(value, str) else value)

    def _bare(self, text: str) -> str:
        for unit in self.units:
            if text.strip().casefold().endswith(unit):
                return text.strip()[: -len(unit)]
            if text.strip().casefold().startswith(unit):
                return text.strip()[len(unit) :]
        return text
