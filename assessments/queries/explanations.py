"""A score sheet as plain data, each point down to the record. Source: X04."""

from assessments.models import Submission
from assessments.queries.sheet_page import Line, SheetPage
from partybuild.lib.dates import day_text


def explanation(sheet: Submission, page: SheetPage) -> dict[str, object]:
    """The sheet as plain data, each point down to the record: what ``manage.py score --explain`` prints."""
    return {
        "code": sheet.organization.code,
        "name": sheet.organization.name,
        "rule_version": sheet.round.rule_version.isoformat(),
        "earned": str(page.earned),
        "full": str(page.full),
        "total": None if page.total is None else str(page.total),
        "indicators": [{"dimension": group.name, **_explained(line)} for group in page.groups for line in group.lines],
        "left_out": [{"indicator": indicator.name, "reason": reason} for indicator, reason in page.left_out],
    }


def _explained(line: Line) -> dict[str, object]:
    return {
        "indicator": line.indicator.name,
        "full": str(line.indicator.points),
        "computed": None if line.computed is None else str(line.computed),
        "points": None if line.points is None else str(line.points),
        "rule": line.rule,
        "reckoning": line.reckoning,
        "figures": line.figures,
        "missing": list(line.missing),
        "changes": [
            {"stage": mark.stage.label, "from": str(mark.before), "to": str(mark.points), "by": mark.who,
             "reason": mark.reason}
            for mark in line.changes
        ],
        "assignments": [
            {
                "id": one.pk,
                "period": one.label,
                "verdict": one.verdict.label,
                "records": [
                    {"id": record.pk, "kind": "activity" if record.is_activity else "answer", "title": record.title,
                     "day": day_text(record.day) if record.day else None}
                    for record in one.records
                ],
            }
            for one in line.counted
        ],
    }  # fmt: skip
