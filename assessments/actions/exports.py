"""Standings taken out as workbooks."""

from collections.abc import Iterator
from typing import IO, Any

from django.db import transaction

from assessments.enums import Grade, RoundStatus
from assessments.models import Round
from branches.actions import audit
from branches.permissions import Actor
from partybuild.lib import clock
from partybuild.lib.dates import moment_text
from partybuild.lib.workbook import OutColumn, Sheet, write_table

_COLUMNS = (
    "名次", OutColumn("党组织", 36.0), "党组织编码", "组织类别", OutColumn("上级党组织", 30.0), "得分", "应得分",
    "总分（百分制）", "等次", "待评指标", "自评提交", "验收提交",
)  # fmt: skip


@transaction.atomic
def write_standing(*, by: Actor, round_: Round, sheets: Any, stream: IO[bytes]) -> int:
    """Write the standing of a round, filtered and sorted as it is given; how many rows. Leaves a trace."""
    published = round_.status == RoundStatus.PUBLISHED
    note = f"{round_.get_status_display()} · 截至{moment_text(clock.now())}"
    if not published:
        note = f"尚未公布，仅供工作使用 · {note}"
    count = write_table(stream, [Sheet("评估结果", _COLUMNS, _rows(sheets), title=round_.name, note=note)])
    issuer = round_.scheme.campaign.issuer
    audit.record(by=by, verb="导出评估结果", obj=round_, organization=issuer, detail={"count": count})
    return count


def _rows(sheets: Any) -> Iterator[list[Any]]:
    for sheet in sheets.iterator(2000):
        yield [
            sheet.rank,
            sheet.organization.name,
            sheet.organization.code,
            sheet.get_kind_display(),
            sheet.unit.name,
            sheet.earned,
            sheet.full,
            sheet.total,
            Grade(sheet.grade).label if sheet.grade else None,
            sheet.ungraded,
            sheet.self_checked_at,
            sheet.checked_at,
        ]
