"""The people, roles, objectives and KPIs of a plan, found by what people call them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext as _

from accounts.models import User
from plans.actions.models import Action
from plans.exchange.names import split_names
from plans.imports.values import BadValue
from plans.objectives.models import Objective
from plans.plan.models import Plan
from plans.team.models import Role


class Names:
    """What stands under a name; a name that several share stands for none of them."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]):
        self._found: dict[str, set[Any]] = defaultdict(set)
        for name, value in pairs:
            if name:
                self._found[" ".join(name.casefold().split())].add(value)

    def __getitem__(self, name: str) -> Any:
        found = self._found.get(" ".join(name.casefold().split()), set())
        if len(found) > 1:
            raise BadValue(_("There are several called “%(name)s”.") % {"name": name})
        if not found:
            raise BadValue(_("There is no “%(name)s” here.") % {"name": name})
        return next(iter(found))


@dataclass(frozen=True)
class Answering:
    """Who answers for an action: a role or a person."""

    role_id: int | None = None
    person_id: int | None = None


class PlanNames:
    """Asked for once; three queries."""

    def __init__(self, plan: Plan):
        roles = list(Role.objects.in_plan(plan).select_related("holder"))
        people = list(User.objects.in_workspace(plan.workspace_id))
        objectives, kpis = _objectives_and_kpis(plan)
        #: Who may answer for an action, in words.
        self.answering_words = {Answering(role_id=role.pk): _with_holder(role) for role in roles} | {
            Answering(person_id=person.pk): str(person) for person in people
        }
        #: In their order, to choose from.
        self.objective_choices = [(pk, title) for title, pk in objectives]
        self.objectives = Names(objectives)
        self.kpis = Names(kpis)
        self.roles = Names(pair for role in roles for pair in _role_names(role))
        self._emails = Names((person.email, Answering(person_id=person.pk)) for person in people)
        self._people = Names((person.name, Answering(person_id=person.pk)) for person in people)

    def answering(self, name: str) -> Answering:
        """A role by its title or as exports write it, a member by e-mail address or name."""
        try:
            return Answering(role_id=self.roles[name])
        except BadValue:
            return self._emails[name] if "@" in name else self._people[name]

    def several(self, names: Names, text: str) -> tuple[list[int], list[str]]:
        """The ids of those named, and what is wrong with the others; names that hold commas go before lists."""
        found, wrong = [], []
        for name in split_names(text):
            try:
                found.append(names[name])
            except BadValue as error:
                for part in (part.strip() for part in name.split(",") if part.strip()):
                    try:
                        found.append(names[part])
                    except BadValue as other:
                        wrong.append(str(other if "," in name else error))
        return list(dict.fromkeys(found)), wrong


def _objectives_and_kpis(plan: Plan) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    kpis = Action.kpis.field.model._default_manager.filter(plan=plan).order_by()
    objectives = Objective.objects.in_plan(plan).order_by()
    both = objectives.values_list(Value(1), "position", "title", "pk").union(
        kpis.values_list(Value(2), "position", "name", "pk"), all=True
    )
    rows = sorted(both)
    return [row[2:] for row in rows if row[0] == 1], [row[2:] for row in rows if row[0] == 2]


def _role_names(role: Role) -> list[tuple[str, int]]:
    return [(role.title, role.pk), (_with_holder(role), role.pk)]


def _with_holder(role: Role) -> str:
    """As exports write it."""
    return f"{role.title} ({role.held_by})" if role.held_by else role.title
