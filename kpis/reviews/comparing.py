"""What has changed since a review began: its agenda as it was kept against the one it would have now."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kpis.reviews.agenda import agenda_of
from kpis.reviews.models import AgendaItem, Review
from kpis.reviews.points import MORE, Point
from kpis.reviews.queries import last_closed
from kpis.reviews.words import GONE, Section, said, title_of, url_of
from plans.plan.models import Plan


@dataclass(frozen=True)
class Now:
    """Of a point of the agenda that is not what it was."""

    item: AgendaItem
    words: str


@dataclass(frozen=True)
class New:
    title: str
    url: str
    section: str
    words: str


@dataclass(frozen=True)
class Since:
    changed: list[Now]
    new: list[New]


def since_start(review: Review, items: Iterable[AgendaItem], plan: Plan, today: dt.date) -> Since:
    last = last_closed(plan, before=review.started_at)
    points = agenda_of(plan, today, since=review.since, last=last)
    now = {(point.section, point.key): point for point in points}
    changed, known = [], set()
    for item in items:
        known |= {(item.section, key) for key in (item.key, *item.facts.get("keys", ()))}
        if item.key == MORE:
            continue
        if words := _change(item, now.get((item.section, item.key)), plan, today):
            changed.append(Now(item, words))
    new = [point for key, point in now.items() if key not in known]
    return Since(changed, [_new(point, plan, today) for point in new])


def _change(item: AgendaItem, point: Point | None, plan: Plan, today: dt.date) -> str:
    if point is None:
        return str(GONE[Section(item.section)])
    if _news(item) == _news(point):
        return ""
    return "; ".join(said(point, plan, today).lines)


def _new(point: Point, plan: Plan, today: dt.date) -> New:
    words = "; ".join(said(point, plan, today).lines)
    return New(title_of(point), url_of(point), str(Section(point.section).label), words)


def _news(one: AgendaItem | Point) -> Any:
    """What of its facts is news when it changes: that a day has passed is not."""
    facts = one.facts
    if one.section == Section.PACE:
        return {kpi["pk"]: (kpi["status"], kpi["value"]) for kpi in facts["kpis"]}
    return {name: facts.get(name) for name in NEWS.get(one.section, ())}


NEWS: dict[str, tuple[str, ...]] = {
    Section.LATE: ("deadline", "status", "who", "waiting"),
    Section.DISAGREE: ("status", "health", "who"),
    Section.BUDGET: ("has", "used", "free", "had"),
    Section.MISSING: ("kpis",),
    Section.DECIDED: ("state", "due", "action", "status"),
}
