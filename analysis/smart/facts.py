"""What the SMART check looks at, gathered once; from here on everything is plain Python."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from kpis.kpi.progress import KpiProgress
from plans.objectives.models import Milestone, Objective
from plans.plan.models import CompanyProfile, Plan


@dataclass(frozen=True)
class Facts:
    objective: Objective
    plan: Plan
    today: dt.date
    profile: CompanyProfile | None = None
    kpis: list[KpiProgress] = field(default_factory=list)
    #: Actions, each of which knows `has_budget`; cancelled ones are left out.
    actions: list[Any] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    #: Points of the SWOT that an action of this objective answers, and weaknesses or threats nothing answers yet.
    answered: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
