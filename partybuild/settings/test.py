"""Settings of the test suite: real services, fast password hashing, fixed keys."""

import base64
from pathlib import Path

from partybuild.settings.base import *
from partybuild.settings.base import INSTALLED_APPS, STORAGES, env

PROFILE = "test"
SECRET_KEY = "tests-only-" + "x" * 50
FIELD_KEYS = [base64.urlsafe_b64encode(b"t" * 32).decode()]
HASH_KEY = "tests-only-hash-key"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CLOCK_FILE = env.str("CLOCK_FILE", default="") or None
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(Path("/tmp") / "partybuild-test-media"))
AXES_ENABLED = True
# Tests move the clock by months; those of the limits set their own.
SIGN_IN_IDLE_SECONDS = None
SIGN_IN_LONGEST_SECONDS = None
# A transactional test ends with a flush; the audit's tables let themselves be emptied only by who says this.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c partybuild.may_truncate_audit=on"
