"""The one door, as seen by a program: what the token's person sees and may change now, in the token's company alone."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from pydantic import Field

from accounts.access import get_editable, get_visible
from accounts.api.models import ApiToken
from accounts.api.problems import Problem
from accounts.api.schemas import In, Moment, ProblemOut, QueryId

MOST = 200
REFUSALS = frozenset({400, 401, 403, 404, 409, 412, 422, 429})


class ApiRequest(HttpRequest):
    """Of a program that has been let in (salesplan/api/v1.py)."""

    user: Any
    api_token: ApiToken


class Bearer(HttpBearer):
    """Says in the schema how one signs in; the token was recognised before the address was looked at."""

    def __init__(self, allows: Callable[[ApiToken], bool] = lambda token: True):
        super().__init__()
        self.allows = allows

    def authenticate(self, request: Any, token: str) -> ApiToken:
        if not self.allows(request.api_token):
            raise Problem(403, _("This token may not do that."))
        return request.api_token


READING = Bearer()
ENTERING = Bearer(lambda token: token.may_enter_readings)
WRITING = Bearer(lambda token: token.may_write)


def answers(model: Any, status: int = 200) -> dict[Any, Any]:
    return {status: model, REFUSALS: ProblemOut}


def here(request: ApiRequest, model: Any) -> dict[str, int]:
    """The condition that a row belongs to the token's company: its person may be a member of several."""
    return {model.WORKSPACE_PATH: request.api_token.membership.workspace_id}


def rows(request: ApiRequest, queryset: Any) -> Any:
    return queryset.visible_to(request.user).filter(**here(request, queryset.model))


def one(request: ApiRequest, queryset: Any, pk: int) -> Any:
    return get_visible(queryset, request.user, pk=pk, **here(request, queryset.model))


def one_to_change(request: ApiRequest, queryset: Any, pk: int) -> Any:
    """Locked until the transaction ends."""
    lockable = queryset.select_for_update(of=("self",))
    return get_editable(lockable, request.user, pk=pk, **here(request, queryset.model))


def check_version(request: ApiRequest, row: Any, current: Callable[[], dict[str, Any]]) -> None:
    """If-Match names the version the program has read; 412 with the row as it is, when it has another now."""
    wanted = request.headers.get("If-Match", "*").strip()
    if wanted != "*" and not re.fullmatch(rf'"v{row.version}(-\w+)?"', wanted):
        raise Problem(412, _("Read it again, and decide what to do with what has changed."), current=current())


# Lists


class PageQuery(In):
    """`after` is the id of the last row one has; rows that are added meanwhile shift nothing."""

    limit: int = Field(50, ge=1, le=MOST)
    after: QueryId | None = None
    updated_since: Moment | None = Field(None, description="Only what was changed at that moment or later.")


def page_of(request: ApiRequest, found: Any, query: PageQuery, *, changed: str = "changed_at") -> dict[str, Any]:
    """Rows in the order of their ids, and the address of those that follow."""
    if query.after is not None:
        found = found.filter(pk__gt=query.after)
    if query.updated_since is not None:
        found = found.filter(**{f"{changed}__gte": query.updated_since})
    items = list(found.order_by("pk")[: query.limit + 1])
    following = None
    if len(items) > query.limit:
        items.pop()
        asked = request.GET.copy()
        asked["after"] = str(items[-1].pk)
        following = f"{request.path}?{asked.urlencode()}"
    return {"items": items, "next": following}
