from django.db import models
from django.utils import timezone


class WorkerHeartbeat(models.Model):
    """One row per task worker, moved every few seconds while it lives; read by the health check."""

    worker = models.CharField(max_length=80, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.worker
