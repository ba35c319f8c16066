"""Model fields that every app uses with the same limits."""

from django.db import models


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

    def __init__(self, *args, **kwargs):
        kwargs.update(max_digits=18, decimal_places=4)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        from salesplan.lib.forms import LocalDecimalField  # as above

        return super().formfield(**{"form_class": LocalDecimalField, **kwargs})
