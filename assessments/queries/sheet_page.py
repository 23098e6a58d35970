"""A score sheet as its page shows it: each point down to the rule, the figures, and the records that were counted.

Source: look.md 分数说明, X04.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from assessments.enums import IndicatorKind, RoundStatus, StageName, Verdict
from assessments.models import Indicator, StageScore, Submission
from assessments.queries.rules import RoundRules, rules_of
from assessments.rules import ranking, scoring
from assessments.rules.rounds import ORDER
from assessments.rules.scoring import Figures, Item
from campaigns.models import Assignment, Credit
from partybuild.lib import clock, periods

# Verdict → mark of the state word beside it.
_MARKS = {
    Verdict.ON_TIME: "done",
    Verdict.LATE: "soon",
    Verdict.MISSING: "overdue",
    Verdict.OPEN: "open",
    Verdict.EXEMPT: "exempt",
}
NOTHING_DUE = "评估期内没有应完成的任务"
ALL_EXEMPT = "评估期内各期均为免报"


@dataclass(frozen=True)
class Mark:
    """Points of an indicator at a stage; ``before`` is set where the stage changed them."""

    stage: StageName
    points: Decimal | None
    before: Decimal | None = None
    reason: str = ""
    note: str = ""
    evidence: str = ""
    who: str = ""
    at: datetime | None = None

    @property
    def is_change(self) -> bool:
        return self.before is not None and self.points is not None and self.before != self.points


@dataclass(frozen=True)
class Record:
    """A record that was counted: an activity, or the answer to an assignment."""

    pk: int
    is_activity: bool
    title: str
    day: date | None
    amount: Decimal


@dataclass(frozen=True)
class Counted:
    """An assignment behind the points, with the records that fulfil it."""

    pk: int
    label: str
    verdict: Verdict
    due_on: date
    grace_until: date
    cut_off_on: date
    exempt_reason: str
    records: Sequence[Record]

    @property
    def mark(self) -> str:
        return _MARKS[self.verdict]

    @property
    def item(self) -> Item:
        return Item(self.label, self.verdict, self.grace_until, self.cut_off_on)


@dataclass(frozen=True)
class Line:
    """One indicator of the sheet."""

    indicator: Indicator
    marks: Sequence[Mark]
    computed: Decimal | None
    counted: Sequence[Counted]
    rule: str
    reckoning: str
    figures: str
    missing: Sequence[str]

    @property
    def points(self) -> Decimal | None:
        return self.marks[-1].points if self.marks else None

    @property
    def is_metered(self) -> bool:
        return self.indicator.kind == IndicatorKind.METERED

    @property
    def short_of(self) -> Decimal:
        return self.indicator.points - (self.points or 0)

    @property
    def has_records(self) -> bool:
        return any(one.records for one in self.counted)

    @property
    def changes(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.is_change]

    @property
    def remarks(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.note or mark.evidence]

    def cells(self, stages: Sequence[StageName]) -> list[Decimal | None]:
        """The points of these stages, in their order."""
        points = {mark.stage: mark.points for mark in self.marks}
        return [points.get(stage) for stage in stages]


@dataclass
class Group:
    """A dimension of the campaign with its indicators."""

    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def earned(self) -> Decimal:
        return sum((line.points or Decimal(0) for line in self.lines), Decimal(0))

    @property
    def full(self) -> Decimal:
        return sum((line.indicator.points for line in self.lines), Decimal(0))

    @property
    def ungraded(self) -> int:
        return sum(line.points is None for line in self.lines)


@dataclass(frozen=True)
class SheetPage:
    """The whole sheet, at the stages that somebody is shown."""

    stages: Sequence[StageName]
    groups: Sequence[Group]
    left_out: Sequence[tuple[Indicator, str]]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def earned(self) -> Decimal:
        return sum((group.earned for group in self.groups), Decimal(0))

    @property
    def full(self) -> Decimal:
        return sum((group.full for group in self.groups), Decimal(0))

    @property
    def total(self) -> Decimal | None:
        """Scaled to 100 over what applies."""
        return ranking.total(self.earned, self.full)

    @property
    def ungraded(self) -> int:
        return sum(group.ungraded for group in self.groups)


def sheet_page(sheet: Submission, stages: Sequence[StageName]) -> SheetPage:
    """The sheet with the points of these stages; five queries, whatever its size."""
    rules = rules_of(sheet.round)
    by_indicator = _scores(sheet, stages)
    last = {pk: rows[max(rows, key=ORDER.index)] for pk, rows in by_indicator.items()}
    counted = _counted(sheet, [row for row in last.values() if row.applies])
    groups: dict[int, Group] = {}
    for pk, row in last.items():
        if row.applies:
            dimension = row.indicator.dimension
            group = groups.setdefault(dimension.pk, Group(dimension.name))
            group.lines.append(_line(sheet, by_indicator[pk], row, counted[row.pk], rules))
    return SheetPage(stages, list(groups.values()), _left_out(sheet, last))


def _scores(sheet: Submission, stages: Iterable[StageName]) -> dict[int, dict[StageName, StageScore]]:
    rows = (
        StageScore.objects.filter(submission=sheet, stage__in=stages)
        .select_related("indicator__dimension", "indicator__task", "scored_by")
        .order_by("indicator__position")
    )
    found: dict[int, dict[StageName, StageScore]] = defaultdict(dict)
    for row in rows:
        found[row.indicator_id][StageName(row.stage)] = row
    return found


def _counted(sheet: Submission, rows: Sequence[StageScore]) -> dict[int, list[Counted]]:
    """Row of points → the assignments behind it."""
    basis = {row.pk: row.basis.get("assignments", []) for row in rows}
    credit_ids = [pk for entries in basis.values() for _, _, credits in entries for pk in credits]
    assignments = Assignment.objects.in_bulk({pk for entries in basis.values() for pk, _, _ in entries})
    records = _records(credit_ids)
    year = sheet.round.starts_on.year
    found = {}
    for row_pk, entries in basis.items():
        made = [
            _counted_one(assignments[pk], Verdict(verdict), [records[each] for each in credits], year)
            for pk, verdict, credits in entries
        ]
        found[row_pk] = sorted(made, key=lambda one: (one.due_on, one.pk))
    return found


def _counted_one(assignment: Assignment, verdict: Verdict, records: Sequence[Record], year: int) -> Counted:
    return Counted(
        pk=assignment.pk,
        label=period_words(assignment.period, year),
        verdict=verdict,
        due_on=assignment.due_on,
        grace_until=assignment.grace_until,
        cut_off_on=assignment.cut_off_on,
        exempt_reason=assignment.exempt_reason,
        records=records,
    )


def period_words(key: str, year: int) -> str:
    """A period without the round's own year: 3月, 一季度, 全年."""
    text = periods.label(key)
    return text.removeprefix(f"{year}年") or "全年"


def _records(credit_ids: Sequence[int]) -> dict[int, Record]:
    credits = Credit.objects.filter(pk__in=credit_ids).select_related("activity", "answer")
    return {credit.pk: _record(credit) for credit in credits}


def _record(credit: Credit) -> Record:
    if credit.activity:
        return Record(credit.activity.pk, True, str(credit.activity), credit.activity.held_on, credit.amount)
    filed_at = credit.answer.filed_at if credit.answer else None
    day = clock.in_zone(filed_at).date() if filed_at else None
    return Record(credit.answer_id or 0, False, "按清单填报", day, credit.amount)


def _line(
    sheet: Submission,
    rows: dict[StageName, StageScore],
    last: StageScore,
    counted: Sequence[Counted],
    rules: RoundRules,
) -> Line:
    indicator = last.indicator
    figures = Figures.of(one.verdict for one in counted)
    is_metered = indicator.kind == IndicatorKind.METERED
    published = sheet.round.status == RoundStatus.PUBLISHED
    told_on = clock.in_zone(sheet.round.published_at).date() if sheet.round.published_at else clock.today()
    items = [one.item for one in counted] if is_metered else []
    return Line(
        indicator=indicator,
        marks=_marks(rows),
        computed=last.computed,
        counted=counted,
        rule=scoring.rule_text(indicator.points, figures, rules.late_factor) if is_metered else indicator.standard,
        reckoning=scoring.sum_text(indicator.points, figures, rules.late_factor) if is_metered else "",
        figures=scoring.figures_text(figures) if is_metered else "",
        missing=scoring.toward_full(indicator.points, items, rules.late_factor, told_on, published),
    )


def _marks(rows: dict[StageName, StageScore]) -> list[Mark]:
    """The stages in their order, each beside what the one before it gave; a new reckoning is no change by hand."""
    marks: list[Mark] = []
    for stage in ORDER:
        row = rows.get(stage)
        if row is None:
            continue
        marks.append(
            Mark(
                stage=stage,
                points=row.points,
                before=row.start if stage != StageName.SELF_CHECK and row.reason else None,
                reason=row.reason,
                note=row.note,
                evidence=row.evidence,
                who=row.scored_by.name if row.scored_by else "",
                at=row.scored_at,
            )
        )
    return marks


def _left_out(sheet: Submission, last: dict[int, StageScore]) -> list[tuple[Indicator, str]]:
    """The indicators of the scheme that do not count for this organisation, and why."""
    indicators = Indicator.objects.filter(scheme=sheet.round.scheme_id).select_related("dimension", "task")
    found = []
    for indicator in indicators.order_by("position"):
        row = last.get(indicator.pk)
        if row is None:
            found.append((indicator, NOTHING_DUE))
        elif not row.applies:
            found.append((indicator, ALL_EXEMPT))
    return found
