"""Contact points, districts and pairings: kinds, what a pairing must show. Sources: TS, TJ, SX, WX, MF; C11. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import TextChoices


class ContactKind(TextChoices):
    POINT = "point", "党建联系点"
    DISTRICT = "district", "片区联系"
    PAIRING = "pairing", "双联系一共建双推进"
    LINKED = "linked", "挂钩联系"
    STREET = "street", "包帮包街"


class PartnerKind(TextChoices):
    """Whom the contact is with."""

    BRANCH = "branch", "党组织"
    COMMUNITY = "community", "社区"
    VILLAGE = "village", "村"
    ENTERPRISE = "enterprise", "企业"
    STREET = "street", "街道"
    OTHER = "other", "其他单位"


class PaperSlot(TextChoices):
    """What a file of special work is; the first four are the artefacts of a pairing."""

    PLAN = "plan", "方案"
    AGREEMENT = "agreement", "协议"
    RECORD = "record", "记录"
    EFFECT = "effect", "效果"
    SCAN = "scan", "扫描件"
    OTHER = "other", "附件"


ARTEFACTS = (PaperSlot.PLAN, PaperSlot.AGREEMENT, PaperSlot.RECORD, PaperSlot.EFFECT)
WITH_LEADER = (ContactKind.POINT,)


@dataclass(frozen=True)
class Shown:
    """What a contact can show: kinds of files, visits, and problems found and solved."""

    kind: str
    slots: Collection[str] = ()
    visits: int = 0
    problems: int = 0
    solved: int = 0


def artefacts(shown: Shown) -> list[PaperSlot]:
    """The artefacts that are there; a visit written down is a record too."""
    return [
        slot for slot in ARTEFACTS if slot in shown.slots or (slot == PaperSlot.RECORD and shown.visits > 0)
    ]  # fmt: skip


def gaps(shown: Shown) -> list[str]:
    """What is missing, in words."""
    found = []
    if shown.kind == ContactKind.PAIRING:
        there = artefacts(shown)
        if missing := [slot.label for slot in ARTEFACTS if slot not in there]:
            found.append(f"缺{'、'.join(missing)}")
    elif shown.visits == 0:
        found.append("没有走访记录")
    if shown.problems > shown.solved:
        found.append(f"{shown.problems - shown.solved} 个问题未解决")
    return found
