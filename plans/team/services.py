"""Teams, roles and meetings to start from, put into a plan in one go."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

from plans.plan.models import Plan
from plans.team.models import Communication, Role, Team
from plans.team.rhythms import COMMUNICATIONS
from plans.team.structure import STRUCTURE, SeatPattern


@transaction.atomic
def insert_article_structure(plan: Plan) -> dict[str, Role]:
    """Five teams with their roles; what the plan has already, by name, stays as it is.

    Answers with the roles by key ("sales_director"), those found as well as those made.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    roles: dict[str, Role] = {}
    for pattern in STRUCTURE:
        team = _named(Team.objects.in_plan(plan), "name", pattern.name) or _append(
            Team, plan=plan, name=pattern.name, purpose=pattern.purpose
        )
        for seat in pattern.seats:
            roles[seat.key] = _named(team.roles.all(), "title", seat.title) or _seat(team, seat, roles)
    return roles


def has_article_structure(teams: Iterable[Team]) -> bool:
    """Whether each of the five teams is among `teams`, under whatever roles."""
    return all(_named(teams, "name", pattern.name) for pattern in STRUCTURE)


@transaction.atomic
def insert_example_communications(plan: Plan) -> list[Communication]:
    """Three meetings and reports, with those roles of the usual structure that the plan has; repeats add nothing."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    titles = {seat.key: seat.title for team in STRUCTURE for seat in team.seats}
    roles = {key: _named(Role.objects.in_plan(plan), "title", title) for key, title in titles.items()}
    added = []
    for pattern in COMMUNICATIONS:
        if _named(Communication.objects.in_plan(plan), "name", pattern.name) is None:
            values = {name: getattr(pattern, name) for name in ("name", "purpose", "rhythm", "channel", "agenda")}
            meeting = _append(Communication, plan=plan, organiser=roles[pattern.organiser], **values)
            meeting.participants.set(role for key in pattern.participants if (role := roles[key]))
            added.append(meeting)
    return added


def _seat(team: Team, seat: SeatPattern, roles: dict[str, Role]) -> Role:
    return _append(
        Role,
        team=team,
        title=seat.title,
        responsibilities=seat.responsibilities,
        reports_to=roles.get(seat.reports_to),
    )


def _append(model: Any, **values: Any) -> Any:
    row = model(**{name: str(value) if isinstance(value, Promise) else value for name, value in values.items()})
    row.position = row.siblings().count()
    row.save()
    return row


def _named(rows: Iterable[Any], field: str, words: Any) -> Any:
    """The row with that name in any of our languages: whoever inserted it may have read another one."""
    names = {_in(code, words).casefold() for code, _name in settings.LANGUAGES}
    return next((row for row in rows if getattr(row, field).casefold() in names), None)


def _in(code: str, words: Any) -> str:
    with translation.override(code):
        return str(words)
