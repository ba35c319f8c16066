from django.db import models
from django.utils import timezone


class WorkerHeartbeat(models.Model):
    """One row per task worker, moved every few seconds while it lives; read by the health check."""

    worker = models.CharField(max_length=80, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.worker


class SharedCacheEntry(models.Model):
    """The table of the shared cache (CACHES in the settings); Django's cache alone reads and writes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "shared_cache"

    def __str__(self) -> str:
        return self.cache_key
