"""Requests that are sent again because their answer got lost, and carried out once."""

import hashlib
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.api.models import ApiAnswer, ApiToken
from accounts.api.problems import Problem, answer_problem

HEADER = "Idempotency-Key"


def answered_once(request: HttpRequest, token: ApiToken, deed: Callable[[], HttpResponse]) -> HttpResponse:
    """In a transaction. The key is written first: of two at the same instant the second waits, and gets the answer.

    What is refused keeps no key: mended, it may be sent under the same one.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return deed()
    if not re.fullmatch("[!-~]{1,200}", key):
        return answer_problem(Problem(400, _("A key has up to 200 letters, digits and signs, and no spaces.")))
    fingerprint = _fingerprint(request)
    kept, new = ApiAnswer.objects.get_or_create(token=token, key=key, defaults={"fingerprint": fingerprint})
    if new:
        response = deed()
        kept.status, kept.body = response.status_code, response.content.decode()
        kept.save(update_fields=["status", "body"])
        return response
    if kept.fingerprint != fingerprint:
        return answer_problem(Problem(422, _("Another request was sent under this key.")))
    return HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8")


def _fingerprint(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    digest.update(request.body)
    return digest.hexdigest()
