"""The real settings, with what only makes tests slow or needs a build step left out."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")

from salesplan.settings import *  # noqa: F403
from salesplan.settings import STATIC_ROOT, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
# WhiteNoise warns when nothing has been collected yet, and here nothing has to be.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
