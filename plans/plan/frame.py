"""What stands around every page: the workspace, the user's week, and the steps of the open plan."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F, Max, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Workspace
from plans.plan.completeness import Completeness, completeness_of
from plans.plan.models import Plan
from plans.plan.steps import STEPS, Step
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.memory import memory
from salesplan.lib.prepared import prepared


@dataclass(frozen=True)
class RailPage:
    title: str
    url: str
    count: int | None
    active: bool
    key: str = ""


@dataclass(frozen=True)
class RailStep:
    number: int
    title: str
    url: str
    done: int
    total: int
    active: bool
    #: What the step still lacks, in words.
    missing: str
    children: list[RailPage] = field(default_factory=list)


@dataclass(frozen=True)
class RailPlan:
    name: str
    overview_url: str
    steps: list[RailStep]


@dataclass(frozen=True)
class RailWorkspace:
    name: str
    mark: str
    url: str
    current: bool
    #: What the user is there.
    role: str


@dataclass(frozen=True)
class Week:
    """How many of the KPIs somebody owes this week are in."""

    done: int
    due: int


_week_of: list[Callable[[Any, Collection[int]], Week]] = []


def register_week(source: Callable[[Any, Collection[int]], Week]) -> None:
    """`source` answers for a user and the days on which weeks begin in her companies; the app of KPIs registers it."""
    _week_of[:] = [source]


_unread_of: list[Callable[[], Any]] = []


def register_unread(source: Callable[[], Any]) -> None:
    """`source` makes the expression that counts what a member has not read, in a query over her memberships."""
    _unread_of[:] = [source]


#: What an older release has kept looks as that release made it.
RELEASED = timezone.now()


class Frame:
    """Computed when the template asks: a page without a frame (sign-in, an error) pays nothing."""

    def __init__(self, request: HtmxHttpRequest):
        self._request = request
        match = request.resolver_match
        self.active = ACTIVE.get(match.view_name, match.view_name) if match else ""

    @property
    def plans_url(self) -> str:
        return reverse("plans:plan_list")

    @property
    def home_url(self) -> str:
        return reverse("kpis:home")

    @property
    def week_url(self) -> str:
        return reverse("kpis:week")

    @cached_property
    def _memberships(self) -> list[Mapping[str, Any]]:
        """The workspaces of the user, with her role there, the latest tick of their plans' clocks, and her unread."""
        if not self._request.user.is_authenticated:
            return []
        return _memberships_of(self._request.user)

    @cached_property
    def workspaces(self) -> list[RailWorkspace]:
        mine = {row["pk"]: row for row in self._memberships}
        plan = getattr(self._request, "plan", None)
        here = plan.workspace_id if plan else getattr(self._request.user, "current_workspace_id", None)
        if mine and here not in mine:
            here = next(iter(mine))
        return [
            RailWorkspace(
                name=row["name"],
                mark=row["name"][:1].upper(),
                url=reverse("accounts:workspace_switch", args=[pk]),
                current=pk == here,
                role=row["role"],
            )
            for pk, row in mine.items()
        ]

    @cached_property
    def workspace(self) -> RailWorkspace | None:
        return next((workspace for workspace in self.workspaces if workspace.current), None)

    @property
    def week_starts(self) -> list[int]:
        """Of all her companies."""
        return [row["week_starts_on"] for row in self._memberships]

    def clock_of(self, workspace_id: int) -> Any:
        """The latest tick of the clocks of its plans."""
        return next((row["clock"] for row in self._memberships if row["pk"] == workspace_id), None)

    @property
    def unread(self) -> int:
        """In all her companies."""
        return sum(row["unread"] or 0 for row in self._memberships)

    @cached_property
    def week_count(self) -> str:
        if not _week_of or not self._request.user.is_authenticated:
            return ""
        week = self._week
        return _("%(done)d of %(due)d") % {"done": week.done, "due": week.due} if week.due else ""

    @property
    def _week(self) -> Week:
        """Kept until the clock of one of her plans ticks, her role changes or the day ends."""
        user = self._request.user
        mine = [(row["pk"], row["role"], row["clock"], row["week_starts_on"]) for row in self._memberships]
        key, stamp = f"week-{user.pk}", (timezone.localdate(), mine)
        kept_stamp, week = memory.get(key, (None, None))
        if kept_stamp != stamp:
            week = _week_of[0](user, self.week_starts)
            memory.set(key, (stamp, week))
        return week

    @property
    def kept(self) -> str:
        """What the steps of the plan look like depends on this alone: templates keep them under it."""
        plan = self._request.plan  # type: ignore[attr-defined]
        here = self._request.resolver_match.view_name  # type: ignore[union-attr]
        return f"{plan.pk} {plan.changed_at} {here} {get_language()} {RELEASED}"

    @cached_property
    def has_plan(self) -> bool:
        return getattr(self._request, "plan", None) is not None

    @cached_property
    def plan(self) -> RailPlan | None:
        plan = getattr(self._request, "plan", None)
        if plan is None:
            return None
        return RailPlan(plan.name, plan.get_absolute_url(), [self._step(step, plan) for step in STEPS])

    def _step(self, step: Step, plan: Plan) -> RailStep:
        figures = self._completeness
        progress = figures.steps[step.number]
        here = self._request.resolver_match.view_name  # type: ignore[union-attr]
        return RailStep(
            number=step.number,
            title=str(step.title),
            url=reverse(step.url_name, args=[plan.pk]),
            done=progress.done,
            total=progress.total,
            active=here in step.views and here not in {page.url_name for page in step.pages},
            missing=", ".join(str(check.missing) for check in progress.missing),
            children=[
                RailPage(
                    str(page.title),
                    reverse(page.url_name, args=[plan.pk]),
                    figures.tallies.get(page.tally),
                    here == page.url_name or here in page.more,
                    page.go,
                )
                for page in step.pages
            ],
        )

    @cached_property
    def _completeness(self) -> Completeness:
        return completeness_of(self._request.plan)  # type: ignore[attr-defined]


@prepared
def _memberships_of(user: Any) -> QuerySet:
    mine = Workspace.objects.visible_to(user).values("pk", "name", "week_starts_on", role=F("memberships__role"))
    mine = mine.annotate(clock=Max("plans__changed_at"), unread=_unread_of[0]())
    return mine.order_by("name", "pk")


#: Views that the frame itself links to, by the name its templates use.
ACTIVE = {
    "kpis:home": "home",
    "plans:plan_list": "plans",
    "kpis:week": "week",
    "kpis:dashboard": "overview",
    "accounts:profile": "profile",
    "accounts:member_list": "members",
    "plans:inbox": "inbox",
}


def frame_of(request: HtmxHttpRequest) -> Frame:
    """One for a request: a view that asks it something saves the page the question."""
    if not hasattr(request, "frame"):
        request.frame = Frame(request)  # type: ignore[attr-defined]
    return request.frame  # type: ignore[attr-defined]


def frame(request: HtmxHttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}
