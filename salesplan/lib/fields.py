"""Model fields that every app uses with the same limits."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

QUARTER_HOUR = Decimal("0.25")


class MoneyField(models.DecimalField):
    """An amount in the plan's currency: up to 999 billion, two decimals."""

    def __init__(self, *args, **kwargs):
        kwargs.update(max_digits=14, decimal_places=2)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        from salesplan.lib.forms import LocalDecimalField  # forms are not needed to load the models

        return super().formfield(**{"form_class": LocalDecimalField, **kwargs})


class QuantityField(models.DecimalField):
    """A measured value in its own unit: up to 10^14, four decimals."""

    LIMIT = Decimal(10) ** 14

    def __init__(self, *args, **kwargs):
        kwargs.update(max_digits=18, decimal_places=4)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        from salesplan.lib.forms import LocalDecimalField  # as above

        return super().formfield(**{"form_class": LocalDecimalField, **kwargs})


def check_quarters(hours: Decimal) -> None:
    if hours % QUARTER_HOUR:
        raise ValidationError(_("Write whole quarters of an hour, for example 1.25 or 7.5."), code="quarters")


class HoursField(models.DecimalField):
    """Hours of work, by the quarter."""

    default_validators = [check_quarters]

    def __init__(self, *args, **kwargs):
        kwargs.update(max_digits=7, decimal_places=2)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        from salesplan.lib.forms import HoursInput  # as above

        return super().formfield(**{"form_class": HoursInput, **kwargs})
