"""Waiting until an entry of the trail can be sealed."""

import time

from branches.models import AuditEntry
from branches.queries.audit_chain import oldest_running

PATIENCE = 300.0


def wait_until_sealable(entry: AuditEntry) -> None:
    """Other test processes share the server, and their transactions count, too."""
    deadline = time.monotonic() + PATIENCE
    while oldest_running() <= entry.transaction_id:
        assert time.monotonic() < deadline
        time.sleep(0.2)
