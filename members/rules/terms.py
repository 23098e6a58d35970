"""Terms of committees: when they are due, how they stand, what an election must keep to. Pure. Source: N19."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from branches.enums import OrganizationKind
from members.enums import OfficeKind, TermState
from office.rules.table import RuleTable
from partybuild.lib.dates import add_months, day_text

YEARS_RULE: dict[str, str] = {
    OrganizationKind.COMMITTEE: "term.committee_years",
    OrganizationKind.GENERAL_BRANCH: "term.general_branch_years",
    OrganizationKind.BRANCH: "term.branch_years",
}
"""Kind → code of the rule with the years of its term; other kinds elect no committee."""

COMMITTEE_OFFICES = (OfficeKind.SECRETARY, OfficeKind.DEPUTY_SECRETARY, OfficeKind.COMMITTEE_MEMBER)


@dataclass(frozen=True)
class Marks:
    """From how many months before the last day a term is noticed, and how often while overdue."""

    first: int
    second: int
    every: int

    @classmethod
    def of(cls, table: RuleTable) -> "Marks":
        """As the rule table has them."""
        return cls(
            table.int("term.first_reminder_months"),
            table.int("term.second_reminder_months"),
            table.int("term.overdue_reminder_months"),
        )


def due_day(elected_on: date, years: int) -> date:
    """The day by which the next election is due; of 29 February the last day of that month."""
    return add_months(elected_on, 12 * years)


def state_of(due_on: date, extended_to: date | None, today: date, marks: Marks) -> TermState:
    """How a term stands on a day. The last day still belongs to it; an extension in force takes all marks away."""
    if today > (extended_to or due_on):
        return TermState.OVERDUE
    if extended_to:
        return TermState.EXTENDED
    if today >= add_months(due_on, -marks.second):
        return TermState.NEAR
    return TermState.WARNED if today >= add_months(due_on, -marks.first) else TermState.NORMAL


def latest_due(today: date, months: int) -> date:
    """The latest last day that is no more than so many months away, for asking a database."""
    day = add_months(today, months)
    is_last_of_month = (today + timedelta(days=1)).month != today.month
    return add_months(day.replace(day=1), 1) - timedelta(days=1) if is_last_of_month else day


def occasion(due_on: date, today: date, marks: Marks) -> str:
    """The reminder that a day falls under: ``6m``, ``3m``, ``day``, then ``late1``, ``late2``, … Empty: none yet."""
    if today < due_on:
        if today >= add_months(due_on, -marks.second):
            return f"{marks.second}m"
        return f"{marks.first}m" if today >= add_months(due_on, -marks.first) else ""
    passed = 0
    while add_months(due_on, passed + marks.every) <= today:
        passed += marks.every
    return f"late{passed}" if passed else "day"


def extension_refusal(due_on: date, in_force_to: date, asked_to: date, most_years: int) -> str:
    """Why this extension cannot be asked for; empty when it can. Years count from the end of the term itself."""
    if asked_to <= in_force_to:
        return f"延期后的时间应晚于{day_text(in_force_to)}。"
    latest = due_day(due_on, most_years)
    if asked_to > latest:
        return f"延期换届最多 {most_years} 年，不能晚于{day_text(latest)}（《中国共产党基层组织选举工作条例》）。"
    return ""


@dataclass(frozen=True)
class Turnout:
    """Who should have come and who came; of both, those with a vote."""

    expected: int
    present: int
    voters: int
    voters_present: int


@dataclass(frozen=True)
class Seat:
    """One elected person: member (id), office, the title of the office, votes in favour."""

    member: int
    kind: str
    title: str = ""
    votes: int = 0


def turnout_problems(turnout: Turnout, quorum: Fraction) -> Iterator[tuple[str, str]]:
    """Field and reason for all that makes the meeting invalid."""
    if turnout.present > turnout.expected:
        yield "present", "实到人数不能多于应到人数。"
    if turnout.voters > turnout.expected:
        yield "voters", "有选举权的党员不能多于应到人数。"
    if turnout.voters_present > min(turnout.voters, turnout.present):
        yield "voters_present", "到会有选举权的党员不能多于应到有选举权的党员，也不能多于实到人数。"
    elif turnout.voters_present <= turnout.voters * quorum:
        yield (
            "voters_present",
            f"到会有选举权的党员应超过应到有选举权党员的{share(quorum)}（{turnout.voters} 人），会议方为有效。",
        )


def seat_problems(seats: Sequence[Seat], turnout: Turnout, majority: Fraction, names: dict[int, str]) -> Iterator[str]:
    """Why the elected persons cannot be taken as written: offices, doubles, votes."""
    if sum(seat.kind == OfficeKind.SECRETARY for seat in seats) != 1:
        yield "应选出书记 1 名。"
    if any(seat.kind not in COMMITTEE_OFFICES for seat in seats):
        yield "当选职务只能是书记、副书记或者委员。"
    members = [seat.member for seat in seats]
    for member in sorted({one for one in members if members.count(one) > 1}):
        yield f"{names.get(member, '同一名党员')}重复当选。"
    for seat in seats:
        name = names.get(seat.member, "当选人")
        if seat.votes > turnout.voters_present:
            yield f"{name}得票 {seat.votes} 张，多于到会有选举权的党员 {turnout.voters_present} 人。"
        elif seat.votes <= turnout.voters * majority:
            asked = f"全体有选举权党员的{share(majority)}（{turnout.voters} 人）"
            yield f"{name}得票 {seat.votes} 张，未超过{asked}，不能当选。"


@dataclass(frozen=True)
class CommitteeSizes:
    """From how many full members on a branch elects a committee, and how large it is."""

    from_full: int
    least: int
    most: int

    @classmethod
    def of(cls, table: RuleTable) -> "CommitteeSizes":
        """As the rule table has them."""
        return cls(table.int("size.committee_from"), table.int("size.committee_min"), table.int("size.committee_max"))


def branch_size_problems(seats: Sequence[Seat], full: int, sizes: CommitteeSizes) -> Iterator[str]:
    """A branch with enough full members elects a committee of the right size; a smaller one has no committee."""
    count = len(seats)
    if full >= sizes.from_full and not sizes.least <= count <= sizes.most:
        yield (
            f"正式党员 {full} 名，达到 {sizes.from_full} 名的党支部应设支部委员会，"
            f"委员 {sizes.least} 至 {sizes.most} 名，现填 {count} 名。"
        )
    if full < sizes.from_full and any(seat.kind == OfficeKind.COMMITTEE_MEMBER for seat in seats):
        yield f"正式党员 {full} 名，不足 {sizes.from_full} 名的党支部设书记 1 名，必要时设副书记 1 名，不设委员。"
    if full < sizes.from_full and sum(seat.kind == OfficeKind.DEPUTY_SECRETARY for seat in seats) > 1:
        yield f"正式党员不足 {sizes.from_full} 名的党支部副书记不超过 1 名。"


def share(of: Fraction) -> str:
    """1/2 as 半数, another share as a fraction in words."""
    return "半数" if of == Fraction(1, 2) else f" {of.numerator}/{of.denominator} "
