"""How gunicorn serves Salesplan, in `make run` as in production. The environment decides what differs."""

import gc
import os
from importlib import import_module

from django.urls import get_resolver

host = os.environ.get("HOST", "127.0.0.1")
port = os.environ.get("PORT", "8000")
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
wsgi_app = "salesplan.wsgi:application"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
# Each worker makes room after some thousand pages, at different times.
max_requests = 5000
max_requests_jitter = 500
# Loaded once, then shared by the workers: half the memory, and no first visitor waits.
preload_app = True
# A heartbeat on a slow disk looks like a worker that hangs.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn makes its file there safely
# Where somebody asks for a log of requests: without queries and referrers, which hold the keys of links in mails.
access_log_format = '%(h)s %(l)s %(u)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s "%(a)s"'
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
# Nothing here talks to it.
control_socket_disable = True


def when_ready(server: object) -> None:
    """Load in the parent what every worker would load by itself at its first request."""
    get_resolver().url_patterns  # noqa: B018 - imports every view
    import_module("plotly.graph_objects")  # once for all workers, and not in the first request that draws
    gc.collect()
    gc.freeze()
