"""One's tokens; and, for those who give roles, all of the company."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable, get_visible
from accounts.api.forms import TokenForm
from accounts.api.models import ApiToken
from accounts.api.services import make_token
from accounts.models import Membership
from accounts.roles import ADMINS
from accounts.workspaces.queries import workspace_of


@never_cache
@require_http_methods(["GET", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """A new token stands in the answer to the request that made it, and nowhere else ever."""
    workspace = workspace_of(request.user)
    if workspace is None:
        return redirect("accounts:workspace_add")
    form, made = TokenForm(request.POST or None, currency=workspace.currency), ""
    if form.is_valid():
        mine = get_visible(Membership.objects.filter(user=request.user.pk), request.user, workspace=workspace)
        _token, made = make_token(mine, **form.cleaned_data)
        form = TokenForm(currency=workspace.currency)
    seen = ApiToken.objects.visible_to(request.user).filter(membership__workspace=workspace)
    tokens = list(seen.select_related("membership__user"))
    context = {
        "form": form,
        "company": workspace,
        "made": made,
        "mine": [token for token in tokens if token.membership.user_id == request.user.pk],
        "others": [token for token in tokens if token.membership.user_id != request.user.pk],
        "leads": workspace.my_role in ADMINS,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/api/token_list.html", context, status=status)


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_editable(ApiToken.objects, request.user, pk=pk)
    token.delete()
    messages.success(request, _("“%(token)s” opens nothing any more") % {"token": token.name})
    return redirect("accounts:token_list")
