"""Taking a whole import back."""

from collections.abc import Iterable
from typing import Any

from django.db import models, router, transaction
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from accounts.models import User
from plans.actions.models import Action
from plans.actions.writing import Writing
from plans.imports.links import LINKS, links_of, set_links, those_still_there
from plans.imports.models import SheetImport
from plans.objectives.models import Objective
from plans.plan.models import Plan
from plans.plan.records import changes_of_links
from plans.team.models import Role

#: What an action belongs to, by the field that says so; one of them it cannot do without.
BELONGS_TO: dict[str, type[models.Model]] = {"objective_id": Objective, "role_id": Role, "person_id": User}


@transaction.atomic
def undo_import(sheet: SheetImport) -> None:
    """Actions it added go, those it changed are as before, except where somebody has worked on them since.

    Each of those stays as it is, and is named.
    """
    Plan.objects.select_for_update().get(pk=sheet.plan_id)
    writing = Writing(sheet.plan, by=sheet.by, cause=sheet.cause)
    kept = [*_take_away(sheet), *_put_back(sheet, writing)]
    writing.follow_up()
    left_out = [["", action.title, _("Somebody has worked on it since.")] for action in kept]
    SheetImport.objects.filter(pk=sheet.pk).update(state=SheetImport.State.UNDONE, left_out=left_out)


def _take_away(sheet: SheetImport) -> list[Action]:
    versions = dict(sheet.added)
    actions = list(Action.objects.select_for_update().in_plan(sheet.plan).filter(pk__in=versions))
    needed = _with_something_of_others(versions)
    untouched: list[Action] = []
    kept: list[Action] = []
    for action in actions:
        alone = action.version == versions[action.pk] and action.pk not in needed
        (untouched if alone else kept).append(action)
    collector = Collector(using=router.db_for_write(Action))
    for action in untouched:
        action._history_user = sheet.by
    collector.collect(untouched)
    collector.delete()
    return kept


def _with_something_of_others(pks: Iterable[int]) -> set[int]:
    """Actions that were given money, a part in the RACI matrix and the like meanwhile: it would go with them."""
    found: set[int] = set()
    for link in Action._meta.related_objects:
        if link.one_to_many and link.on_delete is models.CASCADE:
            rows = link.related_model._base_manager.filter(**{f"{link.field.name}__in": list(pks)})
            found |= set(rows.values_list(link.field.name, flat=True))
    return found


def _put_back(sheet: SheetImport, writing: Writing) -> list[Action]:
    before = {row["id"]: row for row in sheet.changed}
    actions = list(Action.objects.select_for_update().in_plan(sheet.plan).filter(pk__in=before))
    there = {name: _there(name, before.values()) for name in BELONGS_TO}
    back, kept = [], []
    for action in actions:
        was = before[action.pk]
        homeless = was["fields"].get("objective_id", action.objective_id) not in {
            action.objective_id,
            *there["objective_id"],
        }
        if action.version != was["version"] or homeless:
            kept.append(action)
            continue
        for name, value in was["fields"].items():
            gone = name in there and value not in there[name]
            setattr(action, name, None if gone else _field(name).to_python(value))
        back.append(action)
    links = _links_to_put_back(back, before)
    now = links_of([action.pk for action in back])
    for action in back:
        after = {name: links[name][action.pk] for name in LINKS if action.pk in links[name]}
        action.changed_links = changes_of_links({name: now[name][action.pk] for name in after}, after)
    writing.change(back)
    for name in LINKS:
        set_links(name, links[name])
    return kept


def _links_to_put_back(back: list[Action], before: dict[int, dict[str, Any]]) -> dict[str, dict[int, list[int]]]:
    """By the name of the link, then by action: of what they were linked to, what is still there."""
    found = {}
    for name in LINKS:
        links = {one.pk: before[one.pk]["links"][name] for one in back if name in before[one.pk]["links"]}
        known = those_still_there(name, {pk for pks in links.values() for pk in pks})
        found[name] = {action: [pk for pk in pks if pk in known] for action, pks in links.items()}
    return found


def _field(name: str) -> models.Field:
    return next(field for field in Action._meta.concrete_fields if field.attname == name)


def _there(name: str, rows: Iterable[dict[str, Any]]) -> set[int]:
    pks = {row["fields"][name] for row in rows if row["fields"].get(name)}
    return set(BELONGS_TO[name]._default_manager.filter(pk__in=pks).values_list("pk", flat=True))
