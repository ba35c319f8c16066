"""Changes that are sent again until they are answered, and carried out once (static/js/waiting.js)."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpResponse

from plans.plan.models import Plan, PlanItem
from plans.receipts.models import Receipt
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.prepared import prepared

HEADER, VERSION = "Idempotency-Key", "X-Version"


def answer_again(request: HtmxHttpRequest, plan: Plan | None = None) -> HttpResponse | None:
    """What to answer when this very change was carried out before: that it was. The page asks what the row is now.

    Ask with the row locked, in the transaction that will keep the receipt. The version is that which the row had then:
    what was changed on the same page meanwhile was changed on top of it. Of a deleted row the plan is not known.
    """
    key = _key(request)
    receipt = _receipt.first(request.user, key) if key else None
    if receipt is None or (plan and receipt.plan_id != plan.pk):
        return None
    return HttpResponse(status=204, headers={VERSION: str(receipt.version)})


def carried_out_once[Answer](view: Callable[..., Answer]) -> Callable[..., Answer]:
    """For a view that keeps the receipt in the transaction of the change, and asks only where it carries out nothing.

    Most changes are sent once, so that is tried first. One that is sent again is stopped by its receipt, which is there
    already, and what it has written is undone with it. Then the view is asked again, and `was_stopped` says so.
    """

    @wraps(view)
    def asked(request: HtmxHttpRequest, *args: Any, **kwargs: Any) -> Answer:
        try:
            return view(request, *args, **kwargs)
        except IntegrityError:
            request.was_stopped = True  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

    return asked


def was_stopped(request: HtmxHttpRequest) -> bool:
    return getattr(request, "was_stopped", False)


@prepared
def _receipt(user: Any, key: uuid.UUID) -> QuerySet[Receipt]:
    return Receipt.objects.visible_to(user).filter(key=key)


def keep_receipt(request: HtmxHttpRequest, row: PlanItem) -> None:
    """Of a change that was carried out, when the page has given it a key to be sent again with."""
    if key := _key(request):
        user: Any = request.user
        Receipt.objects.create(plan_id=row.plan_id, user=user, key=key, version=row.version)


def with_receipt(request: HtmxHttpRequest, response: HttpResponse, row: PlanItem) -> HttpResponse:
    """The answer to a change of `row`, with the version that the change has made."""
    keep_receipt(request, row)
    response.headers[VERSION] = str(row.version)
    return response


def _key(request: HtmxHttpRequest) -> uuid.UUID | None:
    text = request.headers.get(HEADER) if request.method == "POST" else None
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise BadRequest(f"{HEADER} must be a UUID") from None
