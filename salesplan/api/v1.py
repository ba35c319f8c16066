"""The API as a whole: who is let in, which address is meant, and what every answer says."""

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

import ninja
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern
from django.utils import timezone, translation
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from accounts.api.answers import answered_once
from accounts.api.door import REFUSALS
from accounts.api.models import ApiToken
from accounts.api.problems import CONTENT_TYPE, Problem, answer_problem, error
from accounts.api.services import recognise, requests_left
from kpis.kpi.api import router as kpis
from kpis.readings.api import router as readings
from plans.actions.api import router as actions
from plans.objectives.api import router as objectives
from plans.plan.api import router as plans
from salesplan.lib.zones import zone_named

ROOT = "/api/v1/"
SAFE = {"GET", "HEAD", "OPTIONS"}
#: No request is longer: five hundred readings with notes are a fraction of it.
LONGEST = 2_000_000


class JsonParser(Parser):
    """Digits as they are written, and nothing that is no JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return json.loads(request.body, parse_float=Decimal, parse_constant=_no_number)
        except (ValueError, RecursionError) as problem:
            raise Problem(400, _("The body is not valid JSON.")) from problem


def _no_number(text: str) -> None:
    raise ValueError(text)


api = ninja.NinjaAPI(
    title="Salesplan",
    version="1",
    description="What people do on the pages, for programs. How to begin: docs/api.md.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    parser=JsonParser(),
)
for prefix, router in (
    ("plans", plans),
    ("objectives", objectives),
    ("actions", actions),
    ("kpis", kpis),
    ("readings", readings),
):
    api.add_router(prefix, router)


# Refusals


@api.exception_handler(Problem)
def _problem(request: Any, problem: Problem) -> HttpResponse:
    return answer_problem(problem)


@api.exception_handler(Http404)
def _not_found(request: Any, _error: Http404) -> HttpResponse:
    return answer_problem(_nothing_there())


@api.exception_handler(PermissionDenied)
def _denied(request: Any, denied: PermissionDenied) -> HttpResponse:
    return answer_problem(Problem(403, str(denied) or _("Your role does not allow it, or the plan is closed.")))


@api.exception_handler(ValidationError)
def _invalid(request: Any, invalid: ValidationError) -> HttpResponse:
    errors = [error(_place(each["loc"]), each["type"], _words(each)) for each in invalid.errors]
    return answer_problem(Problem(422, _("Nothing was saved."), errors=errors))


@api.exception_handler(HttpError)
def _other(request: Any, problem: HttpError) -> HttpResponse:
    return answer_problem(Problem(problem.status_code, _("The request cannot be read")))


@api.exception_handler(IntegrityError)
def _quicker(request: Any, refused: IntegrityError) -> HttpResponse:
    """Somebody else wrote the same a moment before: `answer` looks again."""
    raise refused


def _place(location: tuple[Any, ...]) -> str:
    """Without where it was found, and without what the view calls the body."""
    return ".".join(map(str, location[2 if location[0] == "body" else 1 :]))


def _words(problem: dict[str, Any]) -> str:
    """In the reader's language; what a program must know beside it stands in the code."""
    kind, about = problem["type"], problem.get("ctx", {})
    if kind in {"number", "day", "moment"}:
        return problem["msg"]
    limits = {name: about[name] for name in ("ge", "le", "max_length", "min_length", "expected") if name in about}
    if limits:
        return _("Outside what is allowed: %(limit)s.") % {"limit": ", ".join(f"{k} {v}" for k, v in limits.items())}
    return {
        "missing": _("This field is needed."),
        "extra_forbidden": _("There is no such field."),
        "string_type": _("Write text."),
        "bool_type": _("Write true or false."),
    }.get(kind, _("This is no valid value."))


def _nothing_there() -> Problem:
    return Problem(404, _("It does not exist, or you may not see it."))


# Requests

_addresses = URLResolver(RegexPattern(r"^"), api.urls[0])


def answer(request: HttpRequest, route: str) -> HttpResponse:
    """Everything is written in one transaction: a refusal leaves nothing of it."""
    try:
        token = _let_in(request)
    except Problem as refused:
        return answer_problem(refused)
    request.user, request.api_token = token.membership.user, token  # type: ignore[attr-defined]
    spoken = "" if "Accept-Language" in request.headers else token.membership.user.language
    zone = zone_named(token.membership.user.time_zone, token.membership.workspace.time_zone)
    with translation.override(spoken or translation.get_language()), timezone.override(zone):
        response = _answer_limited(request, token, route)
        response.headers["Content-Language"] = translation.get_language()
    response.headers["Cache-Control"] = "private, no-cache"
    left = requests_left(token)
    now = timezone.now()
    response.headers["RateLimit-Limit"] = str(left + token.requests)
    response.headers["RateLimit-Remaining"] = str(max(left, 0))
    response.headers["RateLimit-Reset"] = str(60 - now.second)
    if response.status_code == 429:
        response.headers["Retry-After"] = response.headers["RateLimit-Reset"]
    return response


def _let_in(request: HttpRequest) -> ApiToken:
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    token = None
    if scheme.lower() == "bearer":
        token = recognise(text.strip(), now=timezone.now(), today=timezone.localdate())
    if token is None:
        refused = Problem(401, _("Send “Authorization: Bearer …” with a token that has not expired."))
        refused.headers["WWW-Authenticate"] = 'Bearer realm="Salesplan"'
        raise refused
    return token


def _answer_limited(request: HttpRequest, token: ApiToken, route: str) -> HttpResponse:
    if requests_left(token) < 0:
        return answer_problem(Problem(429, _("Wait until the minute is over.")))
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return answer_problem(Problem(400, _("The request is too long.")))
    try:
        view, args, kwargs = _addresses.resolve(route)
    except Resolver404:
        return answer_problem(_nothing_there())
    if request.method in SAFE:
        return _with_etag(request, view(request, *args, **kwargs), of_row="pk" in kwargs)
    try:
        return _written(request, token, lambda: view(request, *args, **kwargs))
    except IntegrityError:
        return _written(request, token, lambda: view(request, *args, **kwargs))


def _written(request: HttpRequest, token: ApiToken, deed: Callable[[], HttpResponse]) -> HttpResponse:
    with transaction.atomic():
        response = answered_once(request, token, lambda: _refused_method(request, deed()))
        if response.status_code >= 400:
            transaction.set_rollback(True)
    return response


def _with_etag(request: HttpRequest, response: HttpResponse, *, of_row: bool) -> HttpResponse:
    """That of a row begins with its version, by which If-Match knows it."""
    response = _refused_method(request, response)
    if response.status_code != 200:
        return response
    digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
    version = f"v{json.loads(response.content)['version']}-" if of_row else ""
    etag = f'"{version}{digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    response.headers["ETag"] = etag
    return response


def _refused_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 405:
        return response
    refused = Problem(405, _("This address does not take that method"))
    refused.headers["Allow"] = ", ".join(sorted(response.headers["Allow"].split(", ")))
    return answer_problem(refused)


# The schema


@cache
def schema() -> dict[str, Any]:
    """What the API takes and gives, as it is built; refusals are problem+json, which the library cannot say."""
    found = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT), default=str))
    for path in found["paths"].values():
        for method, operation in path.items():
            operation["responses"]["405"] = operation["responses"]["400"]
            for status, response in operation["responses"].items():
                if int(status) in REFUSALS | {405}:
                    response["content"] = {CONTENT_TYPE: next(iter(response["content"].values()))}
            if method == "post":
                operation["parameters"].append(
                    _header("Idempotency-Key", "Sent again under the same key, it is done once.")
                )
            if method in {"patch", "delete"}:
                operation["parameters"].append(_header("If-Match", "The ETag of the row one has read; else 412."))
    return found


def _header(name: str, description: str) -> dict[str, Any]:
    kind = {"type": "string", "pattern": "^[!-~]{1,200}$"}
    return {"in": "header", "name": name, "required": False, "description": description, "schema": kind}
