"""Who reports to whom, read from the roles' `reports_to`."""

from collections.abc import Iterable
from dataclasses import dataclass

from plans.plan.models import Plan
from plans.team.models import Role


@dataclass(frozen=True)
class Seat:
    """A role's place in the organisation chart, written out top down: a chief, then each of her reports."""

    role: Role
    depth: int
    #: How many lists end after this seat; the template closes them.
    closes: range
    leads: bool


def organisation(roles: Iterable[Role]) -> list[Seat]:
    """The chart as a flat list. Every role is in it once, even where the lines of reporting run in a circle."""
    by_superior: dict[int | None, list[Role]] = {}
    roles = list(roles)
    known = {role.pk for role in roles}
    for role in roles:
        by_superior.setdefault(role.reports_to_id if role.reports_to_id in known else None, []).append(role)
    return _seats(list(_walk(roles, by_superior)))


def _walk(roles: list[Role], by_superior: dict[int | None, list[Role]]) -> Iterable[tuple[Role, int]]:
    """Those without a superior first; those only a circle leads to begin a line of their own."""
    seen: set[int] = set()
    for top in [*by_superior.get(None, []), *roles]:
        waiting = [(top, 0)]
        while waiting:
            role, depth = waiting.pop()
            if role.pk not in seen:
                seen.add(role.pk)
                yield role, depth
                waiting += [(report, depth + 1) for report in reversed(by_superior.get(role.pk, []))]


def _seats(walked: list[tuple[Role, int]]) -> list[Seat]:
    depths = [depth for _role, depth in walked] + [0]
    return [
        Seat(role, depth, range(max(0, depth - depths[index + 1])), depths[index + 1] > depth)
        for index, (role, depth) in enumerate(walked)
    ]


def circle(role: Role, superior: Role, *, plan: Plan) -> list[str]:
    """The titles one passes from `role` over `superior` back to `role`; empty when that never happens."""
    above: dict[int | None, Role] = {row.pk: row for row in Role.objects.in_plan(plan)}
    path = [role.title]
    step: Role | None = above.get(superior.pk)
    while step and len(path) <= len(above):
        path.append(step.title)
        if step.pk == role.pk:
            return path
        step = above.get(step.reports_to_id)
    return []
