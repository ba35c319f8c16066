"""What happens in a plan that others follow without being known here."""

from django.dispatch import Signal

#: Rows or links of these `models` were written in bulk, past what saving each of them sets off: `plan_id`, `models`.
rows_rewritten = Signal()
