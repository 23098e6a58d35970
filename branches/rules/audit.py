"""How entries of the audit trail are written down, digested and chained. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

LEAST_DAYS = 184
"""No entry goes earlier, whatever is set (《网络安全法》第二十一条: six months)."""

_ID, _DIGEST = 8, 32
_PAIR = _ID + _DIGEST


def canonical(row: Mapping[str, Any]) -> bytes:
    """A row as the same bytes always: keys in order, moments in UTC."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def digest(row: Mapping[str, Any]) -> bytes:
    """The SHA-256 of a row."""
    return hashlib.sha256(canonical(row)).digest()


def pack(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Ids and digests of rows, 40 bytes each, in their order."""
    return b"".join(row["id"].to_bytes(_ID, "big") + digest(row) for row in rows)


def unpack(members: bytes) -> dict[int, bytes]:
    """Id → digest."""
    pairs = (members[start : start + _PAIR] for start in range(0, len(members), _PAIR))
    return {int.from_bytes(pair[:_ID], "big"): pair[_ID:] for pair in pairs}


def seal_hash(header: Mapping[str, Any], members: bytes) -> str:
    """The hash of a seal: its own row (which names the seal before by its hash) and its members."""
    return hashlib.sha256(canonical(header) + b"\n" + hashlib.sha256(members).digest()).hexdigest()


def keep_from(today: date, days: int) -> date:
    """The first day whose entries are kept; never less than half a year back."""
    return today - timedelta(days=max(days, LEAST_DAYS))


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"no plain form for {type(value).__name__}")
