"""A row as it was once: what would change now, what cannot, and making it so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from plans.history.causes import restored
from plans.history.names import Names, Target
from plans.history.states import State, kept_fields, state_at, state_now
from plans.history.values import in_words, label_of, linked_model, links_in_words, pieces_of, target_of
from plans.plan.models import Plan, PlanItem
from plans.plan.records import changes_of_links

#: Of a row that is to have this state: the fields and links that must stay as they are, each with the reason. What
#: they would point at is gone for some of them already, by name.
type Keeper = Callable[[Any, State, set[str]], dict[str, str]]


def keep_nothing(_row: Any, _state: State, _gone: set[str]) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Line:
    """What is not now as it was then; with a `reason` it stays as it is, a `note` is said beside it."""

    label: str
    now: str
    then: str
    pieces: list[tuple[str, str]]
    reason: str = ""
    note: str = ""


class Restoring:
    """The row gets the values it would be saved with; nothing is written before `save`."""

    def __init__(self, row: PlanItem, record: Any, plan: Plan, keep: Keeper = keep_nothing):
        self.row, self.record, self.plan = row, record, plan
        self._model = type(row)
        self._then = state_at(row, record)
        self._now = state_now(row, self._then.links)
        then, now = self._then, self._now
        self._fields = [f for f in kept_fields(self._model) if now.values[f.attname] != then.values[f.attname]]
        self._links = [link for link, pks in then.links.items() if now.links[link] != pks]
        self._there = self._those_there()
        self._reasons = self._reasons_to_keep(keep)
        self.lines = [*self._lines_of_fields(), *self._lines_of_links()]
        self.refused = self._set_values()

    @property
    def is_possible(self) -> bool:
        return not self.refused and not all(line.reason for line in self.lines)

    def before(self, name: str) -> Any:
        """What the field was until now."""
        return self._now.values[name]

    def save(self) -> None:
        """One more version, in the transaction of the caller."""
        links = {link: pks for link, pks in self._wanted_links().items() if link not in self._reasons}
        self.row.changed_links = changes_of_links(self._now.links, links)
        self.row._change_reason = restored(self.record.history_date)  # type: ignore[attr-defined]
        self.row.save()
        for link, pks in links.items():
            getattr(self.row, link).set(pks)

    # What can be

    def _targets(self) -> Iterable[Target]:
        """What it pointed at then."""
        for each in self._fields:
            if target := target_of(each, self._then.values[each.attname]):
                yield target
        for link in self._links:
            yield from ((linked_model(self._model, link), pk) for pk in self._then.links[link])

    def _those_there(self) -> set[Target]:
        """Of these, what the plan and its company still have."""
        wanted: dict[Any, set[Any]] = {}
        for model, pk in self._targets():
            wanted.setdefault(model, set()).add(pk)
        found: set[Target] = set()
        for model, pks in wanted.items():
            rows = User.objects.in_workspace(self.plan.workspace_id) if model is User else model.objects
            rows = rows.filter(plan=self.plan) if issubclass(model, PlanItem) else rows
            found |= {(model, pk) for pk in rows.filter(pk__in=pks).values_list("pk", flat=True)}
        return found

    def _reasons_to_keep(self, keep: Keeper) -> dict[str, str]:
        values = {each.name: target_of(each, self._then.values[each.attname]) for each in self._fields}
        gone = {name for name, target in values.items() if target and target not in self._there}
        wanted = State({f.attname: self._then.values[f.attname] for f in self._fields}, self._wanted_links())
        return keep(self.row, wanted, gone) | dict.fromkeys(gone, _("It is gone, so this stays as it is."))

    def _wanted_links(self) -> dict[str, list[int]]:
        """Without what is gone."""
        return {
            link: [pk for pk in self._then.links[link] if (linked_model(self._model, link), pk) in self._there]
            for link in self._links
        }

    def _set_values(self) -> list[str]:
        """The rules of the model hold for what would come of it; answers those it would break."""
        for each in self._fields:
            if each.name not in self._reasons:
                setattr(self.row, each.attname, self._then.values[each.attname])
        try:
            self.row.clean()
            self.row.validate_constraints()
        except ValidationError as error:
            return error.messages
        return []

    # In words

    def _lines_of_fields(self) -> Iterable[Line]:
        now = (target_of(each, self._now.values[each.attname]) for each in self._fields)
        names = Names([*filter(None, now), *self._targets()])
        for each in self._fields:
            old, new = self._now.values[each.attname], self._then.values[each.attname]
            yield Line(
                label_of(self._model, each.name),
                in_words(each, self.row, self.plan, names),
                in_words(each, self.record, self.plan, names),
                pieces_of(each, old, new),
                self._reasons.get(each.name, ""),
                self._note(each, new),
            )

    def _note(self, each: models.Field, value: Any) -> str:
        """A day outside the plan is put back all the same: forms allow it too."""
        is_day = isinstance(each, models.DateField) and not isinstance(each, models.DateTimeField)
        outside = is_day and value and not self.plan.starts_on <= value <= self.plan.ends_on
        return _("This day lies outside the plan.") if outside else ""

    def _lines_of_links(self) -> Iterable[Line]:
        for link in self._links:
            model, now, then = linked_model(self._model, link), self._now.links[link], self._then.links[link]
            names = Names((model, pk) for pk in {*now, *then})
            words = [links_in_words(self._model, link, pks, names) for pks in (now, then)]
            lost = [pk for pk in then if (model, pk) not in self._there]
            note = _("Gone, and so left out: %(names)s.") % {"names": links_in_words(self._model, link, lost, names)}
            reason = self._reasons.get(link, "")
            yield Line(label_of(self._model, link), words[0], words[1], [], reason, note if lost else "")
