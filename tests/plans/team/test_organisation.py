"""The organisation chart, as the flat list its template closes the lists of."""

from plans.models import Role
from plans.team.queries import organisation
from tests.factories import RoleFactory, TeamFactory


def drawn(plan):
    """Each line one seat, indented by its depth."""
    return ["  " * seat.depth + seat.role.title for seat in organisation(Role.objects.in_plan(plan))]


def test_reports_stand_below_their_chief(plan):
    team = TeamFactory(plan=plan)
    director = RoleFactory(team=team, title="Director")
    manager = RoleFactory(team=team, title="Manager", reports_to=director)
    RoleFactory(team=team, title="Product", reports_to=director)
    RoleFactory(team=team, title="Assistant", reports_to=manager)

    assert drawn(plan) == ["Director", "  Manager", "    Assistant", "  Product"]


def test_every_list_that_is_opened_is_closed(plan):
    team = TeamFactory(plan=plan)
    chief = None
    for title in ("A", "B", "C"):
        chief = RoleFactory(team=team, title=title, reports_to=chief)
    RoleFactory(team=team, title="D")

    seats = organisation(Role.objects.in_plan(plan))

    assert sum(seat.leads for seat in seats) == sum(len(seat.closes) for seat in seats) == 2
    assert [len(seat.closes) for seat in seats] == [0, 0, 2, 0]


def test_roles_in_a_circle_are_drawn_once_each(plan):
    team = TeamFactory(plan=plan)
    first = RoleFactory(team=team, title="A")
    second = RoleFactory(team=team, title="B", reports_to=first)
    Role.objects.filter(pk=first.pk).update(reports_to=second)

    assert drawn(plan) == ["A", "  B"]


def test_a_hundred_ranks_are_drawn_too(as_alice, plan):
    team = TeamFactory(plan=plan)
    chief = None
    for rank in range(100):
        chief = RoleFactory(team=team, title=f"Rank {rank}", reports_to=chief)

    response = as_alice.get(f"/plans/{plan.pk}/team/")

    assert response.text.count('class="org-seat"') == 100
