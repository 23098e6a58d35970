"""The hash that seals a published round: over its results and all that they rest on, in one canonical form. Pure.

Each row is one line of JSON with sorted keys and without blanks; points are text with two decimals. The same rows in
the same order always give the same hash.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from assessments.rules.scoring import CENT


def canonical(row: Mapping[str, Any]) -> str:
    """One row in its canonical form."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_text)


def seal(*parts: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256, in hexadecimal, over the rows of all parts."""
    digest = hashlib.sha256()
    for rows in parts:
        for row in rows:
            digest.update(canonical(row).encode())
            digest.update(b"\n")
    return digest.hexdigest()


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value.quantize(CENT))
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")
