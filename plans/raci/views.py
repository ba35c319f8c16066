from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable, get_visible
from plans.plan.completeness import completeness_of
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.raci.forms import PartForm, read_changes, written
from plans.raci.models import Responsibility
from plans.raci.queries import THINGS, Thing, count_accounted, field_of, roles_of, rows_of, things_of
from plans.raci.services import AlreadyAccountable, Change, ChangedMeanwhile, give_part, give_parts
from plans.team.models import Role
from salesplan.lib.htmx import HtmxHttpRequest

TEMPLATE = "plans/raci/responsibilities.html"
#: Cells cost bytes, and without script they are the fields of one form.
CELLS_PER_PAGE, ROWS_PER_PAGE = 250, 20


@require_http_methods(["GET", "HEAD", "POST"])
def responsibilities(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The matrix. Posting it whole is how it is saved without script; with it, each cell saves itself."""
    plan = open_plan(request, pk)
    of = request.GET.get("of", "")
    of = of if of in THINGS else "objectives"
    roles = roles_of(plan)
    page = _page(things_of(plan, of), roles, request.GET.get("page"))
    if request.method == "POST":
        if not plan.lets(plan.my_role, Responsibility):
            raise PermissionDenied
        refused = give_parts(read_changes(request.POST, roles=roles, things=list(page)))
        if not refused:
            messages.success(request, _("Responsibilities saved"))
            return HttpResponseRedirect(request.get_full_path())
        return _matrix(request, plan, of=of, page=page, roles=roles, refused=refused)
    return _matrix(request, plan, of=of, page=page, roles=roles, refused=[])


@require_POST
def responsibility_set(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Give the role its part in the `objective` or `action` named in the body."""
    role = get_editable(Role.objects, request.user, pk=pk)
    plan = open_plan(request, role.plan_id)
    of, thing = _posted_thing(request, plan)
    form = PartForm(request.POST)
    if not form.is_valid():
        return _row(request, plan, of=of, thing=thing, role=role, problem=" ".join(form.errors.get("kind", [""])))
    was = form.cleaned_data["was"] if "was" in request.POST else None
    try:
        give_part(Change(role, thing, form.cleaned_data["kind"], was), instead=form.cleaned_data["instead"])
    except (AlreadyAccountable, ChangedMeanwhile) as refusal:
        return _row(request, plan, of=of, thing=thing, role=role, problem=_reason(refusal, role), refusal=refusal)
    return _row(request, plan, of=of, thing=thing, role=role)


def _page(things, roles: list[Role], number: str | None) -> Page:
    rows = max(1, min(ROWS_PER_PAGE, CELLS_PER_PAGE // max(1, len(roles))))
    return Paginator(things, rows).get_page(number)


def _posted_thing(request: HtmxHttpRequest, plan: Plan) -> tuple[str, Thing]:
    for of, model in THINGS.items():
        pk = request.POST.get(field_of(model), "")
        if pk.isdecimal() and len(pk) < 19:
            return of, get_visible(things_of(plan, of), request.user, pk=int(pk))
    raise Http404


def _matrix(request: HtmxHttpRequest, plan: Plan, *, of: str, page: Page, roles: list[Role], refused) -> HttpResponse:
    rows = rows_of(page, roles)
    by_thing = {row.thing.pk: row for row in rows}
    for change, refusal in refused:
        by_thing[change.thing.pk].problem = _reason(refusal, change.role)
        by_thing[change.thing.pk].problem_role = change.role
    context = _common(plan, of, page.paginator.count) | {
        "rows": rows,
        "roles": roles,
        "page": page,
        "seen": written(rows),
        "tallies": completeness_of(plan).tallies,
    }
    return render(request, TEMPLATE, context, status=422 if refused else 200)


def _row(request: HtmxHttpRequest, plan: Plan, *, of: str, thing: Thing, role: Role, problem="", refusal=None):
    """The row as it is now, and why the change was refused; without HTMX the whole page again."""
    url = f"{reverse('plans:responsibilities', args=[plan.pk])}?of={of}"
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return HttpResponseRedirect(url)
    plan.refresh_from_db(fields=["changed_at"])  # the rail counts what was just saved
    (row,) = rows_of([thing], roles_of(plan))
    row.problem, row.problem_role = problem, role
    row.instead = "A" if isinstance(refusal, AlreadyAccountable) else ""
    context = _common(plan, of, THINGS[of].objects.in_plan(plan).count()) | {
        "row": row,
        "section_template": f"{TEMPLATE}#raci-answer",
    }
    status = 422 if problem else 200
    return render(
        request, "frame/redraw.html", context, status=409 if isinstance(refusal, ChangedMeanwhile) else status
    )


def _common(plan: Plan, of: str, total: int) -> dict:
    return {
        "plan": plan,
        "of": of,
        "kinds": Responsibility.Kind,
        "can_edit": plan.lets(plan.my_role, Responsibility),
        "summary": _summary(of, count_accounted(plan, of), total),
        "total": total,
    }


def _summary(of: str, accounted: int, total: int) -> str:
    if of == "actions":
        words = ngettext(
            "%(accounted)s of %(total)s action has somebody accountable.",
            "%(accounted)s of %(total)s actions have somebody accountable.",
            total,
        )
    else:
        words = ngettext(
            "%(accounted)s of %(total)s objective has somebody accountable.",
            "%(accounted)s of %(total)s objectives have somebody accountable.",
            total,
        )
    return words % {"accounted": accounted, "total": total}


def _reason(refusal: Exception, role: Role) -> str:
    if isinstance(refusal, AlreadyAccountable):
        words = _("%(holder)s is accountable already, and only one role can be. Nothing was changed.")
        return words % {"holder": refusal.role}
    kind = Responsibility.Kind(refusal.kind).label if refusal.kind else _("nothing")  # type: ignore[attr-defined]
    return _("Somebody has set %(role)s to %(kind)s meanwhile. Choose again if it should be otherwise.") % {
        "role": role,
        "kind": kind,
    }
