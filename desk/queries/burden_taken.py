"""What was filed in a stretch of time, by unit, campaign or month. Source: X03.

Each reading is a handful of queries, whatever the number of organisations. A record that counts for several campaigns
is shared among them in equal parts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Func, Q, QuerySet, Value
from django.db.models.functions import TruncMonth

from branches.models import Organization
from campaigns.models import Activity, Answer, AnswerMark, Attachment, Campaign, Credit, Entry, Feedback
from desk.queries.figures import Selection
from desk.rules.burden_taken import Taken
from partybuild.lib import clock


@dataclass(frozen=True)
class BurdenLine:
    """A unit, a campaign or a month with what it took."""

    id: int | None
    name: str
    taken: Taken


def taken_in(selection: Selection) -> Taken:
    """All together."""
    return _grouped(selection, _Keys.nothing()).get("", Taken())


def taken_by_unit(selection: Selection) -> list[BurdenLine]:
    """The organisations of the next level with all below them, those that had most to do first."""
    found = _grouped(selection, _Keys.units(selection.child_place))
    units = Organization.objects.filter(pk__in=[int(key) for key in found if key])
    names = {unit.pk: unit.label for unit in units}
    lines = [BurdenLine(int(key) if key else None, names.get(int(key or 0), "本级"), taken)
             for key, taken in found.items()]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.taken.records - line.taken.answers, line.name))


def taken_by_month(selection: Selection) -> dict[str, Taken]:
    """Month key → what was filed in it."""
    return {f"{key:%Y-%m}": taken for key, taken in _grouped(selection, _Keys.months()).items()}


def taken_by_campaign(selection: Selection) -> list[BurdenLine]:
    """The campaigns for which anything counted; a record that several share is divided."""
    start, end = _moments(selection)
    rows = Credit.objects.filter(
        counted=True, activity__filed_at__gte=start, activity__filed_at__lt=end,
        activity__organization__path__startswith=selection.path,
    ).values_list("activity_id", "assignment__campaign_id").annotate(count=Count("pk"))  # fmt: skip
    credits: dict[int, int] = defaultdict(int)
    campaigns_of: dict[int, list[int]] = defaultdict(list)
    for activity_id, campaign_id, count in rows.order_by():
        credits[campaign_id] += count
        campaigns_of[activity_id].append(campaign_id)
    parts: dict[int, Decimal] = defaultdict(Decimal)
    for shared in campaigns_of.values():
        for campaign_id in shared:
            parts[campaign_id] += Decimal(1) / len(shared)
    answers = _answers_by_campaign(selection, start, end)
    names = dict(Campaign.objects.filter(pk__in={*credits, *answers}).order_by("code").values_list("pk", "name"))
    lines = [
        BurdenLine(pk, name, replace(answers.get(pk, Taken()), records=parts[pk], credits=credits[pk]))
        for pk, name in names.items()
    ]
    return sorted(lines, key=lambda line: -line.taken.records)


def _answers_by_campaign(selection: Selection, start: datetime, end: datetime) -> dict[int, Taken]:
    filed = Answer.objects.filter(
        filed_at__gte=start, filed_at__lt=end, assignment__organization__path__startswith=selection.path
    )
    counts = {name: Count(path, distinct=True) for name, path in _ANSWERED.items()}
    rows = filed.order_by().values_list("assignment__campaign_id").annotate(**counts)
    return {pk: Taken(answers=answers, boxes=boxes, files=Decimal(files)) for pk, answers, boxes, files in rows}


_ANSWERED = {"answers": "pk", "boxes": "marks", "files": "attachments"}


@dataclass(frozen=True)
class _Keys:
    """How rows are grouped: by an expression over the organisation's path, or over the moment of filing."""

    is_month: bool = False
    place: int | None = None

    @classmethod
    def nothing(cls) -> "_Keys":
        return cls()

    @classmethod
    def units(cls, place: int) -> "_Keys":
        return cls(place=place)

    @classmethod
    def months(cls) -> "_Keys":
        return cls(is_month=True)

    def of(self, path: str, moment: str) -> Any:
        if self.is_month:
            return TruncMonth(moment, tzinfo=clock.ZONE)
        if self.place is None:
            return Value("", output_field=CharField())
        return Func(F(path), Value("/"), Value(self.place), function="SPLIT_PART", output_field=CharField())


def _grouped(selection: Selection, keys: _Keys) -> dict[Any, Taken]:
    start, end = _moments(selection)
    found: dict[Any, dict[str, Any]] = defaultdict(dict)
    for name, model, path, moment in _SOURCES:
        rows = model.objects.filter(
            Q(**{f"{path}__startswith": selection.path, f"{moment}__gte": start, f"{moment}__lt": end})
        )
        if name == "credits":
            rows = rows.filter(counted=True)
        for key, count in _counted(rows, keys.of(path, moment)):
            found[key][name] = found[key].get(name, 0) + count
    return {key: _taken(counts) for key, counts in found.items()}


def _taken(counts: dict[str, int]) -> Taken:
    return Taken(
        records=Decimal(counts.get("records", 0)),
        answers=counts.get("answers", 0),
        boxes=counts.get("boxes", 0),
        files=Decimal(counts.get("files", 0)),
        entries=counts.get("entries", 0),
        credits=counts.get("credits", 0),
        said=counts.get("said", 0),
    )


def _counted(rows: QuerySet[Any], key: Any) -> Iterable[tuple[Any, int]]:
    return rows.order_by().annotate(key=key).values_list("key").annotate(count=Count("pk"))


_SOURCES: tuple[tuple[str, Any, str, str], ...] = (
    ("records", Activity, "organization__path", "filed_at"),
    ("credits", Credit, "activity__organization__path", "activity__filed_at"),
    ("files", Attachment, "activity__organization__path", "activity__filed_at"),
    ("files", Attachment, "answer__assignment__organization__path", "answer__filed_at"),
    ("answers", Answer, "assignment__organization__path", "filed_at"),
    ("boxes", AnswerMark, "answer__assignment__organization__path", "answer__filed_at"),
    ("entries", Entry, "organization__path", "counts_from"),
    ("said", Feedback, "organization__path", "said_at"),
)
"""Field → the rows that it counts, where they stand, when they were filed."""


def _moments(selection: Selection) -> tuple[datetime, datetime]:
    period = selection.window.period
    return clock.start_of_day(period.starts_on), clock.end_of_day(period.ends_on)
