import datetime as dt

from kpis.kpi.models import Kpi
from kpis.locks.models import Opening


def wait_for_entries(plan) -> None:
    """Let values that are on their way be stored before a lock is saved; until the transaction ends."""
    list(Kpi.objects.in_plan(plan).select_for_update().values_list("pk"))


def opening_for(kpi: Kpi, period: dt.date, *, by, today: dt.date) -> Opening:
    """The one opening of the period, ready to be saved for another week; opening twice is harmless."""
    opening = Opening.objects.filter(kpi=kpi, period=period).first() or Opening(kpi=kpi, period=period)
    opening.opened_by, opening.open_to = by, today + dt.timedelta(days=Opening.DAYS)
    return opening
