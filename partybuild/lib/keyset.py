"""Pages of a long list by the key of the row at its edge: page 400 costs what page 1 costs.

Rows are in the order of a day (or a moment) and their id; the total is counted up to a cap.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q, QuerySet

CAP = 1000
SIZE = 50
_KEY = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}\.\d{6}Z)?\.(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class KeysetPage:
    """One page of rows (plain values), with the keys that lead to its neighbours; None where there is none."""

    rows: Sequence[dict[str, Any]]
    count: int
    is_capped: bool
    previous_key: str | None
    next_key: str | None

    @property
    def count_label(self) -> str:
        """236, or 1,000+ when it is not worth counting further."""
        return f"{self.count:,}+" if self.is_capped else f"{self.count:,}"


@dataclass(frozen=True)
class _Edge:
    day: date
    pk: int

    def beyond(self, field: str, is_later: bool) -> Q:
        """Rows after (or before) this one. The first condition alone lets an index on the day find the place."""
        side = "gt" if is_later else "lt"
        further = Q(**{f"{field}__{side}": self.day}) | Q(**{field: self.day, f"pk__{side}": self.pk})
        return Q(**{f"{field}__{side}e": self.day}) & further


def keyset_page(
    queryset: QuerySet[Any], fields: Sequence[str], *, day: str, descending: bool = False, after: str = "",
    before: str = "", size: int = SIZE,
) -> KeysetPage:  # fmt: skip
    """The page after or before a key; the first one without a key, or with one that is not well formed.

    ``fields`` are the values wanted; the day and ``pk`` are added.
    """
    forward = _edge(after)
    backward = None if forward else _edge(before)
    is_back = backward is not None
    edge = forward or backward
    sign = "-" if descending != is_back else ""
    found = queryset.order_by(f"{sign}{day}", f"{sign}pk")
    if edge:
        found = found.filter(edge.beyond(day, is_later=sign == ""))
    rows = list(found.values(*{*fields, day, "pk"})[: size + 1])
    has_more, rows = len(rows) > size, rows[:size]
    if is_back:
        rows.reverse()
    count = queryset.order_by()[: CAP + 1].count()
    return KeysetPage(
        rows=rows,
        count=min(count, CAP),
        is_capped=count > CAP,
        previous_key=_key(rows[0], day) if rows and (forward or (is_back and has_more)) else None,
        next_key=_key(rows[-1], day) if rows and (is_back or has_more) else None,
    )


def _edge(key: str) -> _Edge | None:
    found = _KEY.fullmatch(key)
    if not found:
        return None
    try:
        day = datetime.fromisoformat(found[1] + found[2]) if found[2] else date.fromisoformat(found[1])
        return _Edge(day, int(found[3]))
    except ValueError:
        return None


def _key(row: dict[str, Any], day: str) -> str:
    value = row[day]
    is_moment = isinstance(value, datetime)
    written = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if is_moment else value.isoformat()
    return f"{written}.{row['pk']}"
