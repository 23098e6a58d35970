"""Whether an organisation is set up as the rules ask (设置检查): facts in, findings with their rule out. Pure. O03."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from branches.enums import OrganizationKind
from members.enums import FindingCode
from members.rules.terms import YEARS_RULE
from office.rules.table import RuleTable, RuleValue
from partybuild.lib.dates import day_text

CHECKED = frozenset(YEARS_RULE)
"""The kinds that are checked: those that elect a committee."""

RULES: dict[FindingCode, str] = {
    FindingCode.NO_MEMBERS: "structure.members_min",
    FindingCode.TOO_FEW: "size.branch_min_full",
    FindingCode.TOO_MANY: "size.branch_max",
    FindingCode.NO_COMMITTEE: "size.committee_from",
    FindingCode.COMMITTEE_TOO_LARGE: "size.committee_max",
    FindingCode.NO_SECRETARY: "structure.secretaries",
    FindingCode.GENERAL_BRANCH_SMALL: "size.general_branch_from",
    FindingCode.COMMITTEE_SMALL: "size.party_committee_from",
    FindingCode.CROSS_DEPARTMENT: "structure.departments",
    FindingCode.JOINT_TOO_WIDE: "structure.joint_units",
}
"""Finding → code of the rule behind it; a term has the rule of its kind."""

APPROVABLE = (FindingCode.GENERAL_BRANCH_SMALL, FindingCode.COMMITTEE_SMALL, FindingCode.CROSS_DEPARTMENT)
"""What a superior may approve although the rule asks otherwise."""

_JOINT = "联合"
_BETWEEN = re.compile(r"[、，,；;/\n]+")
_SHOWN = 4


@dataclass(frozen=True)
class Facts:
    """What the check knows about an organisation on a day; of a superior ``members`` and ``full`` are those below."""

    kind: str
    name: str = ""
    members: int = 0
    full: int = 0
    committee: int = 0
    has_secretary: bool = False
    last_day: date | None = None
    units: Sequence[str] = ()
    approved: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the rule asks: what it is in words, and the rule with its value and basis."""

    code: FindingCode
    words: str
    rule: RuleValue

    @property
    def label(self) -> str:
        return self.code.label

    @property
    def rule_text(self) -> str:
        """The rule as a reader wants it: name, value, unit."""
        return f"{self.rule.name} {self.rule.value} {self.rule.unit}".strip()


def check(facts: Facts, today: date, table: RuleTable) -> list[Finding]:
    """All findings about an organisation; what its superior has approved is left out."""
    if facts.kind not in CHECKED:
        return []
    found = [(code, words) for code, words in _findings(facts, today, table) if code not in facts.approved]
    return [Finding(code, words, table.rule(RULES.get(code) or YEARS_RULE[facts.kind])) for code, words in found]


def _findings(facts: Facts, today: date, table: RuleTable) -> Iterator[tuple[FindingCode, str]]:
    if facts.members < table.int("structure.members_min"):
        yield FindingCode.NO_MEMBERS, "没有党员，请核实是否应当撤销或者尚未录入名册"
    elif facts.kind == OrganizationKind.BRANCH:
        yield from _branch_size(facts, table)
    else:
        yield from _superior_size(facts, table)
    if not facts.has_secretary:
        yield FindingCode.NO_SECRETARY, "没有书记，请及时选举或者任命"
    if facts.last_day is not None and facts.last_day < today:
        yield FindingCode.OVER_TERM, f"任期已于{day_text(facts.last_day)}届满，尚未换届"
    yield from _width(facts, table)


def _branch_size(facts: Facts, table: RuleTable) -> Iterator[tuple[FindingCode, str]]:
    least, most = table.int("size.branch_min_full"), table.int("size.branch_max")
    full = facts.full
    if full < least:
        yield FindingCode.TOO_FEW, f"正式党员 {full} 名，不足 {least} 名，建议与邻近单位成立联合党支部"
    if full > most:
        yield FindingCode.TOO_MANY, f"正式党员 {full} 名，超过 {most} 名，建议分设党支部或者设立党总支"
    from_full, smallest = table.int("size.committee_from"), table.int("size.committee_min")
    usual, largest = table.int("size.committee_usual"), table.int("size.committee_max")
    if full >= from_full and facts.committee < smallest:
        words = f"正式党员 {full} 名，应设支部委员会（{smallest} 至 {usual} 名），现任 {facts.committee} 名"
        yield FindingCode.NO_COMMITTEE, words
    if facts.committee > largest:
        yield FindingCode.COMMITTEE_TOO_LARGE, f"支部委员 {facts.committee} 名，最多 {largest} 名"


def _superior_size(facts: Facts, table: RuleTable) -> Iterator[tuple[FindingCode, str]]:
    if facts.kind == OrganizationKind.GENERAL_BRANCH:
        code, rule = FindingCode.GENERAL_BRANCH_SMALL, "size.general_branch_from"
    else:
        code, rule = FindingCode.COMMITTEE_SMALL, "size.party_committee_from"
    least = table.int(rule)
    if facts.full < least:
        yield code, f"正式党员 {facts.full} 名，不足 {least} 名，未登记批准设立的文号"


def _width(facts: Facts, table: RuleTable) -> Iterator[tuple[FindingCode, str]]:
    count = len(facts.units)
    if facts.kind == OrganizationKind.GENERAL_BRANCH and count > table.int("structure.departments"):
        yield FindingCode.CROSS_DEPARTMENT, f"所属支部分属 {count} 个部门：{_listed(facts.units)}"
    if facts.kind == OrganizationKind.BRANCH and _is_joint(facts) and count > table.int("structure.joint_units"):
        most = table.int("structure.joint_units")
        yield FindingCode.JOINT_TOO_WIDE, f"联合党支部覆盖 {count} 个单位，一般不超过 {most} 个：{_listed(facts.units)}"


def _is_joint(facts: Facts) -> bool:
    return _JOINT in facts.name or len(facts.units) > 1


def units_of(department: str) -> list[str]:
    """The units that a field 所在单位 names; a 联合党支部 lists several, divided by 、 or the like."""
    return list(dict.fromkeys(unit.strip() for unit in _BETWEEN.split(department) if unit.strip()))


def _listed(units: Sequence[str]) -> str:
    return "、".join(units[:_SHOWN]) + ("等" if len(units) > _SHOWN else "")
