from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.completeness import completeness_of
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.team.forms import CommunicationForm, RoleForm, TeamForm
from plans.team.models import Communication, Role, Team
from plans.team.queries import organisation
from plans.team.services import has_article_structure, insert_article_structure, insert_example_communications
from salesplan.lib.htmx import HtmxHttpRequest


def team_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    roles = list(Role.objects.in_plan(plan).select_related("holder", "reports_to"))
    teams = list(Team.objects.in_plan(plan))
    for team in teams:
        team.seats = [role for role in roles if role.team_id == team.pk]
    ordered = [role for team in teams for role in team.seats]
    return {
        "teams": teams,
        "is_empty": not teams,
        "role_count": len(roles),
        "vacant_count": sum(not role.held_by for role in roles),
        "organisation": organisation(ordered),
        "structure_is_here": has_article_structure(teams),
        "tallies": completeness_of(plan).tallies,
    }


def communication_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    rows = Communication.objects.in_plan(plan).select_related("organiser").prefetch_related("participants")
    communications = list(rows)
    return {
        "communications": communications,
        "is_empty": not communications,
        "tallies": completeness_of(plan).tallies,
    }


TEAM = Section("plans:team", "plans/team/team.html", "team-board", team_context)
COMMUNICATION = Section(
    "plans:communications", "plans/team/communications.html", "communication-board", communication_context
)

team_items = ItemViews(TeamForm, section=TEAM)
role_items = ItemViews(RoleForm, section=TEAM)
communication_items = ItemViews(CommunicationForm, section=COMMUNICATION)


@require_safe
def team(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return TEAM.page(request, open_plan(request, pk))


@require_safe
def communications(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return COMMUNICATION.page(request, open_plan(request, pk))


@require_POST
def team_structure(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = _open_to_change(request, pk)
    before = Role.objects.in_plan(plan).count()
    insert_article_structure(plan)
    added = Role.objects.in_plan(plan).count() - before
    messages.success(request, _inserted(ngettext("%(count)s role added", "%(count)s roles added", added), added))
    return _answer(request, plan, TEAM)


@require_POST
def communication_example(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = _open_to_change(request, pk)
    added = len(insert_example_communications(plan))
    words = ngettext("%(count)s meeting or report added", "%(count)s meetings and reports added", added)
    messages.success(request, _inserted(words, added))
    return _answer(request, plan, COMMUNICATION)


def _open_to_change(request: HtmxHttpRequest, pk: int) -> Plan:
    plan = open_plan(request, pk)
    if not plan.i_steer:
        raise PermissionDenied
    return plan


def _inserted(words: str, count: int) -> str:
    return words % {"count": count} if count else _("Nothing to add: all of it is here already")


def _answer(request: HtmxHttpRequest, plan: Plan, section: Section) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(section.url(plan))
    return section.redraw(request, plan)
