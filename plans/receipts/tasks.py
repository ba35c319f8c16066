import datetime as dt

from django.tasks import task
from django.utils import timezone

from plans.receipts.models import Receipt

#: A device that has been without a connection for longer may have its changes written twice.
RECEIPT_DAYS = 7


@task()
def forget_receipts() -> None:
    Receipt.objects.filter(received_at__lt=timezone.now() - dt.timedelta(days=RECEIPT_DAYS)).delete()
