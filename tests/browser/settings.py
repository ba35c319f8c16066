"""The settings of the tests, with SQLite in a file: in memory its connections lock each other out."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, VAR_DIR

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test-browser.sqlite3"}
