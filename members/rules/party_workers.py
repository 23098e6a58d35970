"""Gaps in party staff and turns of rotation against the rules. Pure. O12."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from branches.enums import OrganizationKind
from members.enums import PartyWorkerDuty
from office.rules.table import RuleTable, RuleValue
from partybuild.lib.dates import add_months

CHECKED = frozenset({OrganizationKind.COMMITTEE})


@dataclass(frozen=True)
class StaffFacts:
    """What is known of an organisation: its full members, and duty → how many hold it today."""

    kind: str
    full: int
    duties: Mapping[str, int]


@dataclass(frozen=True)
class Gap:
    """What is missing, with the rule that asks for it."""

    words: str
    rule: RuleValue


def gaps(facts: StaffFacts, table: RuleTable) -> list[Gap]:
    """What party staff a 机关党委 lacks."""
    return [Gap(words, table.rule(code)) for words, code in _gaps(facts, table)]


def _gaps(facts: StaffFacts, table: RuleTable) -> Iterator[tuple[str, str]]:
    if facts.kind not in CHECKED:
        return
    if facts.duties.get(PartyWorkerDuty.DEPUTY_SECRETARY, 0) < table.int("workers.deputies"):
        yield "没有配备专职副书记", "workers.deputies"
    if facts.full < table.int("workers.discipline_from"):
        return
    if not facts.duties.get(PartyWorkerDuty.DISCIPLINE_SECRETARY):
        yield "没有配备机关纪委书记", "workers.discipline_from"
    if not facts.duties.get(PartyWorkerDuty.DISCIPLINE_MEMBER):
        yield "没有配备机关纪委委员", "workers.discipline_from"


def rotation_day(starts_on: date, years: int) -> date:
    """The day from which a change of place is due."""
    return add_months(starts_on, 12 * years)


def started_by(today: date, years: int) -> date:
    """Who took up his post by this day is due today, for asking a database; the inverse of ``rotation_day``."""
    day = add_months(today, -12 * years)
    # On 28 February of a common year those of 29 February are due as well.
    is_end = (today.month, today.day) == (2, 28) and not _is_leap(today.year)
    return day.replace(day=29) if is_end and _is_leap(day.year) else day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
