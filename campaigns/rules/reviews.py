"""What a reviewer is told about a record, which records are reviewed, and who may not decide. Pure.

Source: model.md, Records; domain-rules.md, "Against digital formalism": hints advise, they never punish by themselves.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.enums import ReviewPolicy
from campaigns.rules.likeness import NOTHING_ALIKE, Alike

FREQUENT_REMARKS = (
    "会议记录过于简略，请补充讨论情况和形成的决议。",
    "未写明应到、实到和有表决权的人数，请补充。",
    "缺少领学、发言等具体情况，请补充。",
    "附件与活动内容不符，请重新上传。",
    "日期与记录内容不一致，请核对。",
)


def one_line(texts: Iterable[str]) -> str:
    """Remarks in one line: a single one as it is, several as clauses with one full stop at the end."""
    told = [text.strip() for text in texts if text.strip()]
    return "；".join(text.rstrip("。；") for text in told) + "。" if len(told) > 1 else "".join(told)


@dataclass(frozen=True)
class Facts:
    """What the checks may know of an activity; ``same_titles`` names other records of the day."""

    minutes: str
    held_on: date
    entered_on: date
    expected: int
    present: int
    same_titles: tuple[str, ...] = ()
    alike: Alike = NOTHING_ALIKE


@dataclass(frozen=True)
class Limits:
    """The rule table's values: fewer characters than this are thin, more days than this between are late."""

    thin_characters: int
    late_entry_days: int


@dataclass(frozen=True)
class Check:
    """One look at a record: whether it is in order, and the sentence for it. ``label`` is the hint in a few words."""

    code: str
    label: str
    ok: bool
    sentence: str

    def as_flag(self) -> dict[str, str]:
        """As it is kept with the record."""
        return {"code": self.code, "label": self.label, "sentence": self.sentence}


def length(text: str) -> int:
    """Characters without blanks."""
    return len("".join(text.split()))


def checks(facts: Facts, limits: Limits) -> list[Check]:
    """All checks of an activity, in the order in which the desk shows them; those not in order are its flags."""
    return [_entry(facts, limits), _attendance(facts), _thin(facts, limits), *_duplicates(facts)]


def flags(checked: Iterable[Check]) -> list[dict[str, str]]:
    """What is kept with the record: the checks that are not in order."""
    return [check.as_flag() for check in checked if not check.ok]


def _entry(facts: Facts, limits: Limits) -> Check:
    days = (facts.entered_on - facts.held_on).days
    ok = days <= limits.late_entry_days
    when = "活动当日提交" if days <= 0 else f"活动后 {days} 天提交"
    return Check("late_entry", "补录", ok, when if ok else f"{when}，超过 {limits.late_entry_days} 天")


def _attendance(facts: Facts) -> Check:
    if not facts.present:
        return Check("attendance", "没有到会人员", False, "没有登记到会人员")
    count = f"到会 {facts.present} / {facts.expected} 人"
    ok = facts.present * 2 > facts.expected
    return Check("attendance", "到会未过半", ok, f"{count}，{'已过半' if ok else '未过半'}")


def _thin(facts: Facts, limits: Limits) -> Check:
    characters = length(facts.minutes)
    ok = characters >= limits.thin_characters
    sentence = f"记录 {characters} 字"
    return Check("thin", "内容偏少", ok, sentence if ok else f"{sentence}，不足 {limits.thin_characters} 字")


def _duplicates(facts: Facts) -> list[Check]:
    found = likeness_checks(facts.alike)
    if facts.same_titles:
        found.insert(0, Check("same_title", "疑似重复", False, f"同日另有同名记录：{'、'.join(facts.same_titles[:3])}"))
    return found or [Check("same", "重复", True, "未发现重复的记录、文字和图片")]


def likeness_checks(alike: Alike) -> list[Check]:
    """What looks like another record; records of other organisations are counted, not named."""
    found = []
    if alike.own_texts:
        found.append(Check("same_text", "文字相近", False, f"文字与{'、'.join(alike.own_texts)}相同或相近"))
    if alike.other_texts:
        found.append(Check("copied_text", "与他处文字相近", False, "文字与另一党组织的记录相同或相近"))
    if alike.own_pictures:
        found.append(Check("same_image", "照片重复", False, f"照片也用于{'、'.join(alike.own_pictures)}"))
    if alike.other_pictures:
        found.append(Check("copied_image", "照片与他处相同", False, "照片也用于另一党组织的记录"))
    return found


_MILD = {
    "same_text": "{sentence}，请核对是否需要修改。",
    "copied_text": "这段文字与其他党组织已提交的记录相近，请按本组织的实际情况写。",
    "same_image": "{sentence}，请核对是否传错。",
    "copied_image": "有照片与其他党组织已提交的照片相同，请核对是否传错。",
    "same_title": "{sentence}，请核对是否记过。",
    "thin": "记录较短，写明讨论情况和决定事项更便于审核。",
    "late_entry": "这次活动过去较久，提交后会注明补录。",
}


def mild(checked: Iterable[Check]) -> list[str]:
    """The same for the one who writes the record, before it is filed: what he may want to look at again."""
    told = (check for check in checked if not check.ok and check.code in _MILD)
    return [_MILD[check.code].format(sentence=check.sentence) for check in told]


def answer_flags(not_done: int, has_note: bool, has_files: bool, alike: Alike = NOTHING_ALIKE) -> list[dict[str, str]]:
    """Hints on an answer: demands not carried out, one with neither words nor material, what looks like another."""
    found = []
    if not_done:
        found.append(Check("not_done", "有未落实项", False, f"有 {not_done} 项未落实"))
    if not has_note and not has_files:
        found.append(Check("thin", "内容偏少", False, "没有说明，也没有材料"))
    return flags([*found, *likeness_checks(alike)])


def is_sampled(organization_id: int, client_key: object, percent: int) -> bool:
    """Whether the record falls into the sample: always the same answer for the same record, and not to be steered."""
    digest = hashlib.sha256(f"{organization_id}:{client_key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 100 < percent


def needs_review(policies: Iterable[str], *, is_flagged: bool, is_sampled: bool, was_returned: bool) -> bool:
    """Whether a record waits for a reviewer, by the strictest policy of the campaigns that it counts for.

    What was returned is always looked at again; what counts for no campaign only when it is flagged.
    """
    if was_returned or is_flagged:
        return True
    wanted = set(policies)
    return ReviewPolicy.EVERY in wanted or (ReviewPolicy.SAMPLE in wanted and is_sampled)


@dataclass(frozen=True)
class Relation:
    """How a person stands to a record and to the organisation whose record it is."""

    filed_it: bool = False
    holds_post: bool = False
    holds_office: bool = False
    is_member: bool = False
    is_root: bool = False
    has_decided: bool = False


def conflict(relation: Relation) -> str:
    """Why this person must not decide on the record; empty when he may.

    The root's own records have nobody above: a second person of it confirms them.
    """
    if relation.filed_it:
        return "这条记录由您提交，须由他人审核。"
    if relation.has_decided:
        return "您已在下一级审核过这条记录，本级须由他人审核。"
    if relation.is_root:
        return ""
    if relation.holds_post or relation.holds_office:
        return "您在该组织任职，不能审核本组织的记录。"
    return "您是该组织的党员，不能审核本组织的记录。" if relation.is_member else ""


def reason_to_hold(flags: Sequence[dict[str, str]], *, was_opened: bool) -> str:
    """Why a marked record is left out when many are approved at once; empty when it may go."""
    if flags:
        return "有提示：" + "、".join(flag.get("label") or flag["sentence"] for flag in flags)
    return "" if was_opened else "尚未打开看过"
