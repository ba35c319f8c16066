"""What is wrong with a request, as a program reads it: problem+json (RFC 9457), in the language it asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BaseForm
from django.http import JsonResponse
from django.utils.translation import gettext as _

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """Raised anywhere in an API view; `errors` stand beside their fields, `more` are further members."""

    def __init__(self, status: int, detail: str, *, errors: Iterable[Mapping[str, str]] = (), **more: Any):
        super().__init__(detail)
        self.status, self.detail, self.errors, self.more = status, detail, list(errors), more
        self.headers: dict[str, str] = {}


def answer_problem(problem: Problem) -> JsonResponse:
    body = {"type": "about:blank", "title": title_of(problem.status), "status": problem.status}
    body |= {"detail": problem.detail, "errors": problem.errors} | problem.more
    return JsonResponse(body, status=problem.status, content_type=CONTENT_TYPE, headers=problem.headers)


def title_of(status: int) -> str:
    return {
        400: _("The request cannot be read"),
        401: _("No valid token"),
        403: _("Not allowed"),
        404: _("There is no such thing"),
        405: _("This address does not take that method"),
        409: _("Somebody else has changed it"),
        412: _("It has changed since you read it"),
        422: _("Some values cannot be saved"),
        429: _("Too many requests"),
    }[status]


def error(field: str, code: str, message: str) -> dict[str, str]:
    return {"field": field, "code": code, "message": message}


def errors_of(form: BaseForm) -> list[dict[str, str]]:
    """The same words as under the fields of the page; what is about no field has an empty name."""
    return [
        error("" if name == "__all__" else name, problem.code or "invalid", message)
        for name, problems in form.errors.as_data().items()
        for problem in problems
        for message in problem.messages
    ]
