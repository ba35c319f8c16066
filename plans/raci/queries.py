"""The responsibility matrix: roles across, objectives or actions down."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from plans.actions.models import Action
from plans.objectives.models import Objective
from plans.plan.models import Plan
from plans.raci.cells import OPTIONS
from plans.raci.models import Responsibility
from plans.team.models import Role

type Thing = Objective | Action
#: What the matrix can be of, by the word in its address.
THINGS: dict[str, type[Thing]] = {"objectives": Objective, "actions": Action}


@dataclass(frozen=True)
class Cell:
    role: Role
    kind: str

    @property
    def options(self) -> SafeString:
        return OPTIONS[self.kind]

    @property
    def word(self) -> str:
        return str(Responsibility.Kind(self.kind).label) if self.kind else ""


@dataclass
class Row:
    thing: Thing
    cells: list[Cell]
    #: What was refused, in words, and by which role's cell.
    problem: str = ""
    problem_role: Role | None = None
    #: The part that was asked for, where it can be had by taking it from somebody else.
    instead: str = ""
    accountable: Role | None = field(init=False)

    def __post_init__(self):
        kinds = {cell.kind: cell.role for cell in self.cells}
        self.accountable = kinds.get(Responsibility.Kind.ACCOUNTABLE)

    @property
    def field(self) -> str:
        return field_of(self.thing)

    @property
    def named_elsewhere(self) -> str:
        """Who answers for an action in the action table, where the matrix says something else."""
        if not isinstance(self.thing, Action) or (self.accountable and self.thing.role_id == self.accountable.pk):
            return ""
        return self.thing.responsible


def field_of(thing: Thing | type[Thing]) -> str:
    """The field of Responsibility that points at it; also its word in forms and ids."""
    return thing._meta.model_name or ""


def roles_of(plan: Plan) -> list[Role]:
    roles = Role.objects.in_plan(plan).select_related("team", "holder")
    return list(roles.order_by("team__position", "team__pk", "position", "pk"))


def things_of(plan: Plan, of: str):
    if of == "actions":
        actions = Action.objects.in_plan(plan).select_related("objective", "person", "role__holder")
        return actions.order_by("objective__position", "objective__pk", "position", "pk")
    return Objective.objects.in_plan(plan)


def rows_of(things: Iterable[Thing], roles: list[Role]) -> list[Row]:
    things = list(things)
    kinds = _kinds(things)
    return [Row(thing, [Cell(role, kinds.get((role.pk, thing.pk), "")) for role in roles]) for thing in things]


def count_accounted(plan: Plan, of: str) -> int:
    """How many objectives (or actions) have somebody accountable."""
    pointed = {f"{field_of(THINGS[of])}__isnull": False}
    return Responsibility.objects.in_plan(plan).filter(kind=Responsibility.Kind.ACCOUNTABLE, **pointed).count()


def _kinds(things: list[Thing]) -> dict[tuple[int, int], str]:
    if not things:
        return {}
    name = field_of(things[0])
    parts = Responsibility.objects.filter(**{f"{name}__in": [thing.pk for thing in things]})
    return {(role, thing): kind for role, thing, kind in parts.values_list("role", name, "kind")}
