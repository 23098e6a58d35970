"""What a matter that is decided together must show. Sources: SX, TS (三重一大), 党组工作条例 (quorum and vote); O11."""

from dataclasses import dataclass
from fractions import Fraction

from members.enums import MatterKind

COLLECTIVE = (MatterKind.DECISION, MatterKind.PERSONNEL, MatterKind.PROJECT, MatterKind.FUNDS)
"""The four that are decided by a meeting and by nobody alone."""


@dataclass(frozen=True)
class Meeting:
    """The figures of a meeting; what was not written down is None."""

    expected: int | None = None
    present: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstain: int | None = None

    @property
    def votes(self) -> list[int | None]:
        return [self.votes_for, self.votes_against, self.votes_abstain]


@dataclass(frozen=True)
class Shares:
    """What of the members must be there, and what of them in favour, by the rule table."""

    present: Fraction
    present_personnel: Fraction
    in_favour: Fraction


def figure_errors(meeting: Meeting) -> dict[str, str]:
    """Figures that cannot be true; field → sentence."""
    if meeting.present is not None and (meeting.expected is None or meeting.present > meeting.expected):
        return {"present": "实到会人数不能多于应到会人数。"}
    given = [vote for vote in meeting.votes if vote is not None]
    if not given:
        return {}
    if len(given) < len(meeting.votes):
        return {"votes_for": "请把赞成、反对和弃权票数填写完整。"}
    if meeting.present is None or sum(given) > meeting.present:
        return {"votes_for": "赞成、反对和弃权票数合计不能多于实到会人数。"}
    return {}


def findings(kind: str, has_meeting: bool, meeting: Meeting, shares: Shares) -> list[str]:
    """What is wrong with how a matter was decided; requests and reports are not judged."""
    if kind not in COLLECTIVE:
        return []
    if not has_meeting:
        return ["应经会议集体决定，未登记会议"]
    found = []
    needed = shares.present_personnel if kind == MatterKind.PERSONNEL else shares.present
    if meeting.expected and meeting.present is not None and meeting.present < needed * meeting.expected:
        found.append(f"到会人数不足应到会的{needed}")
    if meeting.expected and meeting.votes_for is not None and meeting.votes_for <= shares.in_favour * meeting.expected:
        found.append(f"赞成票未超过应到会的{shares.in_favour}")
    return found
