import threading

from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from salesplan.health import WORKER_SILENCE
from salesplan.lib.chores import queue_due_chores
from salesplan.lib.lost_tasks import take_up_lost_tasks
from salesplan.models import WorkerHeartbeat

BEAT_SECONDS = 10


class Command(DatabaseWorker):
    help = "Run background tasks, daily chores and what dead workers left, and tell the health check that somebody does"

    def handle(self, *, worker_id: str, **options):
        stopped = threading.Event()
        heart = threading.Thread(target=beat, args=[worker_id, stopped], daemon=True)
        heart.start()
        try:
            super().handle(worker_id=worker_id, **options)
        finally:
            stopped.set()
            heart.join(timeout=BEAT_SECONDS)
            WorkerHeartbeat.objects.filter(worker=worker_id).delete()


def beat(worker_id: str, stopped: threading.Event) -> None:
    while True:
        WorkerHeartbeat.objects.update_or_create(worker=worker_id, defaults={"seen_at": timezone.now()})
        queue_due_chores()
        take_up_lost_tasks(workers_alive())
        close_old_connections()
        if stopped.wait(BEAT_SECONDS):
            return


def workers_alive() -> set[str]:
    heard_of = WorkerHeartbeat.objects.filter(seen_at__gte=timezone.now() - WORKER_SILENCE)
    return set(heard_of.values_list("worker", flat=True))
