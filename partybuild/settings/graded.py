"""Profile ``graded``: GB/T 22239 level 3; three officers that exclude one another, no superuser."""

from partybuild.settings.production import *
from partybuild.settings.production import AUTH_PASSWORD_VALIDATORS, SECOND_FACTOR_ROLES

PROFILE = "graded"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PASSWORD_MAX_DAYS = 90
PASSWORD_KEPT = 5
AUTH_PASSWORD_VALIDATORS = [
    *AUTH_PASSWORD_VALIDATORS,
    {"NAME": "branches.rules.passwords.CompositionValidator", "OPTIONS": {"classes": 3}},
    {"NAME": "branches.queries.passwords.ReuseValidator", "OPTIONS": {"last": PASSWORD_KEPT}},
]
SECOND_FACTOR_ROLES = SECOND_FACTOR_ROLES | {"sysadmin", "secadmin", "auditor"}
