"""Profile ``office``: a small committee of its own; one administrator, long passwords without forced change."""

from partybuild.settings.production import *

PROFILE = "office"
