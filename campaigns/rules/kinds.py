"""Kinds of activity as a form offers them: for whom, with which contents to tick, and under which proposed title.

Labels, order, compulsory fields, guide and length of a kind are rows of the rule table (``activity.kind.<kind>``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from branches.enums import OrganizationKind
from campaigns.enums import ActivityKind as Kind
from campaigns.enums import ActivityPart as Part
from campaigns.rules.content import RecordContent

_COMMON = (
    Kind.STUDY, Kind.SEMINAR, Kind.TRAINING, Kind.PARTY_LECTURE, Kind.INTEGRITY_LECTURE, Kind.WARNING_EDUCATION,
    Kind.RED_EDUCATION, Kind.POLICY_LECTURE, Kind.READING, Kind.VOLUNTEER, Kind.HEART_TALK, Kind.CULTURE,
    Kind.MASS_ACTIVITY, Kind.CONTACT_VISIT, Kind.OTHER,
)  # fmt: skip
_BRANCH = (
    Kind.MEMBER_ASSEMBLY, Kind.BRANCH_COMMITTEE, Kind.GROUP_MEETING, Kind.THEME_DAY, Kind.ORGANIZATION_LIFE,
    Kind.MEMBER_REVIEW, *_COMMON,
)  # fmt: skip
_COMMITTEE_FIRST = (
    Kind.COMMITTEE_MEETING, Kind.CENTRAL_GROUP, Kind.PARTY_WORK, Kind.REPORT_HEARING, Kind.STUDY, Kind.TRAINING,
    Kind.SPECIAL_INSPECTION,
)  # fmt: skip
_COMMITTEE = (
    *_COMMITTEE_FIRST, Kind.DEMOCRATIC_LIFE, Kind.CONGRESS, Kind.DEBRIEFING, Kind.TOUR, Kind.DISCIPLINE_DRIVE,
    Kind.DISCIPLINE_CHECK, Kind.FIELD_CHECK, *(kind for kind in _COMMON if kind not in _COMMITTEE_FIRST),
)  # fmt: skip

COMMITTEES = frozenset({OrganizationKind.WORK_COMMITTEE, OrganizationKind.COMMITTEE, OrganizationKind.LEADING_GROUP})
_FOR = {
    OrganizationKind.BRANCH: _BRANCH,
    OrganizationKind.GENERAL_BRANCH: (*_BRANCH, Kind.CONGRESS, Kind.PARTY_WORK, Kind.REPORT_HEARING),
}

_LIFE = (
    Part.STUDY, Part.FIXED_DAY, Part.BRANCH_DAY, Part.OATH, Part.BIRTHDAY, Part.DUES_DAY, Part.LECTURE,
    Part.SPIRIT_ANALYSIS, Part.WORK_REPORT, Part.MATTERS_REPORT,
)  # fmt: skip
_TEACHING = (Part.STUDY, Part.WARNING, Part.DISCIPLINE_RULES, Part.IDEOLOGY)
_PARTS: dict[Kind, tuple[Part, ...]] = {
    Kind.MEMBER_ASSEMBLY: (
        Part.DISCUSSION, Part.POINTS, Part.LIFE_REPORT, Part.DOUBLE_LIFE_REPORT, Part.DUES_REPORT, *_LIFE,
    ),
    Kind.BRANCH_COMMITTEE: (Part.DISCUSSION, Part.STUDY, Part.PARTY_WORK, Part.WORK_REPORT, Part.MATTERS_REPORT),
    Kind.GROUP_MEETING: (
        Part.STUDY, Part.DISCUSSION, Part.HEART_TALK, Part.SPIRIT_ANALYSIS, Part.WORK_REPORT, Part.MATTERS_REPORT,
    ),
    Kind.THEME_DAY: (
        *_LIFE, Part.SEMINAR, Part.WARNING, Part.RED_EDUCATION, Part.VOLUNTEER, Part.INTEGRITY_LECTURE, Part.HEART_TALK,
    ),
    Kind.ORGANIZATION_LIFE: (
        Part.GUIDED, Part.STUDY, Part.SPIRIT_ANALYSIS, Part.HEART_TALK, Part.WORK_REPORT, Part.MATTERS_REPORT,
        Part.HALTED,
    ),
    Kind.MEMBER_REVIEW: (Part.SPIRIT_ANALYSIS, Part.WORK_REPORT, Part.MATTERS_REPORT),
    Kind.STUDY: (Part.SEMINAR, *_TEACHING[1:], Part.WORK_REPORT, Part.MATTERS_REPORT),
    Kind.SEMINAR: (*_TEACHING[1:], Part.WORK_REPORT, Part.MATTERS_REPORT),
    Kind.TRAINING: _TEACHING[1:],
    Kind.PARTY_LECTURE: (Part.INTEGRITY_LECTURE, *_TEACHING[1:], Part.WORK_REPORT, Part.MATTERS_REPORT),
    Kind.INTEGRITY_LECTURE: (Part.WARNING, Part.DISCIPLINE_RULES),
    Kind.WARNING_EDUCATION: (Part.STUDY, Part.INTEGRITY_LECTURE, Part.DISCIPLINE_RULES),
    Kind.RED_EDUCATION: (Part.STUDY, Part.OATH, Part.LECTURE),
    Kind.READING: (Part.READING_CLUB, Part.STUDY, Part.SEMINAR, Part.BOOK_PURCHASE, Part.YOUTH_MODELS),
    Kind.COMMITTEE_MEETING: (
        Part.FIRST_TOPIC, Part.DISCUSSION, Part.PARTY_WORK, Part.REPORT_HEARING, Part.COMMITTEE_DAY, Part.IDEOLOGY,
        Part.DISCIPLINE_RULES, Part.STUDY,
    ),
    Kind.CENTRAL_GROUP: (Part.SEMINAR, Part.IDEOLOGY, Part.DISCIPLINE_RULES, Part.FIRST_TOPIC),
    Kind.PARTY_WORK: (Part.REPORT_HEARING, Part.COMMITTEE_DAY, Part.IDEOLOGY, Part.DISCUSSION),
    Kind.REPORT_HEARING: (Part.STANDING_COMMITTEE, Part.PARTY_WORK, Part.COMMITTEE_DAY, Part.DISCUSSION),
    Kind.CONGRESS: (Part.LIFE_REPORT, Part.DOUBLE_LIFE_REPORT, Part.DUES_REPORT, Part.DISCUSSION, Part.STUDY),
    Kind.DEMOCRATIC_LIFE: (Part.STUDY, Part.SPIRIT_ANALYSIS, Part.HEART_TALK, Part.HALTED),
    Kind.VOLUNTEER: (Part.FIXED_DAY, Part.BRANCH_DAY),
    Kind.OTHER: (
        Part.STUDY, Part.OATH, Part.BIRTHDAY, Part.DUES_DAY, Part.VOLUNTEER, Part.HEART_TALK, Part.BOOK_PURCHASE,
        Part.YOUTH_MODELS,
    ),
}  # fmt: skip
_DEFAULT_PARTS = (Part.STUDY, Part.DISCUSSION)

_BY_QUARTER = frozenset({Kind.PARTY_LECTURE, Kind.MEMBER_ASSEMBLY, Kind.SEMINAR})
_BY_YEAR = frozenset({Kind.ORGANIZATION_LIFE, Kind.MEMBER_REVIEW, Kind.DEMOCRATIC_LIFE, Kind.DEBRIEFING})


_LACKING = {
    "title": "请填写主题。",
    "place": "请填写地点。",
    "hours": "请填写时长。",
    "group": "请选择开会的党小组。",
    "host": "请选择主持人或主讲人。",
    "attendance": "请登记到会人员，至少一人到会。",
    "minutes": "请填写活动记录。",
}


@dataclass(frozen=True)
class KindRule:
    """One kind as the rule table words it; ``required`` are names of fields of the form."""

    code: str
    label: str
    order: int
    is_prominent: bool
    required: frozenset[str]
    guide: tuple[str, ...]
    default_hours: int

    @classmethod
    def of(cls, code: str, value: Mapping[str, Any]) -> "KindRule":
        """From a row's value; what the row leaves out is neither compulsory nor prominent."""
        return cls(
            code=code,
            label=value.get("label") or Kind(code).label,
            order=value.get("order", 999),
            is_prominent=bool(value.get("prominent")),
            required=frozenset(value.get("required", ())),
            guide=tuple(value.get("minutes_guide", ())),
            default_hours=value.get("default_hours", 0),
        )


def is_committee(organization_kind: str) -> bool:
    """Whether an organisation of this kind has offices and meetings rather than a roster of its own."""
    return organization_kind in COMMITTEES


def offered(organization_kind: str, rules: Iterable[KindRule]) -> tuple[list[KindRule], list[KindRule]]:
    """The kinds for an organisation of this kind: the big choices, and the others, each in order."""
    wanted = _FOR.get(OrganizationKind(organization_kind), _COMMITTEE)
    found = sorted((rule for rule in rules if rule.code in wanted), key=lambda rule: (rule.order, rule.code))
    if is_committee(organization_kind):
        found.sort(key=lambda rule: wanted.index(Kind(rule.code)))
        return [r for r in found if r.code in _COMMITTEE_FIRST], [r for r in found if r.code not in _COMMITTEE_FIRST]
    return [rule for rule in found if rule.is_prominent], [rule for rule in found if not rule.is_prominent]


def parts_of(kind: str) -> tuple[Part, ...]:
    """What an activity of this kind may contain besides; each once, in a sensible order."""
    return tuple(dict.fromkeys(_PARTS.get(Kind(kind), _DEFAULT_PARTS)))


def propose_title(kind: str, label: str, day: date) -> str:
    """A title from kind and month: 3 月主题党日, 一季度党课, 2026 年度组织生活会."""
    if kind in _BY_YEAR:
        return f"{day.year} 年度{label}"
    if kind in _BY_QUARTER:
        return f"{'一二三四'[(day.month - 1) // 3]}季度{label}"
    return f"{day.month} 月{label}"


def lacking(rule: KindRule, content: RecordContent, *, title: str, place: str, has_roster: bool) -> dict[str, str]:
    """What the kind makes compulsory and the record does not say: field of the form → what to do.

    An organisation without a roster of its own (a committee) need not tell who was there.
    """
    filled = {
        "title": bool(title.strip()),
        "place": bool(place.strip()),
        "hours": content.hours > 0,
        "host": content.host_id is not None,
        "attendance": bool(content.present_ids) or not has_roster,
        "minutes": bool(content.minutes.strip()),
        "group": content.group_id is not None,
    }
    compulsory = rule.required | {"title"} | ({"group"} if rule.code == Kind.GROUP_MEETING else set())
    return {name: text for name, text in _LACKING.items() if name in compulsory and not filled[name]}
