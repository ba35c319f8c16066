"""What the page of a review shows: its agenda in words, section by section, with notes and decisions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from kpis.reviews.models import AgendaItem, Decision, Review
from kpis.reviews.outcomes import tell_outcomes
from kpis.reviews.queries import decisions_of, items_of
from kpis.reviews.words import Said, Section, said, title_of, url_of
from kpis.snapshots.moments import SNAPSHOT
from plans.plan.models import Plan


@dataclass(frozen=True)
class ItemRow:
    item: AgendaItem
    title: str
    url: str
    said: Said
    decisions: list[Decision]
    #: The first of its section behind which there is no money.
    without_money: bool = False


@dataclass(frozen=True)
class SectionRows:
    section: str
    label: str
    rows: list[ItemRow]
    money: Decimal | None


def review_context(review: Review, plan: Plan, today: dt.date) -> dict[str, Any]:
    items = items_of(review)
    decisions = list(decisions_of(plan).filter(item__review=review).order_by("position", "pk"))
    tell_outcomes(plan, decisions, today)
    return {
        "plan": plan,
        "review": review,
        "sections": _sections(items, decisions, plan, review),
        "participants": list(review.participants.all()),
        "reopenings": _reopenings(review),
        "compare_url": _compare_url(plan, review),
        "today": today,
        "is_empty": not decisions and not any(item.is_touched for item in items),
        **progress_context(review, items, decisions),
        **rights(review, plan),
    }


def rights(review: Review, plan: Plan) -> dict[str, bool]:
    return {
        "can_hold": review.is_open and plan.lets(plan.my_role, Review),
        "can_note": review.is_open and plan.lets(plan.my_role, AgendaItem),
        "can_settle": plan.lets(plan.my_role, Decision),
        "can_reopen": not review.is_open and plan.i_steer,
    }


def progress_context(review: Review, items: Sequence[AgendaItem], decisions: Sequence[Decision]) -> dict[str, int]:
    return {
        "n_items": len(items),
        "n_talked": sum(item.talked for item in items),
        "n_decisions": len(decisions),
    }


def row_of(item: AgendaItem, decisions: list[Decision], plan: Plan, review: Review) -> ItemRow:
    return ItemRow(item, title_of(item), url_of(item), said(item, plan, review.on), decisions)


def _sections(
    items: Sequence[AgendaItem], decisions: Sequence[Decision], plan: Plan, review: Review
) -> list[SectionRows]:
    by_item: dict[int, list[Decision]] = {}
    for decision in decisions:
        by_item.setdefault(decision.item_id, []).append(decision)
    found = []
    for section in Section:
        rows = [row_of(item, by_item.get(item.pk, []), plan, review) for item in items if item.section == section]
        if rows:
            amounts = [row.item.money for row in rows if row.item.money]
            found.append(SectionRows(section, str(section.label), _marked(rows), max(amounts, default=None)))
    return found


def _marked(rows: list[ItemRow]) -> list[ItemRow]:
    """Where some have money, the first without says that it is ranked otherwise."""
    first = next((place for place, row in enumerate(rows) if row.item.money is None), 0)
    if first:
        row = rows[first]
        rows[first] = ItemRow(row.item, row.title, row.url, row.said, row.decisions, without_money=True)
    return rows


def _reopenings(review: Review) -> list[Any]:
    """Who opened it again, when and why; nothing is asked of one that was never closed."""
    if not review.closings:
        return []
    told = review.history.exclude(history_change_reason=None).exclude(history_change_reason="")
    return list(told.select_related("history_user").order_by("history_id"))


def _compare_url(plan: Plan, review: Review) -> str:
    """What has changed since its snapshot, while that is there."""
    if review.snapshot_id is None:
        return ""
    return reverse("kpis:plan_compare", args=[plan.pk], query={"from": f"{SNAPSHOT}{review.snapshot_id}"})
