"""What is done once a day: an app registers a task when it starts, the task worker puts it in the queue."""

import datetime as dt

from django.tasks import Task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

EVERY = dt.timedelta(days=1)

_chores: list[Task] = []


def register_chore(chore: Task) -> None:
    """`chore` takes no arguments, and doing it twice is harmless: two workers may both find it due."""
    _chores.append(chore)


def queue_due_chores() -> None:
    """Asked every few seconds; the queue itself remembers what was done, so restarts and other workers count."""
    lately = DBTaskResult.objects.filter(enqueued_at__gt=timezone.now() - EVERY)
    queued = set(
        lately.filter(task_path__in=[chore.module_path for chore in _chores]).values_list("task_path", flat=True)
    )
    for chore in _chores:
        if chore.module_path not in queued:
            chore.enqueue()
