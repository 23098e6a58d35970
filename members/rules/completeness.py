"""Which basic data of a member are missing. Pure. Source: TJ 六 基础台账; headings of ``domain-rules.md``."""

from collections.abc import Collection, Mapping
from datetime import date

from members.enums import MemberKind

LABELS: dict[str, str] = {
    "id_number": "身份证号", "born_on": "出生日期", "ethnicity": "民族", "native_place": "籍贯", "education": "学历",
    "work_started_on": "参加工作时间", "job": "工作岗位", "joined_on": "入党时间", "converted_on": "转正时间",
    "phone": "手机号码", "degree": "学位", "landline": "固定电话", "address": "家庭住址",
}  # fmt: skip
"""Fields that may be asked for, in the order in which they are told."""


def missing_fields(
    filled: Mapping[str, bool], asked: Collection[str], *, kind: str, converted_on: date | None = None
) -> list[str]:
    """The fields of ``asked`` that are empty; the day of conversion is asked of full members only."""
    found = []
    for field in LABELS:
        if field not in asked or filled.get(field):
            continue
        if field == "converted_on" and kind != MemberKind.FULL:
            continue
        found.append(field)
    return found


def labels_of(fields: Collection[str]) -> str:
    """身份证号、手机号码."""
    return "、".join(LABELS[field] for field in LABELS if field in fields)
