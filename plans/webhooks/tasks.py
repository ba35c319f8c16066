import datetime as dt

from django.tasks import task
from django.utils import timezone

from plans.webhooks.models import Delivery

#: So long one can look up what was sent and answered.
LOG_DAYS = 7


@task()
def send_due_deliveries() -> None:
    from plans.webhooks.sending import send_due  # only the worker sends

    send_due(timezone.now())


@task()
def forget_deliveries() -> None:
    Delivery.objects.filter(next_at=None, made_at__lt=timezone.now() - dt.timedelta(days=LOG_DAYS)).delete()
