"""The settings of production, with one view more to compare with, and a count of queries on demand."""

from salesplan.lib.env import env_flag
from salesplan.settings import *  # noqa: F403
from salesplan.settings import MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
if env_flag("BENCH_COUNT_QUERIES"):
    MIDDLEWARE = ["tests.bench.middleware.QueryCountMiddleware", *MIDDLEWARE]


class StraightFromTheModels:
    """Tables are made without going through the migrations: the same tables, half a minute sooner."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = StraightFromTheModels()
