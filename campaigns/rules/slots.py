"""What a file proves, guessed from its name; whoever uploads it may say otherwise."""

from campaigns.enums import ActivityKind, ActivityPart, AttachmentSlot

_WORDS = (
    (AttachmentSlot.PAPERS, ("发言", "交流", "心得")),
    (AttachmentSlot.RECORD, ("记录", "纪要")),
    (AttachmentSlot.PLAN, ("计划", "方案", "安排")),
)


def are_asked(kind: str, parts: tuple[str, ...] | list[str]) -> bool:
    """Whether the material is told apart: a 专题研讨 needs plan, record and papers (TJ 二（一）二)."""
    return kind == ActivityKind.SEMINAR or ActivityPart.SEMINAR in parts


def guess(name: str) -> AttachmentSlot:
    """研讨计划.docx is a plan; a list of signatures is other material even where it is called a record."""
    if "签到" in name:
        return AttachmentSlot.EVIDENCE
    return next((slot for slot, words in _WORDS if any(word in name for word in words)), AttachmentSlot.EVIDENCE)
