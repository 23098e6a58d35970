"""How 100 points are shared out over a campaign's dimensions and indicators. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.enums import IndicatorKind

FULL_MARKS = Decimal(100)
HAND_METRIC = "manual"
BY_HAND = "由验收人员对照任务要求和佐证材料评定，按完成情况给分。"
_STEPS = (Decimal("0.5"), Decimal("0.1"), Decimal("0.01"))


@dataclass(frozen=True)
class Ask:
    """What one line of the scheme will judge: a target of a task, or a task that has none."""

    task_id: int
    target_id: int | None
    name: str
    standard: str
    metric: str = HAND_METRIC

    @property
    def kind(self) -> IndicatorKind:
        """What only a checklist shows is graded by hand; all else is metered."""
        return IndicatorKind.MANUAL if self.metric == HAND_METRIC else IndicatorKind.METERED


@dataclass(frozen=True)
class Line:
    """One indicator of the scheme with its points."""

    dimension_id: int
    ask: Ask
    points: Decimal


def split(total: Decimal, count: int) -> list[Decimal]:
    """``total`` in ``count`` parts as equal as half points allow (tenths or hundredths where there are too many).

    They add up exactly; what is left over goes to the first ones, a step each.
    """
    step = next(step for step in _STEPS if total >= step * count)
    steps = int(total / step)
    each, rest = divmod(steps, count)
    parts = [step * (each + (place < rest)) for place in range(count)]
    parts[0] += total - sum(parts)
    return parts


def share_out(dimensions: Sequence[tuple[int, Sequence[Ask]]]) -> list[Line]:
    """The lines of a scheme: dimensions share 100 points equally, the indicators of a dimension share its points.

    A plan puts its sides next to one another without weights, so none weighs more than another; a dimension that
    asks nothing of those who are scored gets no points.
    """
    scored = [(dimension_id, asks) for dimension_id, asks in dimensions if asks]
    lines = []
    for (dimension_id, asks), total in zip(scored, split(FULL_MARKS, len(scored)) if scored else [], strict=True):
        lines += [Line(dimension_id, ask, points) for ask, points in zip(asks, split(total, len(asks)), strict=True)]
    return lines
