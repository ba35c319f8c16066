"""What happened to a plan between two moments, in sentences, by what matters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from kpis.snapshots.differences import ADDED, CHANGED, REMOVED, Differences, Pair
from kpis.snapshots.saying import ACTIONS, GOALPOSTS, KPIS, LINES, OBJECTIVES, PLAN, ROLES, Section
from kpis.snapshots.state import KpiState
from plans.actions.models import Action
from salesplan.lib.money import format_money, format_quantity
from salesplan.lib.numbers import format_number, with_plus

#: So many are named one by one; the table below has them all.
MOST = 6
NAMES = 3

Status = Action.Status


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    sentences: list[str]


def groups_of(differences: Differences) -> list[Group]:
    """Those in which something happened."""
    groups = [
        Group("kpis", _("Objectives and KPIs"), list(_measures(differences))),
        Group("goalposts", _("Goalposts"), _few(list(_goalposts(differences)))),
        Group("actions", _("Actions"), list(_actions(differences))),
        Group("budget", _("Budget"), list(_budget(differences))),
        Group("team", _("Team"), list(_team(differences))),
        Group("plan", _("The plan itself"), list(_plan(differences))),
    ]
    return [group for group in groups if group.sentences]


# Objectives and KPIs


def _measures(differences: Differences) -> Iterator[str]:
    objectives, kpis = differences.changes[OBJECTIVES.key], differences.changes[KPIS.key]
    yield from _came_and_went(OBJECTIVES, objectives)
    yield from _came_and_went(KPIS, kpis)
    yield from _few([*_moved(differences, OBJECTIVES, objectives), *_moved(differences, KPIS, kpis)])
    for pair in objectives:
        if pair.what == CHANGED and pair.before.reached != pair.after.reached:
            words = {"name": pair.after.title, "old": pair.before.reached, "new": pair.after.reached}
            yield _("“%(name)s”, milestones reached: %(old)s → %(new)s.") % words
    read = sum(pair.what == CHANGED and _value(pair.before) != _value(pair.after) for pair in kpis)
    if read:
        yield ngettext("%(count)d KPI has another value.", "%(count)d KPIs have another value.", read) % {"count": read}


def _value(kpi: KpiState) -> tuple[Any, Any]:
    """The same number for a later period is another value."""
    return kpi.last_period, kpi.value


def _moved(differences: Differences, section: Section, pairs: Iterable[Pair]) -> Iterator[str]:
    """Whose status is another."""
    for pair in pairs:
        if pair.what == CHANGED and pair.before.status != pair.after.status:
            old, new = differences.say(section, pair, "status")
            yield _("“%(name)s”: %(old)s → %(new)s.") % {
                "name": getattr(pair.after, section.name),
                "old": old,
                "new": new,
            }


# Goalposts


def _goalposts(differences: Differences) -> Iterator[str]:
    for section in (OBJECTIVES, KPIS):
        columns = [column for column in (*section.columns, *section.others) if column in GOALPOSTS]
        for pair in differences.changes[section.key]:
            if pair.what == CHANGED:
                yield from (
                    _goalpost(differences, section, pair, column)
                    for column in columns
                    if section.differ(column, pair.before, pair.after)
                )


def _goalpost(differences: Differences, section: Section, pair: Pair, column: str) -> str:
    old, new = getattr(pair.before, column), getattr(pair.after, column)
    said = differences.say(section, pair, column)
    words = {"name": getattr(pair.after, section.name), "field": section.label(column), "old": said[0], "new": said[1]}
    if column == "target" and old and new is not None:
        return _target(old, new, words)
    if column == "deadline" and old and new:
        return _deadline((new - old).days, words)
    return _("“%(name)s”, %(field)s: %(old)s → %(new)s.") % words


def _target(old: Decimal, new: Decimal, words: dict[str, Any]) -> str:
    percent = (new - old) / abs(old) * 100
    words["percent"] = with_plus(format_quantity(round(percent, 1), "%"), percent)
    if percent < 0:
        return _("The target of “%(name)s” was cut from %(old)s to %(new)s (%(percent)s).") % words
    return _("The target of “%(name)s” was raised from %(old)s to %(new)s (%(percent)s).") % words


def _deadline(days: int, words: dict[str, Any]) -> str:
    words["days"] = abs(days)
    if days > 0:
        longer = ngettext(
            "“%(name)s” has until %(new)s, %(days)d day longer.",
            "“%(name)s” has until %(new)s, %(days)d days longer.",
            days,
        )
        return longer % words
    less = ngettext(
        "“%(name)s” has until %(new)s, %(days)d day less.",
        "“%(name)s” has until %(new)s, %(days)d days less.",
        -days,
    )
    return less % words


# Actions


def _added(pair: Pair) -> bool:
    return pair.what == ADDED


def _removed(pair: Pair) -> bool:
    return pair.what == REMOVED


def _became(status: str) -> Callable[[Pair], bool]:
    return lambda pair: pair.what == CHANGED and pair.before.status != status == pair.after.status


def _was_closed(pair: Pair) -> bool:
    return pair.what == CHANGED and not pair.before.is_open and pair.after.is_open


def _has_another(column: str) -> Callable[[Pair], bool]:
    return lambda pair: pair.what == CHANGED and ACTIONS.differ(column, pair.before, pair.after)


HAPPENED: list[tuple[Callable[[Pair], bool], Any]] = [
    (_added, ngettext_lazy("%(count)d action was added.", "%(count)d actions were added.", "count")),
    (_removed, ngettext_lazy("%(count)d action was deleted.", "%(count)d actions were deleted.", "count")),
    (
        _became(Status.DONE),
        ngettext_lazy("%(count)d action was finished.", "%(count)d actions were finished.", "count"),
    ),
    (_was_closed, ngettext_lazy("%(count)d action was opened again.", "%(count)d actions were opened again.", "count")),
    (
        _became(Status.BLOCKED),
        ngettext_lazy("%(count)d action was blocked.", "%(count)d actions were blocked.", "count"),
    ),
    (
        _became(Status.AT_RISK),
        ngettext_lazy("%(count)d action is at risk now.", "%(count)d actions are at risk now.", "count"),
    ),
    (
        _became(Status.IN_PROGRESS),
        ngettext_lazy("%(count)d action was started.", "%(count)d actions were started.", "count"),
    ),
    (
        _became(Status.CANCELLED),
        ngettext_lazy("%(count)d action was cancelled.", "%(count)d actions were cancelled.", "count"),
    ),
    (
        _has_another("who"),
        ngettext_lazy(
            "Somebody else answers for %(count)d action.", "Somebody else answers for %(count)d actions.", "count"
        ),
    ),
]


def _actions(differences: Differences) -> Iterator[str]:
    pairs = differences.changes[ACTIONS.key]
    for happened, words in HAPPENED:
        if count := sum(map(happened, pairs)):
            yield words % {"count": count}
    yield from _deadlines(pairs)
    yield from _late(differences)


def _deadlines(pairs: Iterable[Pair]) -> Iterator[str]:
    days = [
        (pair.after.deadline - pair.before.deadline).days
        for pair in pairs
        if pair.what == CHANGED and pair.before.deadline and pair.after.deadline
    ]
    later, earlier = [each for each in days if each > 0], [-each for each in days if each < 0]
    if later:
        yield ngettext(
            "%(count)d action was put off by %(days)s days.",
            "%(count)d actions were put off by %(days)s days on average.",
            len(later),
        ) % _mean(later)
    if earlier:
        yield ngettext(
            "%(count)d action was brought forward by %(days)s days.",
            "%(count)d actions were brought forward by %(days)s days on average.",
            len(earlier),
        ) % _mean(earlier)


def _mean(days: list[int]) -> dict[str, Any]:
    return {"count": len(days), "days": format_number(round(Decimal(sum(days)) / len(days), 1))}


def _late(differences: Differences) -> Iterator[str]:
    before, after = (
        sum(action.is_late(state.on) for action in state.actions) for state in (differences.before, differences.after)
    )
    if before != after:
        words = {"old": format_number(before), "new": format_number(after)}
        yield _("Actions that are late: %(old)s → %(new)s.") % words


# Budget, team and plan


def _budget(differences: Differences) -> Iterator[str]:
    currency = differences.after.plan.currency
    if differences.before.plan.currency == currency:
        by, whole = _growth(differences, "adjusted")
        words = {"by": format_money(abs(by), currency), "whole": format_money(whole, currency)}
        if by > 0:
            yield _("The budget grew by %(by)s to %(whole)s.") % words
        if by < 0:
            yield _("The budget was cut by %(by)s to %(whole)s.") % words
        by, whole = _growth(differences, "spent")
        if by:
            words = {"by": with_plus(format_money(by, currency), by), "whole": format_money(whole, currency)}
            yield _("Spent: %(by)s, %(whole)s in all.") % words
        by, whole = _growth(differences, "committed")
        if by:
            words = {"by": with_plus(format_money(by, currency), by), "whole": format_money(whole, currency)}
            yield _("Committed: %(by)s, %(whole)s in all.") % words
    yield from _came_and_went(LINES, differences.changes[LINES.key])


def _growth(differences: Differences, column: str) -> tuple[Decimal, Decimal]:
    before, after = (
        sum((getattr(line, column) for line in state.lines), Decimal(0))
        for state in (differences.before, differences.after)
    )
    return after - before, after


def _team(differences: Differences) -> Iterator[str]:
    pairs = differences.changes[ROLES.key]
    yield from _came_and_went(ROLES, pairs)
    held = [pair for pair in pairs if pair.what == CHANGED and ROLES.differ("held_by", pair.before, pair.after)]
    yield from _few(
        [
            _("“%(role)s” is held by %(new)s, before by %(old)s.")
            % {
                "role": pair.after.title,
                "old": pair.before.held_by or _("nobody"),
                "new": pair.after.held_by or _("nobody"),
            }
            for pair in held
        ]
    )


def _plan(differences: Differences) -> Iterator[str]:
    for pair in differences.changes[PLAN.key]:
        line = differences.line(PLAN, pair)
        for cell in (*line.cells, *line.others):
            if cell.changed:
                words = {"field": cell.label, "old": cell.old, "new": cell.new}
                yield _("%(field)s: %(old)s → %(new)s.") % words


NAMED: dict[tuple[str, str], Any] = {
    (OBJECTIVES.key, ADDED): ngettext_lazy(
        "%(count)d objective was added: %(names)s.", "%(count)d objectives were added: %(names)s.", "count"
    ),
    (OBJECTIVES.key, REMOVED): ngettext_lazy(
        "%(count)d objective was deleted: %(names)s.", "%(count)d objectives were deleted: %(names)s.", "count"
    ),
    (KPIS.key, ADDED): ngettext_lazy(
        "%(count)d KPI was added: %(names)s.", "%(count)d KPIs were added: %(names)s.", "count"
    ),
    (KPIS.key, REMOVED): ngettext_lazy(
        "%(count)d KPI was deleted: %(names)s.", "%(count)d KPIs were deleted: %(names)s.", "count"
    ),
    (LINES.key, ADDED): ngettext_lazy(
        "%(count)d budget line was added: %(names)s.", "%(count)d budget lines were added: %(names)s.", "count"
    ),
    (LINES.key, REMOVED): ngettext_lazy(
        "%(count)d budget line was deleted: %(names)s.", "%(count)d budget lines were deleted: %(names)s.", "count"
    ),
    (ROLES.key, ADDED): ngettext_lazy(
        "%(count)d role was added: %(names)s.", "%(count)d roles were added: %(names)s.", "count"
    ),
    (ROLES.key, REMOVED): ngettext_lazy(
        "%(count)d role was deleted: %(names)s.", "%(count)d roles were deleted: %(names)s.", "count"
    ),
}


def _came_and_went(section: Section, pairs: Iterable[Pair]) -> Iterator[str]:
    for what in (ADDED, REMOVED):
        names = [f"“{getattr(pair.row, section.name)}”" for pair in pairs if pair.what == what]
        if names:
            yield NAMED[section.key, what] % {"count": len(names), "names": _first(names)}


def _first(names: list[str]) -> str:
    told, more = ", ".join(names[:NAMES]), len(names) - NAMES
    if more <= 0:
        return told
    words = {"names": told, "count": more}
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more) % words


def _few(sentences: list[str]) -> list[str]:
    more = len(sentences) - MOST
    if more <= 0:
        return sentences
    last = ngettext("And %(count)d more, in the table.", "And %(count)d more, in the table.", more) % {"count": more}
    return [*sentences[:MOST], last]
