from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.team.forms import CommunicationForm, RoleForm, TeamForm
from plans.team.models import Communication, Role, Team


def team_context(request: HttpRequest, plan: Plan) -> dict:
    roles: dict[int, list[Role]] = {}
    for role in Role.objects.in_plan(plan).select_related("holder", "reports_to"):
        roles.setdefault(role.team_id, []).append(role)
    teams = list(Team.objects.in_plan(plan))
    for team in teams:
        team.seats = roles.get(team.pk, [])
    communications = Communication.objects.in_plan(plan).select_related("organiser").prefetch_related("participants")
    return {"teams": teams, "communications": communications}


TEAM = Section("plans:team", "plans/team/team.html", "team-board", team_context)

team_items = ItemViews(TeamForm, section=TEAM)
role_items = ItemViews(RoleForm, section=TEAM)
communication_items = ItemViews(CommunicationForm, section=TEAM)


@require_safe
def team(request: HttpRequest, pk: int) -> HttpResponse:
    return TEAM.page(request, open_plan(request, pk))
