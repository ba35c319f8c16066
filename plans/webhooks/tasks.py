import datetime as dt

from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from plans.webhooks.models import Delivery

#: So long one can look up what was sent and answered.
LOG_DAYS = 7


@task()
def send_due_deliveries() -> None:
    from plans.webhooks.sending import send_due  # only the worker sends

    if send_due(timezone.now()):
        send_due_deliveries.enqueue()


def wake() -> None:
    """Send soon, unless somebody has asked for that already: a sheet of readings is one deed, and one task."""
    waiting = DBTaskResult.objects.filter(task_path=send_due_deliveries.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        send_due_deliveries.enqueue()


@task()
def forget_deliveries() -> None:
    Delivery.objects.filter(next_at=None, made_at__lt=timezone.now() - dt.timedelta(days=LOG_DAYS)).delete()
