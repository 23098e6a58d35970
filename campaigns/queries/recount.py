"""The kept counters against a recount in plain SQL, which shares no line with the counting itself.

Records are judged and added up from their own rows, not from the credits that the portal has kept of them; what
registers tell is taken from its credits, answers from themselves. A month at a time.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from campaigns.enums import MeasuredBy
from campaigns.models import Assignment, Tally
from campaigns.queries.recount_sql import PERSONAL, PLAIN, TALLIES
from campaigns.rules.metrics import METRICS
from partybuild.lib import clock

ASSIGNMENT, TALLY = "任务", "统计"
_HALF_CENT = Decimal("0.005")
_TALLY = {
    "expected": "应完成",
    "exempt": "免报",
    "on_time": "按时",
    "late": "迟报",
    "missing": "未报",
    "open": "未结",
}


@dataclass(frozen=True)
class Difference:
    """One counter that is not what its records say: ``kept`` in the row, ``counted`` by the recount."""

    table: str
    id: int
    organization_id: int
    what: str
    kept: str
    counted: str

    @property
    def text(self) -> str:
        """One line for a person."""
        return f"{self.table} {self.id}：{self.what}记为 {self.kept}，重新计数为 {self.counted}。"

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self)


def months() -> list[str]:
    """The months of which there are counters."""
    kept = set(Assignment.objects.order_by().values_list("due_month", flat=True).distinct())
    return sorted(kept | set(Tally.objects.order_by().values_list("due_month", flat=True).distinct()))


def differences(month: str) -> list[Difference]:
    """What the counters of a month keep otherwise than their records say; assignments before the counts of them."""
    values = {"month": month, "metrics": json.dumps(_metrics()), "today": clock.today()}
    found = [each for row in _rows(PLAIN, values) for each in _of_assignment(row)]
    found += [each for row in _rows(PERSONAL, values) for each in _of_assignment(row)]
    return found + [each for row in _rows(TALLIES, values) for each in _of_tally(row)]


def counters(month: str) -> int:
    """How many rows the recount of a month looks at."""
    return Assignment.objects.filter(due_month=month).count() + Tally.objects.filter(due_month=month).count()


def _metrics() -> list[dict[str, Any]]:
    """The registry as a table: what feeds a metric, on which conditions, and how it adds up."""
    return [
        {
            "code": metric.code,
            "sums": metric.sums,
            "kinds": sorted(metric.kinds),
            "parts": sorted(metric.parts),
            "conditions": [condition.code for condition in metric.conditions],
            "hit": metric.hit,
            "is_checked": metric.measured_by == MeasuredBy.CHECKLIST,
        }
        for metric in METRICS.values()
    ]


def _rows(statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _of_assignment(row: dict[str, Any]) -> Iterable[Difference]:
    pairs = {
        "完成数": (row["done"], row["counted_done"]),
        "完成时间": (row["completed_at"], row["counted_completed_at"]),
        "应完成人数": (row["members_expected"], row["counted_people"]),
        "状态": (_word(row["is_complete"], row["is_exempt"]), _word(row["counted_complete"], row["counted_exempt"])),
    }
    differ = {
        # A share is kept to two places.
        "完成数": abs(row["done"] - row["counted_done"]) > _HALF_CENT,
        "应完成人数": row["counted_people"] is not None and row["members_expected"] != row["counted_people"],
    }
    return [
        Difference(ASSIGNMENT, row["id"], row["organization_id"], what, _told(kept), _told(counted))
        for what, (kept, counted) in pairs.items()
        if differ.get(what, kept != counted)
    ]


def _of_tally(row: dict[str, Any]) -> Iterable[Difference]:
    kept, counted = json.loads(row["kept"]), json.loads(row["counted"])
    return [
        Difference(TALLY, row["id"], row["organization_id"], _TALLY[name], _told(kept[name]), _told(counted[name]))
        for name in _TALLY
        if kept[name] != counted[name]
    ]


def _word(is_complete: bool, is_exempt: bool) -> str:
    return "免报" if is_exempt else "已完成" if is_complete else "未完成"


def _told(value: Any) -> str:
    return "无" if value is None else f"{value}"
