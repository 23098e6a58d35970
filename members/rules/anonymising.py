"""What goes of the members floor when a former member is anonymised, and what stays, each with its reason. Pure.

Every table from which foreign keys lead to a member stands in one of the tables below or in that of the desk; a test
holds them against the models.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cleared:
    """The texts of a table that go: ``path`` leads to the member; ``blank`` become empty, ``hidden`` are replaced where
    something is written; rows of ``files`` go with their files."""

    path: str
    blank: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    files: bool = False


CLEARED: dict[str, Cleared] = {
    "members.MemberChange": Cleared("member", blank=("before", "after")),
    "members.Correction": Cleared("member", blank=("wanted", "reason"), hidden=("answer",)),
    "members.Standing": Cleared("member", blank=("reason",), hidden=("place",)),
    "members.SearchNote": Cleared("standing__member", hidden=("way", "result")),
    "members.Transfer": Cleared(
        "member",
        hidden=("outside_name", "outside_address", "outside_phone", "outside_letter", "reason", "decision"),
    ),
    "members.DevelopmentFile": Cleared("member", hidden=("close_reason",)),
    "members.DevelopmentStep": Cleared("development__member", blank=("notes",), hidden=("void_reason",)),
    "members.PublicNotice": Cleared("development__member", hidden=("objections", "settlement")),
    "members.PreReview": Cleared("development__member", hidden=("opinion", "quota_note")),
    "members.Observation": Cleared("development__member", hidden=("text",)),
    "members.DevelopmentPaper": Cleared("development__member", files=True),
    "members.DuesBase": Cleared("member", hidden=("basis", "reason", "decision")),
    "members.DuesLine": Cleared("entry__member", hidden=("note",)),
    "members.Occasion": Cleared("member", hidden=("detail",)),
    "members.Duty": Cleared("member", hidden=("summary", "waived_reason")),
    "members.DutyProof": Cleared("duty__member", files=True),
    "members.RestrictedRecord": Cleared("member", hidden=("content", "basis", "measure")),
    "members.RecordPaper": Cleared("record__member", files=True),
    "members.CareCase": Cleared("member", hidden=("need",)),
    "members.CareVisit": Cleared("case__member", hidden=("help",)),
    "members.OpinionRequest": Cleared("member", hidden=("subject", "text")),
    "members.PartyWorker": Cleared("member", hidden=("resume",)),
    "members.Delegate": Cleared("member", hidden=("reason",)),
    "members.Suggestion": Cleared("member", hidden=("text", "answer")),
}
"""Table → what of it goes."""

KEPT: dict[str, str] = {
    "members.Membership": "所在党支部的起止，用于各时点的党员统计",
    "members.Office": "党内职务的起止，用于委员会和任期统计",
    "members.DevelopmentPerson": "他人发展党员档案中的联系人、介绍人，姓名随本人隐去",
    "members.BranchVote": "支部大会的表决数字",
    "members.DuesEntry": "党费数字，用于账目",
    "members.RiskPoint": "岗位的廉政风险点，属于党组织，责任人姓名随本人隐去",
    "members.RiskReview": "岗位廉政风险点的复查，属于党组织",
}
"""Table → why its rows stay as they are."""
