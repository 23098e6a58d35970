"""Lock-out after failed logins (security.md row 5): by pair, by account, by address. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

COOL_OFF = timedelta(minutes=10)
WINDOW = timedelta(hours=1)
ACCOUNT_FAILURES = 20
"""So many within the hour, from whatever addresses, lock the account."""
ADDRESS_FAILURES = 50
"""So many within the hour, at whatever accounts, slow the address down."""
SLOWED = timedelta(seconds=30)
"""A slowed address may try once in so long: an office behind one address goes on working, a machine does not."""


def cooloff(request: Any = None) -> timedelta:
    """How long the pair of account and address stays locked."""
    return COOL_OFF


def account_locked_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """Until when an account with these failures takes no password at all; None when it does.

    Ten minutes after the last one at least, and until fewer than twenty lie within the hour.
    """
    recent = _recent(failures, now)
    if len(recent) < ACCOUNT_FAILURES:
        return None
    return max(recent[-1] + COOL_OFF, recent[-ACCOUNT_FAILURES] + WINDOW)


def address_slowed_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """Until when an address with these failures must wait for its next try; None when it need not."""
    recent = _recent(failures, now)
    if len(recent) < ADDRESS_FAILURES or recent[-1] + SLOWED <= now:
        return None
    return recent[-1] + SLOWED


def _recent(failures: Sequence[datetime], now: datetime) -> list[datetime]:
    return sorted(moment for moment in failures if now - WINDOW < moment <= now)
