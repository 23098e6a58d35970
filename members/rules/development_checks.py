"""四查 over files of development: 程序 (order), 材料 (materials), 制度 (rules kept), 结构 (structure). Pure.

Source: TJ, MF (O05). It tells what a person should look at; it changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from members.enums import NoticeKind, PersonRole, Resolution
from members.rules.development import (
    BY_CODE,
    STEPS,
    Progress,
    Step,
    StepForm,
    Terms,
    add_months,
    deadline,
    earliest,
    length,
    missing_before,
    observations_lacking,
)
from members.rules.development_dues import Ballot, age_on, dues
from partybuild.lib.dates import day_text


class Area(Enum):
    """What is looked at."""

    ORDER = "程序"
    PAPERS = "材料"
    RULES = "制度"
    STRUCTURE = "结构"


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be: in which area, at which step, in words."""

    area: Area
    words: str
    code: str = ""

    @property
    def step(self) -> Step | None:
        return BY_CODE.get(self.code)


@dataclass(frozen=True)
class Held:
    """A vote that was held."""

    resolution: str
    ballot: Ballot
    is_passed: bool


@dataclass(frozen=True)
class Dossier:
    """A file as 四查 reads it. ``papers`` are (step, material); ``persons`` the role of each full member in charge."""

    progress: Progress
    papers: frozenset[tuple[str, str]] = frozenset()
    persons: tuple[str, ...] = ()
    votes: tuple[Held, ...] = ()
    sex: str = ""
    education: str = ""
    is_front_line: bool = False
    is_open: bool = True


@dataclass(frozen=True)
class Shares:
    """Shares of those entitled to vote that must be exceeded."""

    present: Fraction
    votes: Fraction


def check(dossier: Dossier, terms: Terms, shares: Shares, today: date) -> list[Finding]:
    """All findings of one file, in the order of the four areas."""
    parts: tuple[Callable[[Dossier, Terms], Iterator[Finding]], ...] = (_order, _papers)
    return [
        *(finding for part in parts for finding in part(dossier, terms)),
        *_rules(dossier, terms, shares, today),
        *_facts(dossier),
    ]


def _order(dossier: Dossier, terms: Terms) -> Iterator[Finding]:
    progress = dossier.progress
    for step in STEPS:
        if step.code not in progress.done:
            continue
        if missing := missing_before(step, progress.done):
            yield Finding(
                Area.ORDER, f"{step.title}已办理，{'、'.join(one.title for one in missing)}没有记录。", step.code
            )
            continue
        day, reason = earliest(step, progress, terms)
        if day is not None and progress.done[step.code] < day:
            yield Finding(Area.ORDER, f"{step.title}{reason}，最早{day_text(day)}。", step.code)


def _papers(dossier: Dossier, terms: Terms) -> Iterator[Finding]:
    for step in STEPS:
        lacking = [paper for paper in step.papers if (step.code, paper) not in dossier.papers]
        if step.code in dossier.progress.done and lacking:
            yield Finding(Area.PAPERS, f"{step.title}缺少材料：{'、'.join(lacking)}。", step.code)


def _rules(dossier: Dossier, terms: Terms, shares: Shares, today: date) -> Iterator[Finding]:
    progress = dossier.progress
    for step in STEPS:
        if step.code in progress.done:
            yield from _late(step, progress, terms)
            yield from _unlike(step, progress, terms)
    yield from _people(dossier, terms)
    yield from _votes(dossier, shares)
    if dossier.is_open:
        for due in dues(progress, terms):
            if due.due_on < today:
                yield Finding(Area.RULES, f"{due.words}应在{day_text(due.due_on)}前完成，已逾期。", due.code)


def _late(step: Step, progress: Progress, terms: Terms) -> Iterator[Finding]:
    on = progress.done[step.code]
    last, reason = deadline(step, progress, terms)
    if last is None or on <= last or step.code in ("conversion_apply", "conversion_vote"):
        return
    if step.code == "approval" and on > add_months(progress.done["vote"], terms.approval_max):
        reason = f"最长不超过支部大会通过后{length(terms.approval_max)}"
    yield Finding(Area.RULES, f"{step.title}应在{reason}办理（{day_text(last)}前），实际为{day_text(on)}。", step.code)


def _unlike(step: Step, progress: Progress, terms: Terms) -> Iterator[Finding]:
    on = progress.done[step.code]
    if step.notice and terms.notice_workdays.get(step.notice, 0):
        ended = (progress.noticed or {}).get(step.notice)
        if ended is None or ended >= on:
            yield Finding(Area.RULES, f"{step.title}前没有足够时间的{NoticeKind(step.notice).label}公示。", step.code)
    if step.form is StepForm.OBSERVED and (lack := observations_lacking(step, on, progress, terms)):
        yield Finding(Area.RULES, f"{step.title}缺{lack}次半年考察记录。", step.code)


def _people(dossier: Dossier, terms: Terms) -> Iterator[Finding]:
    held = Counter(dossier.persons)
    wanted = (
        ("contacts", PersonRole.CONTACT, terms.contacts),
        ("introducers", PersonRole.INTRODUCER, terms.introducers),
    )
    for code, role, least in wanted:
        if code in dossier.progress.done and held[role] < least:
            yield Finding(Area.RULES, f"{role.label}应为{least}名以上正式党员，现有{held[role]}名。", code)


def _votes(dossier: Dossier, shares: Shares) -> Iterator[Finding]:
    for vote in dossier.votes:
        if not vote.is_passed:
            continue
        code = "vote" if vote.resolution == Resolution.ADMIT else "conversion_vote"
        for _, words in vote.ballot.problems(shares.present):
            yield Finding(Area.RULES, f"{BY_CODE[code].title}：{words}", code)
        if not vote.ballot.is_passed(shares.votes):
            yield Finding(Area.RULES, f"{BY_CODE[code].title}赞成票未超过应到有表决权党员的规定比例。", code)


def _facts(dossier: Dossier) -> Iterator[Finding]:
    """What is missing for the structure of the intake."""
    missing = [
        words for words, value in (("出生日期", dossier.progress.born_on), ("学历", dossier.education)) if not value
    ]
    if missing:
        yield Finding(Area.STRUCTURE, f"缺少{'、'.join(missing)}，无法核对发展结构。")


@dataclass(frozen=True)
class Share:
    """So many of an intake are of one sort."""

    label: str
    count: int
    total: int


def structure(intake: Sequence[tuple[Dossier, date]], young_age: int) -> list[Share]:
    """The intake of a year by sex, age on the day of the vote, education and front line."""
    sorts: Iterable[tuple[str, Callable[[Dossier, date], bool]]] = (
        ("女性", lambda one, on: one.sex == "female"),
        (f"{young_age}岁以下", lambda one, on: _is_young(one, on, young_age)),
        (
            "大专以上学历",
            lambda one, on: any(word in one.education for word in ("研究生", "本科", "大学", "专科", "大专")),
        ),
        ("工作一线", lambda one, on: one.is_front_line),
    )
    return [Share(label, sum(1 for one, on in intake if is_one(one, on)), len(intake)) for label, is_one in sorts]


def _is_young(dossier: Dossier, on: date, young_age: int) -> bool:
    born_on = dossier.progress.born_on
    return born_on is not None and age_on(born_on, on) <= young_age


def quota_finding(label: str, year: int, number: int, taken: int) -> Finding | None:
    """The intake of a year against the 控制总量."""
    if taken <= number:
        return None
    return Finding(Area.STRUCTURE, f"{label}{year}年发展党员{taken}名，超过控制总量{number}名。")
