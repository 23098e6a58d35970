"""The life of an assignment in plain Python: no database, no code of the portal. Written from the rules themselves.

One month, March 2026; two targets: so many 主题党日 of a branch, so many hours of study of each of its members.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
DAYS_OFF = {date(2026, 4, day) for day in (4, 5, 6)} | {date(2026, 5, day) for day in (1, 2, 3, 4, 5)}
DAYS_ON = {date(2026, 5, 9)}
GRACE, CUT_OFF, RESUBMIT = 5, 8, 5
COUNTING = {"filed", "approved"}
MEETINGS, HOURS = "meetings", "hours"


def after(day: date, workdays: int) -> date:
    """So many working days later."""
    while workdays:
        day += timedelta(days=1)
        workdays -= day in DAYS_ON or (day.weekday() < 5 and day not in DAYS_OFF)
    return day


@dataclass
class Record:
    """A 主题党日 with study: who was there, how long, and which filing decides."""

    branch: str
    held_on: date
    people: frozenset[str]
    hours: int
    status: str = "draft"
    counts_from: datetime | None = None
    resubmit_by: date | None = None
    waits: bool = False

    def file(self, now: datetime, *, waits: bool) -> None:
        """The first filing decides; one that was returned keeps it if filed again in time."""
        in_time = self.resubmit_by is not None and now.date() <= self.resubmit_by
        if self.counts_from is None or not in_time:
            self.counts_from = now
        self.status, self.waits = "filed", waits

    def withdraw(self) -> None:
        self.status, self.waits = "draft", False
        if self.resubmit_by is None:
            self.counts_from = None

    def give_back(self, now: datetime, workdays: int) -> None:
        self.status, self.waits, self.resubmit_by = "returned", False, after(now.date(), workdays)

    def approve(self) -> None:
        self.status, self.waits = "approved", False


@dataclass
class Row:
    """What one branch owes; ``absorbed`` are the branches whose records count for it as its own."""

    kind: str
    branch: str
    unit: str
    needed: int
    due_on: date = LAST
    exempt: bool = False
    done: int = 0
    completed_at: datetime | None = None
    state: str = "open"
    outcome: str = ""
    closed_done: int | None = None
    absorbed: set[str] = field(default_factory=set)
    by_hand: bool = False
    is_extended: bool = False

    @property
    def month(self) -> str:
        return f"{self.due_on:%Y-%m}"


@dataclass
class Model:
    """All branches of the story. ``grace_workdays`` is what the negative control gets wrong."""

    units: dict[str, str]
    roster: dict[str, str]
    now: datetime
    grace_workdays: int = GRACE
    resubmit_workdays: int = RESUBMIT
    keeps_outcomes: bool = True
    follows_people: bool = True
    records: list[Record] = field(default_factory=list)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    places: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    into: dict[str, str] = field(default_factory=dict)
    frozen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.places = {person: [(date.min, branch)] for person, branch in self.roster.items()}
        for branch, unit in self.units.items():
            for kind, needed in ((MEETINGS, 2), (HOURS, 3)):
                self.rows[kind, branch] = Row(kind, branch, unit, needed)
        self.count()

    def people_of(self, branch: str) -> set[str]:
        """Who is there on the last day of the period, or today while it runs."""
        day = min(LAST, self.now.date())
        found = set()
        for person, places in self.places.items():
            held = [at for since, at in places if since <= day]
            if held and held[-1] == branch:
                found.add(person)
        return found

    def count(self) -> None:
        """Everything from the records again; what is exempt stays as it is."""
        for row in self.rows.values():
            if row.exempt:
                continue
            own = [self.records[place] for place in self._own(row)]
            counting = [each for each in own if each.status in COUNTING]
            if row.kind == MEETINGS:
                moments = sorted(each.counts_from for each in counting)
                row.done, goal = len(moments), row.needed
                row.completed_at = moments[goal - 1] if len(moments) >= goal else None
            else:
                people = self.people_of(row.branch)
                reached = [self._reached(person, row, counting) for person in people]
                row.done, goal = sum(each is not None for each in reached), len(people)
                row.completed_at = max(reached) if reached and None not in reached else None
            row.state = self._state(row, goal, own)

    def _own(self, row: Row) -> set[int]:
        return {place for place, each in enumerate(self.records) if each.branch in {row.branch, *row.absorbed}}

    def _reached(self, person: str, row: Row, own: list[Record]) -> datetime | None:
        """When a person had his hours together, wherever they were recorded."""
        everywhere = [each for each in self.records if each.status in COUNTING]
        hours, records = 0, everywhere if self.follows_people else own
        for record in sorted(records, key=lambda each: each.counts_from):
            if person in record.people:
                hours += record.hours
                if hours >= row.needed:
                    return record.counts_from
        return None

    def _state(self, row: Row, goal: int, own: list[Record]) -> str:
        waits = any(each.status in COUNTING and each.waits for each in own)
        if goal > 0 and row.done >= goal:
            return "pending" if waits else "done"
        if any(each.status == "returned" for each in own):
            return "returned"
        if row.done > 0:
            return "progress"
        return "pending" if waits else "open"

    def verdict(self, row: Row) -> str:
        """On time, late, missing; open where nothing is complete yet."""
        if row.exempt:
            return "exempt"
        if row.completed_at is None:
            return "open"
        day = row.completed_at.date()
        if day <= after(row.due_on, self.grace_workdays):
            return "on_time"
        return "late" if day <= after(row.due_on, CUT_OFF) else "missing"

    def close(self, month: str) -> None:
        """What was filed and not returned is accepted; outcomes are fixed."""
        for row in self.rows.values():
            if row.month == month and not row.outcome:
                verdict = self.verdict(row)
                row.outcome, row.closed_done = "missing" if verdict == "open" else verdict, row.done
        self.frozen.add(month)

    def extend(self, branch: str, day: date) -> bool:
        row = self.rows[MEETINGS, branch]
        if row.outcome or row.state in ("done", "exempt") or not max(row.due_on, self.now.date()) <= day != row.due_on:
            return False
        row.due_on, row.is_extended = day, True
        return True

    def exempt(self, kind: str, branch: str) -> bool:
        row = self.rows[kind, branch]
        if row.outcome or row.state in ("done", "exempt"):
            return False
        row.exempt, row.by_hand, row.state, row.completed_at = True, True, "exempt", None
        return True

    def lift(self, kind: str, branch: str) -> bool:
        """Asked again, with all that was done meanwhile; what is closed, or of a branch that is no more, stays."""
        row = self.rows[kind, branch]
        if row.outcome or not row.by_hand or branch in self.gone:
            return False
        row.exempt = row.by_hand = False
        self.count()
        return True

    def amend(self, needed: int) -> None:
        """Another number of meetings, from the running period on: what is closed stays, and a branch that is no more is
        not asked again: what it had completed stays so."""
        for row in self.rows.values():
            if row.kind == MEETINGS and not row.outcome and row.branch in self.gone:
                row.exempt = row.exempt or row.state != "done"
                row.state = "exempt" if row.exempt else row.state
            elif row.kind == MEETINGS and not row.outcome:
                row.needed = needed
        self.count()

    def move(self, branch: str, unit: str) -> None:
        self.units[branch] = unit
        for row in self.rows.values():
            if row.branch == branch and not row.outcome:
                row.unit = unit

    def move_person(self, person: str, branch: str) -> None:
        self.places[person].append((self.now.date(), branch))
        self.count()

    def merge(self, branch: str, successor: str) -> None:
        """Open rows end exempt unless complete; people go over, and the records, those that are filed again later too,
        count for the successor's rows that are open at the time."""
        self.end(branch)
        for person in self._here(branch):
            self.places[person].append((self.now.date(), successor))
        for kind in (MEETINGS, HOURS):
            heir = self.rows[kind, successor]
            if not heir.outcome:
                heir.absorbed |= {branch, *(each for each in self.into if self._ends_in(each, branch))}
        self.into[branch] = successor
        self.count()

    def _ends_in(self, branch: str, other: str) -> bool:
        while branch in self.into:
            branch = self.into[branch]
        return branch == other

    def split(self, branch: str, made: str, people: list[str]) -> None:
        """The new branch owes nothing before the next period."""
        for person in people:
            self.places[person].append((self.now.date(), made))
        self.count()

    def dissolve(self, branch: str) -> None:
        self.end(branch, since=self.now.date())

    def end(self, branch: str, since: date = FIRST) -> None:
        """What is open ends exempt; what was complete stays so, unless its people are asked elsewhere from now on."""
        self.gone.add(branch)
        for row in self.rows.values():
            is_kept = row.state == "done" and (row.kind == MEETINGS or self.now.date() > LAST)
            if row.branch == branch and not row.outcome and not is_kept and since <= LAST:
                row.exempt, row.state = True, "exempt"

    def _here(self, branch: str) -> list[str]:
        return [person for person, places in self.places.items() if places[-1][1] == branch]

    def tally(self, branch: str, month: str) -> dict[str, int]:
        """What is told of a branch and a month."""
        rows = [row for row in self.rows.values() if row.branch == branch and row.month == month]
        is_fixed = month in self.frozen and self.keeps_outcomes
        words = [row.outcome if is_fixed else self.verdict(row) for row in rows]
        return {word: words.count(word) for word in ("exempt", "on_time", "late", "missing", "open")}
