"""What this process keeps of what it has computed; it is keyed by the plan's clock, so processes need not talk."""

from django.core.cache import caches
from django.utils.connection import ConnectionProxy

memory = ConnectionProxy(caches, "memory")
