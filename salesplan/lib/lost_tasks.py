"""Tasks whose worker died while it did them: nobody else would ever take them up."""

import datetime as dt
from collections.abc import Callable, Collection

from django.tasks import Task, TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

#: So often a task is begun: one that two workers have died of would take the next with it.
MOST_ATTEMPTS = 2
#: A worker that has just begun may not have been heard of yet.
GRACE = dt.timedelta(seconds=60)

_giving_up: dict[str, Callable[..., None]] = {}


class WorkerLost(Exception):
    """The worker stopped without a word: it was killed, or its machine was."""


def register_giving_up(task: Task, give_up: Callable[..., None]) -> None:
    """`give_up` gets the arguments of the task when it is not tried again."""
    _giving_up[task.module_path] = give_up


def take_up_lost_tasks(alive: Collection[str]) -> None:
    """Back into the queue with what is being done by none of the workers that are alive."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - GRACE)
    for lost in running:
        if lost.worker_ids and lost.worker_ids[-1] in alive:
            continue
        # Of two workers that find it one takes it up.
        same = DBTaskResult.objects.filter(pk=lost.pk, status=lost.status, started_at=lost.started_at)
        if len(lost.worker_ids) < MOST_ATTEMPTS:
            same.update(status=TaskResultStatus.READY)
        elif same.update(status=TaskResultStatus.FAILED):
            lost.set_failed(WorkerLost(", ".join(lost.worker_ids)))
            if give_up := _giving_up.get(lost.task_path):
                give_up(*lost.args_kwargs["args"], **lost.args_kwargs["kwargs"])
