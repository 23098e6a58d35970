"""What somebody's presence at an activity counts for him, where his organisation did not hold it. Pure.

Sources: N09 (MF), N10 (TJ), N27, N30 (TJ). Each refusal is the sentence that says why not; empty when it counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

from campaigns.enums import ActivityPart as Part

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Attended:
    """One person at one activity. ``is_own`` tells whether the branch that held it is his own on that day,
    ``is_linked`` whether it is a contact point of his; where he has none named, any other branch may be.
    """

    activity_id: int
    member_id: int
    name: str
    title: str
    kind: str
    parts: frozenset[str]
    held_on: date
    counts_from: datetime
    is_present: bool
    is_host: bool
    is_own: bool
    is_linked: bool = True


def halted_refusal(each: Attended) -> str:
    """叫停机制: a meeting that was halted counts for nobody until it is held again."""
    return "会议已叫停，重新召开并记录后计入。" if Part.HALTED in each.parts else ""


def guided_refusal(each: Attended) -> str:
    """Guided: chaired it, or was there and the record says that a leader guided it."""
    if each.is_host or (each.is_present and Part.GUIDED in each.parts):
        return halted_refusal(each)
    return f"记录内容未勾选“{Part.GUIDED.label}”。"


def reports_refusal(each: Attended) -> str:
    """一集中两报告: as an ordinary member of his branch, with both reports in that record."""
    if not each.is_own:
        return "不是本人所在支部的组织生活。"
    if not each.is_present:
        return "本人没有到会。"
    missing = [str(part.label) for part in (Part.WORK_REPORT, Part.MATTERS_REPORT) if part not in each.parts]
    return f"还差：{'、'.join(missing)}。" if missing else ""


def linked_lecture_refusal(each: Attended) -> str:
    """A lecture in the linked unit is not one in the own branch."""
    if not each.is_host:
        return "本人不是主讲人。"
    if each.is_own:
        return "在本人所在支部讲课，不属于联系点党课。"
    return "" if each.is_linked else "讲课的党组织不是本人的联系点。"


def double_life_refusal(in_branch: int, democratic: int) -> str:
    """Both sides belong to 双重组织生活."""
    missing = [word for word, count in (("支部组织生活", in_branch), ("民主生活会", democratic)) if not count]
    return f"还差：{'、'.join(missing)}。" if missing else ""


def covered_share(reached: Iterable[int], expected: Iterable[int]) -> Decimal:
    """So many of those expected, to two places, never rounded up; nobody expected is nothing."""
    wanted = set(expected)
    return (Decimal(len(wanted & set(reached))) / len(wanted)).quantize(_CENT, ROUND_DOWN) if wanted else Decimal(0)
