import datetime as dt

from django.tasks import task
from django.utils import timezone

from plans.items.bin import BIN_DAYS
from plans.items.models import BinnedItem


@task()
def empty_bins() -> None:
    """What nobody has brought back in time is gone for good."""
    BinnedItem.objects.filter(deleted_at__lt=timezone.now() - dt.timedelta(days=BIN_DAYS)).delete()
