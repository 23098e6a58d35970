"""What may be written into a score sheet. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.enums import IndicatorKind, RoundStatus
from assessments.rules.scoring import CENT, plain


@dataclass(frozen=True)
class Row:
    """An indicator of a sheet as it stands: its full marks, how it is scored, and what the stage began with."""

    indicator_id: int
    name: str
    kind: str
    full: Decimal
    start: Decimal | None


@dataclass(frozen=True)
class Entry:
    """What somebody enters for an indicator. ``points`` None: not graded yet."""

    points: Decimal | None = None
    note: str = ""
    evidence: str = ""
    reason: str = ""


def is_open_to_points(status: str, kind: str) -> bool:
    """Whether points may be entered: metered ones stand in the self-check as they were computed."""
    return status != RoundStatus.SELF_CHECK or kind == IndicatorKind.MANUAL


def problem(status: str, row: Row, entry: Entry) -> tuple[str, str] | None:
    """Field and sentence when the entry cannot be taken, else None."""
    points = entry.points
    if points is None:
        return None
    if not 0 <= points <= row.full:
        return "points", f"请填写 0 到 {plain(row.full)} 之间的分数"
    if points != points.quantize(CENT):
        return "points", "分数最多保留两位小数"
    if needs_reason(status, row, points) and not entry.reason.strip():
        return "reason", f"由 {plain(row.start or Decimal(0))} 分改为 {plain(points)} 分，请写明理由"
    return None


def needs_reason(status: str, row: Row, points: Decimal) -> bool:
    """Whether the points differ from those that the stage began with; in the self-check nothing came before."""
    return status != RoundStatus.SELF_CHECK and row.start is not None and points != row.start


def missing(rows: Mapping[int, Row], points: Mapping[int, Decimal | None]) -> list[str]:
    """Names of the indicators that have no points yet."""
    return [row.name for pk, row in rows.items() if points.get(pk) is None]
