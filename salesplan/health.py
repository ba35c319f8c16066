"""Is the application fit to serve? For load balancers and people on call; tells nothing else."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from salesplan.models import WorkerHeartbeat

#: A worker that has not been heard of for this long is taken for dead.
WORKER_SILENCE = dt.timedelta(seconds=60)


@login_not_required  # a load balancer has no account; the answer says nothing about any data
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when requests can be served, 503 when not; a silent worker is reported but does not stop pages."""
    try:
        pending = pending_migrations()
        worker = "ok" if worker_is_alive() else "silent"
    except DatabaseError:
        return JsonResponse({"status": "failing", "database": "unreachable"}, status=503)
    serving = pending == 0
    return JsonResponse(
        {
            "status": "ok" if serving and worker == "ok" else "degraded" if serving else "failing",
            "database": "ok",
            "pending_migrations": pending,
            "worker": worker,
        },
        status=200 if serving else 503,
    )


def pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def worker_is_alive() -> bool:
    return WorkerHeartbeat.objects.filter(seen_at__gte=timezone.now() - WORKER_SILENCE).exists()
