"""发展党员: what is due until when, and how a vote and a public notice are judged. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from members.enums import Resolution
from members.rules.development import (
    BY_CODE,
    Body,
    Progress,
    Terms,
    add_months,
    deadline,
    observation_span,
    possible,
)

RESOLUTIONS = {
    "vote": (Resolution.ADMIT,),
    "conversion_vote": (Resolution.CONVERT, Resolution.EXTEND, Resolution.CANCEL),
}


@dataclass(frozen=True)
class Due:
    """Something that has a last day: which step it belongs to, who has to do it, in words."""

    code: str
    due_on: date
    by: Body
    words: str


def dues(progress: Progress, terms: Terms) -> list[Due]:
    """What is due in a file, the nearest first."""
    return sorted(_dues(progress, terms), key=lambda due: (due.due_on, BY_CODE[due.code].number))


def _dues(progress: Progress, terms: Terms) -> Iterator[Due]:
    done = progress.done
    for step in possible(done):
        day, _ = deadline(step, progress, terms)
        if day is not None and step.code not in ("conversion_apply", "conversion_vote"):
            yield Due(step.code, day, step.by, step.label)
    for code, words in (("training", "入党积极分子半年考察"), ("probation", "预备党员半年考察")):
        since, until = observation_span(code, progress)
        if since is not None and until is None:
            last = max((day for day in progress.observations if day >= since), default=since)
            yield Due(code, add_months(last, terms.review), Body.BRANCH, words)
    ends_on = progress.probation_ends_on(terms)
    if ends_on is not None and "conversion_vote" not in done:
        yield Due("conversion_vote", ends_on, Body.BRANCH, "预备期满，讨论转正")


@dataclass(frozen=True)
class Ballot:
    """The figures of a vote. ``written``: opinions of absent voters handed in before the meeting."""

    entitled: int
    present: int
    in_favour: int
    against: int = 0
    abstained: int = 0
    written: int = 0

    def problems(self, present_above: Fraction) -> Iterator[tuple[str, str]]:
        """Field and reason for what cannot be, or makes the meeting invalid."""
        if self.entitled < 1:
            yield "entitled", "该支部没有有表决权的党员，不能表决。"
        elif self.present + self.written > self.entitled:
            yield "present", f"到会和书面意见合计超过有表决权党员{self.entitled}人。"
        elif self.in_favour + self.against + self.abstained > self.present + self.written:
            yield "in_favour", f"赞成、反对、弃权合计超过到会和书面意见{self.present + self.written}人。"
        elif not self.present > self.entitled * present_above:
            yield (
                "present",
                (f"有表决权的党员{self.entitled}人，到会{self.present}人，未超过{_share(present_above)}，会议无效。"),
            )

    def is_passed(self, votes_above: Fraction) -> bool:
        """More than the share of all entitled, not only of those present."""
        return self.in_favour > self.entitled * votes_above


def votes_needed(entitled: int, votes_above: Fraction) -> int:
    """How many votes in favour pass."""
    return int(entitled * votes_above) + 1


def extension_problem(months: int, extension: int, terms: Terms) -> str:
    """Why probation cannot be extended by so many months; empty when it can."""
    if extension:
        return "预备期已延长过一次，不能再次延长。"
    if not terms.extension_min <= months <= terms.extension_max:
        return f"延长预备期应为{terms.extension_min}至{terms.extension_max}个月。"
    return ""


def age_on(born_on: date, day: date) -> int:
    """Completed years of life on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _share(share: Fraction) -> str:
    return "半数" if share == Fraction(1, 2) else f"{share.numerator}/{share.denominator}"
