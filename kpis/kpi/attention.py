"""What the KPIs of a plan ask for today."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kpis.kpi.models import Kpi
from kpis.kpi.pace import OFF_TRACK
from kpis.kpi.progress import KpiProgress, kpi_progress
from plans.plan.attention import Attention
from plans.plan.models import Plan

KINDS = {
    Kpi.Rhythm.WEEKLY: gettext_lazy("weekly KPI"),
    Kpi.Rhythm.MONTHLY: gettext_lazy("monthly KPI"),
    Kpi.Rhythm.QUARTERLY: gettext_lazy("quarterly KPI"),
}


def kpi_attention(plan: Plan, today: dt.date) -> list[Attention]:
    return attention_from(kpi_progress(plan, today))


def attention_from(kpis: list[KpiProgress]) -> list[Attention]:
    """For pages that know where the KPIs stand already."""
    return [problem for progress in kpis for problem in _problems(progress)]


def _problems(progress: KpiProgress):
    """Values are asked for while a plan is carried out; in a draft only gaps are."""
    kpi = progress.kpi
    running = kpi.plan.status == Plan.Status.ACTIVE
    if running and progress.status == OFF_TRACK:
        detail = _("%(gap)s, %(pace)s") % {"gap": progress.words, "pace": progress.pace_words}
        yield Attention("off_track", kpi.name, detail, kpi.get_absolute_url(), _("See why"), 60)
    if running and progress.freshness.stale:
        yield _stale(progress)
    if kpi.owner_id is None and not kpi.is_computed:
        url = reverse("kpis:kpis", args=[kpi.plan_id], query={"at": kpi.pk}) + f"#kpi-{kpi.pk}"
        yield Attention("missing", kpi.name, _("Nobody enters its values"), url, _("Name an owner"), 15)


def _stale(progress: KpiProgress) -> Attention:
    """What is computed waits for other KPIs: its page says for which."""
    kpi = progress.kpi
    if kpi.is_computed:
        return Attention("stale", kpi.name, _age(progress), kpi.get_absolute_url(), _("See what is missing"), 40)
    url = reverse("kpis:checkin", args=[kpi.plan_id]) + f"#kpi-{kpi.pk}"
    return Attention("stale", kpi.name, _age(progress), url, _("Enter value"), 40)


def _age(progress: KpiProgress) -> str:
    """No value for 26 days, weekly KPI"""
    days = progress.freshness.days
    pattern = ngettext("No value for %(days)s day, %(kind)s", "No value for %(days)s days, %(kind)s", days)
    return pattern % {"days": days, "kind": KINDS[Kpi.Rhythm(progress.kpi.rhythm)]}
