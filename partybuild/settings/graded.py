"""Profile ``graded``: GB/T 22239 level 3; three officers that exclude one another, no superuser."""

from partybuild.settings.production import *

PROFILE = "graded"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
