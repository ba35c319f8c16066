"""What a row was at any of its versions: its fields, and what it was linked to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from plans.history.values import told_fields
from plans.plan.models import PlanItem


@dataclass(frozen=True)
class State:
    """The values of a row's fields by `attname`, and the ids it is linked to, in order, by the name of the link."""

    values: Mapping[str, Any]
    links: Mapping[str, list[int]]


def record_of(row: PlanItem, version: str) -> Any:
    """The record of a version; None when there is none of that number, or it is no number."""
    if not version.isdecimal() or len(version) > 9:
        return None
    records = row.history.exclude(history_type="-").filter(version=int(version))
    return records.order_by("-history_id").first()


def kept_fields(model: type[PlanItem]) -> list[models.Field]:
    """The fields that go back to what they were: what the row hangs from only where people may change it."""
    return [each for each in told_fields(model) if each.editable or each.name != model.PARENT]


def state_at(row: PlanItem, record: Any) -> State:
    """A link is as the latest record up to then left it, or else as the next one found it."""
    links: dict[str, list[int]] = {}
    known = row.history.filter(links__isnull=False).order_by("history_date", "history_id")
    for *moment, changes in known.values_list("history_date", "history_id", "links"):
        is_past = moment <= [record.history_date, record.history_id]
        for link, (before, after) in changes.items():
            if is_past:
                links[link] = after
            else:
                links.setdefault(link, before)
    return State(_values(record, type(row)), links)


def state_now(row: PlanItem, links: Iterable[str]) -> State:
    linked = {link: sorted(getattr(row, link).values_list("pk", flat=True)) for link in links}
    return State(_values(row, type(row)), linked)


def _values(record: Any, model: type[PlanItem]) -> dict[str, Any]:
    return {each.attname: getattr(record, each.attname) for each in kept_fields(model)}
