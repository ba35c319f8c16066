"""From which share of its pace a KPI is on track, and from which at risk: as the company says, or the KPI itself."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Workspace
    from kpis.kpi.models import Kpi

#: As near as this to the expected value is "on pace", above it or below.
NEAR = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Rules:
    """In percent of the pace; `own` says that they are those of the KPI and not of the company."""

    on_track_percent: int = 100
    at_risk_percent: int = 90
    own: bool = False

    @classmethod
    def of(cls, kpi: "Kpi", workspace: "Workspace") -> "Rules":
        if kpi.on_track_percent is not None and kpi.at_risk_percent is not None:
            return cls(kpi.on_track_percent, kpi.at_risk_percent, own=True)
        return cls.of_company(workspace)

    @classmethod
    def of_company(cls, workspace: "Workspace") -> "Rules":
        return cls(workspace.on_track_percent, workspace.at_risk_percent)

    @property
    def on_track_from(self) -> Decimal:
        """Who is asked for the whole pace keeps it within one percent below; who is asked for more does not."""
        share = self.on_track_percent / HUNDRED
        return share if share > 1 else min(share, 1 - NEAR)

    @property
    def at_risk_from(self) -> Decimal:
        return self.at_risk_percent / HUNDRED


USUAL_RULES = Rules()
