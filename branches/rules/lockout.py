"""Lock-out after failed logins (security.md row 5)."""

from datetime import timedelta
from typing import Any

COOL_OFF = timedelta(minutes=10)


def cooloff(request: Any = None) -> timedelta:
    """How long the pair of account and address stays locked."""
    return COOL_OFF
