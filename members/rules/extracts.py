"""The parts of what the portal holds about one member. Pure.

An app's configuration lists functions as ``member_extracts`` (dotted names): each takes the member and returns parts.
What no app tells in its own words is told row by row from the tables that name the member.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """One sheet: its name, headings and rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


WITHHELD = {
    "members.RestrictedRecord": "限定查阅的记录",
    "members.OpinionRequest": "听取党支部意见",
    "members.CareCase": "关怀帮扶记录",
    "members.Duty": "应谈应办事项",
    "members.Occasion": "应谈应办事由",
    "members.RecordPaper": "限定查阅的记录",
    "members.CareVisit": "关怀帮扶记录",
    "members.DutyProof": "应谈应办事项",
}
"""Tables whose rows only the posts named may see: the extract says that they are not in it."""

NOT_HIS: dict[str, str] = {
    "members.RiskReview": "岗位廉政风险点的复查，属于党组织",
}
"""Tables that lead to a member without being about him, each with the reason; apps above declare theirs as
``member_extract_exceptions``."""
