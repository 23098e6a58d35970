"""Settings of the measurements: those of an office, with the peer beside our apps."""

import base64

from partybuild.settings.base import *
from partybuild.settings.base import INSTALLED_APPS, STORAGES, env

PROFILE = "bench"
SECRET_KEY = "bench-only-" + "x" * 50
FIELD_KEYS = [base64.urlsafe_b64encode(b"b" * 32).decode()]
HASH_KEY = "bench-only-hash-key"
INSTALLED_APPS = [*INSTALLED_APPS, "import_export"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MEDIA_ROOT = env.str("MEDIA_ROOT")
CLOCK_FILE = None
