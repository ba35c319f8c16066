"""Whether each plan is reached as it goes: by its objectives, its time and its money, and against a week ago."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kpis.dashboard.urgency import urgency
from kpis.home.off import why_off
from kpis.home.plans import HomePlans
from kpis.home.standing import CompanyStanding, Standing
from kpis.kpi.pace import AT_RISK, NO_DATA, OFF_TRACK, ON_TRACK
from kpis.kpi.words import LOOKS
from plans.plan.models import Plan
from plans.plan.rows import budget_used

#: Money that is spent by so many points faster than time passes is said in colour.
FASTER = 10
WORDS: dict[str, str | Promise] = {
    ON_TRACK: gettext_lazy("Yes, as it goes"),
    AT_RISK: gettext_lazy("In doubt"),
    OFF_TRACK: gettext_lazy("Not as it goes"),
    NO_DATA: gettext_lazy("Nothing measured yet"),
}
ORDER = (OFF_TRACK, AT_RISK, NO_DATA, ON_TRACK)


@dataclass
class Verdict:
    plan: Plan
    today: dt.date
    #: All of its objectives, measured or not.
    total: int
    #: Those that have a KPI, worst first; and how they stood a week ago.
    objectives: list[Standing] = field(default_factory=list)
    before: list[Standing] = field(default_factory=list)

    @property
    def status(self) -> str:
        """Off track when half of what is measured is; at risk as soon as anything is."""
        counts = _counts(self.objectives)
        judged = sum(counts.values())
        if not judged:
            return NO_DATA
        if counts[OFF_TRACK] * 2 >= judged:
            return OFF_TRACK
        return ON_TRACK if counts[ON_TRACK] == judged else AT_RISK

    @property
    def css(self) -> str:
        return LOOKS[self.status].css

    @property
    def icon(self) -> str:
        return LOOKS[self.status].icon

    @property
    def word(self) -> str | Promise:
        return WORDS[self.status]

    @property
    def on_track(self) -> int:
        return _counts(self.objectives)[ON_TRACK]

    @property
    def count_words(self) -> str:
        """2 of 4 on track, 1 not measured"""
        words = _("%(on)d of %(total)d on track") % {"on": self.on_track, "total": self.total}
        silent = self.total - sum(_counts(self.objectives).values())
        if not silent:
            return words
        more = ngettext("%(count)d not measured", "%(count)d not measured", silent) % {"count": silent}
        return f"{words}, {more}"

    @property
    def weakest(self) -> Standing | None:
        """Where it is farthest from its path, if it is from any."""
        return next((one for one in self.objectives if one.health.status in (OFF_TRACK, AT_RISK)), None)

    @property
    def weakest_words(self) -> str:
        return why_off(self.weakest) if self.weakest else ""

    @property
    def spent(self) -> int | None:
        return budget_used(self.plan)

    @property
    def elapsed(self) -> int:
        return round(100 * self.plan.elapsed_share(self.today))

    @property
    def spends_fast(self) -> bool:
        return self.spent is not None and self.spent > self.elapsed + FASTER

    @property
    def trend(self) -> int:
        """By how many more objectives are on track than a week ago."""
        return self.on_track - _counts(self.before)[ON_TRACK]

    @property
    def trend_words(self) -> str:
        if not self.trend:
            worse, better = (_moved(self.before, self.objectives, way) for way in (1, -1))
            return worse or better or _("As a week ago")
        words = (
            ngettext("%(count)d more on track than a week ago", "%(count)d more on track than a week ago", self.trend)
            if self.trend > 0
            else ngettext(
                "%(count)d fewer on track than a week ago", "%(count)d fewer on track than a week ago", -self.trend
            )
        )
        return words % {"count": abs(self.trend)}

    @property
    def trend_css(self) -> str:
        return "up" if self.trend > 0 else "wn" if self.trend < 0 else "eq"


def _counts(objectives: Iterable[Standing]) -> Counter[str]:
    return Counter(one.health.status for one in objectives if one.is_judged)


def _moved(before: list[Standing], now: list[Standing], way: int) -> str:
    """The first objective that is worse (1) or better (-1) than it was, where as many are on track as were."""
    ranks = {ON_TRACK: 0, AT_RISK: 1, OFF_TRACK: 2}
    earlier = {one.objective.pk: one.health.status for one in before if one.is_judged}
    for one in now:
        was = earlier.get(one.objective.pk)
        if was and one.is_judged and (ranks[one.health.status] - ranks[was]) * way > 0:
            words = {"objective": one.objective.title, "now": str(one.health.word).lower()}
            return (
                _("“%(objective)s” fell: it is %(now)s") if way > 0 else _("“%(objective)s” rose: it is %(now)s")
            ) % words
    return ""


def verdicts(standing: CompanyStanding, plans: HomePlans, today: dt.date) -> list[Verdict]:
    """The plans have their figures and `objectives_total`. What will not be reached stands first."""
    found: dict[int, Verdict] = {}
    for plan in plans.running:
        total: Any = plan
        found[plan.pk] = Verdict(plan, today, total.objectives_total)
    for name, objectives in (("objectives", standing.objectives), ("before", standing.before)):
        own: dict[int, list[Standing]] = defaultdict(list)
        for one in objectives:
            own[one.objective.plan_id].append(one)
        for pk, theirs in own.items():
            setattr(found[pk], name, sorted(theirs, key=_worst_first))
    return sorted(found.values(), key=lambda one: (ORDER.index(one.status), one.plan.ends_on, one.plan.name))


def _worst_first(one: Standing) -> tuple[int, Any]:
    return (OFF_TRACK, AT_RISK, ON_TRACK, NO_DATA).index(one.health.status), urgency(one.weakest)
