"""Which field a rule of the database is about, so that what it says stands beside that field."""

from collections.abc import Container, Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, F, Model, Q


def beside_fields(errors: ValidationError, model: type[Model], fields: Container[str]) -> ValidationError:
    """The same errors, those of rules moved to the last field of the form that the rule names."""
    sorted_errors: dict[str, list] = {}
    for name, problems in errors.update_error_dict({}).items():
        for problem in problems:
            place = _place(problem, model, fields) if name == NON_FIELD_ERRORS else name
            sorted_errors.setdefault(place, []).append(problem)
    return ValidationError(sorted_errors)


def _place(problem: ValidationError, model: type[Model], fields: Container[str]) -> str:
    for rule in model._meta.constraints:
        if isinstance(rule, CheckConstraint) and rule.violation_error_message == problem.message:
            named = [name for name in _names(rule.condition) if name in fields]
            return named[-1] if named else NON_FIELD_ERRORS
    return NON_FIELD_ERRORS


def _names(condition) -> Iterator[str]:
    """In their order; of "deadline after start" the start comes first, for the deadline is what is wrong."""
    for part in condition.children:
        if isinstance(part, Q):
            yield from _names(part)
        else:
            lookup, value = part
            if isinstance(value, F):
                yield value.name  # type: ignore[attr-defined]
            yield lookup.split("__")[0]
