"""Which organisation may stand under which, and the words by which people name the kinds. Pure."""

import re
import unicodedata

from branches.enums import OrganizationKind as Kind

_COMMITTEES = frozenset({Kind.COMMITTEE, Kind.LEADING_GROUP})

ALLOWED_PARENTS: dict[Kind, frozenset[Kind | None]] = {
    Kind.WORK_COMMITTEE: frozenset({None, Kind.WORK_COMMITTEE}),
    Kind.COMMITTEE: frozenset({None, Kind.WORK_COMMITTEE}) | _COMMITTEES,
    Kind.LEADING_GROUP: frozenset({None, Kind.WORK_COMMITTEE}) | _COMMITTEES,
    Kind.GENERAL_BRANCH: frozenset({Kind.WORK_COMMITTEE}) | _COMMITTEES,
    Kind.BRANCH: frozenset({Kind.WORK_COMMITTEE, Kind.GENERAL_BRANCH}) | _COMMITTEES,
    Kind.GROUP: frozenset({Kind.BRANCH}),
}
"""Kind → kinds of its superior; None where it may be the top of a tree (an organ may use the portal by itself)."""

KIND_NAMES: dict[str, Kind] = {
    **{kind.label: kind for kind in Kind},
    "党工委": Kind.WORK_COMMITTEE,
    "机关工委": Kind.WORK_COMMITTEE,
    "直属机关工委": Kind.WORK_COMMITTEE,
    "党委": Kind.COMMITTEE,
    "基层党委": Kind.COMMITTEE,
    "直属机关党委": Kind.COMMITTEE,
    "党组性质党委": Kind.LEADING_GROUP,
    "总支": Kind.GENERAL_BRANCH,
    "总支部": Kind.GENERAL_BRANCH,
    "党总支部": Kind.GENERAL_BRANCH,
    "机关党总支": Kind.GENERAL_BRANCH,
    "支部": Kind.BRANCH,
    "机关党支部": Kind.BRANCH,
    "联合党支部": Kind.BRANCH,
    "直属党支部": Kind.BRANCH,
    "小组": Kind.GROUP,
}
"""How people write the kinds in their workbooks."""


def refusal_of_parent(kind: str, parent_kind: str | None) -> str:
    """Why an organisation of this kind may not stand there; empty when it may."""
    allowed = ALLOWED_PARENTS[Kind(kind)]
    parent = Kind(parent_kind) if parent_kind else None
    if parent in allowed:
        return ""
    if parent is None:
        return f"{Kind(kind).label}必须有上级党组织"
    return f"{Kind(kind).label}不能隶属于{parent.label}"


def kinds_under(parent_kind: str | None) -> list[Kind]:
    """The kinds that may stand under a superior of this kind, in their order."""
    return [kind for kind in Kind if not refusal_of_parent(kind, parent_kind)]


def read_kind(written: str) -> Kind | None:
    """The kind that somebody wrote in a workbook; None when it is not known."""
    return KIND_NAMES.get("".join(written.split()))


def child_path(parent_path: str, pk: int) -> str:
    """The path of an organisation: its superior's, then its own id and a slash."""
    return f"{parent_path}{pk}/"


def office_phone(written: str) -> tuple[str, str]:
    """A mobile number, or a fixed line with its area code, as digits with one dash; and why it is neither."""
    digits = re.sub(r"[\s\-‐-―—()（）]", "", unicodedata.normalize("NFKC", written))
    if re.fullmatch(r"1\d{10}", digits, re.ASCII):
        return digits, ""
    if re.fullmatch(r"0\d{9,11}", digits, re.ASCII):
        area = 3 if digits[1] in "12" else 4
        return f"{digits[:area]}-{digits[area:]}", ""
    return written, "联系电话应为 11 位手机号码，或带区号的固定电话"


def parents_of(kind: str) -> list[Kind]:
    """The kinds under which an organisation of this kind may stand, in their order."""
    return [parent for parent in Kind if parent in ALLOWED_PARENTS[Kind(kind)]]
