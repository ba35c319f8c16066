import datetime as dt

from django.tasks import task
from django.utils import timezone

from plans.actions.models import BulkChange
from plans.items.bin import BIN_DAYS


@task()
def forget_bulk_changes() -> None:
    """What they have deleted is gone for good by then too."""
    BulkChange.objects.filter(made_at__lt=timezone.now() - dt.timedelta(days=BIN_DAYS)).delete()
