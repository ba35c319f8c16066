import datetime as dt

from django.tasks import task
from django.utils import timezone

from plans.actions.health_keeping import keep_health_current
from plans.actions.models import BulkChange
from plans.items.bin import BIN_DAYS
from plans.plan.models import Plan


@task()
def forget_bulk_changes() -> None:
    """What they have deleted is gone for good by then too."""
    BulkChange.objects.filter(made_at__lt=timezone.now() - dt.timedelta(days=BIN_DAYS)).delete()


@task()
def judge_open_plans() -> None:
    """For whoever asks without opening a plan; who opens one before is not made to wait for this."""
    for plan in Plan.objects.filter(status__in=Plan.OPEN_STATUSES).select_related("workspace").order_by("pk"):
        keep_health_current(plan, plan.workspace.today)
