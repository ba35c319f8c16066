"""What is done regularly: an app registers a task when it starts, the task worker puts it in the queue."""

import datetime as dt

from django.db.models import Max
from django.tasks import Task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

EVERY = dt.timedelta(days=1)

_chores: dict[Task, dt.timedelta] = {}


def register_chore(chore: Task, *, every: dt.timedelta = EVERY) -> None:
    """`chore` takes no arguments, and doing it twice is harmless: two workers may both find it due."""
    _chores[chore] = every


def queue_due_chores() -> None:
    """Asked every few seconds; the queue itself remembers what was done, so restarts and other workers count."""
    now = timezone.now()
    paths = [chore.module_path for chore in _chores]
    lately = DBTaskResult.objects.filter(enqueued_at__gt=now - max(_chores.values()), task_path__in=paths)
    last = dict(lately.order_by().values_list("task_path").annotate(Max("enqueued_at")))
    for chore, every in _chores.items():
        if chore.module_path not in last or last[chore.module_path] <= now - every:
            chore.enqueue()
