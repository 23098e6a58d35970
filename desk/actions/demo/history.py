"""Living through the months: dispatched, recorded, answered, reviewed, closed, as the portal itself would have done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from branches.permissions import Actor
from campaigns.actions import closing, crediting, dispatch
from campaigns.models import Activity, Assignment
from campaigns.rules.deadlines import closing_day
from desk.actions import cycles
from desk.actions.demo.answers import answer_month
from desk.actions.demo.entries import enter_month
from desk.actions.demo.midyear import hold_midyear
from desk.actions.demo.records import Recorded, Writer
from desk.actions.demo.tree import Tree
from desk.rules.cycles import dispatch_day
from desk.rules.demo.plan import branch_doings, committee_doings
from office.actions import documents, runs
from office.enums import Job
from office.models import Run
from office.queries.calendar import workday_checker
from partybuild.lib import clock, periods
from partybuild.lib.periods import Period

NINE = time(9, 0)
MIDYEAR_MONTH = 6
CHUNK = 12  # organisations credited together


@dataclass
class Counts:
    """What has come together."""

    activities: int = 0
    assignments: int = 0


def live_through(
    random: Random, tree: Tree, months: Sequence[Period], end: datetime, report: Callable[[str], None]
) -> Counts:
    """Month by month up to ``end``; nothing is entered, reviewed or closed after that moment."""
    is_workday = workday_checker()
    writer = Writer(random, tree, end, is_workday)
    counts = Counts()
    for month in months:
        _dispatch(month, end, is_workday)
        recorded = _record(random, tree, writer, month)
        closed_at = _closing_moment(month, is_workday)
        early = [each for each in recorded if closed_at is None or each.entered_at < closed_at]
        late = [each for each in recorded if each not in early]
        _enter(writer, early, min(end, clock.end_of_day(month.ends_on)))
        if month.starts_on.month == MIDYEAR_MONTH:
            hold_midyear(random, month.starts_on.year, end)
        with clock.pretending(min(end, clock.end_of_day(month.ends_on))):
            answer_month(random, tree, month, end, is_workday)
        enter_month(tree, month, end)
        if closed_at is not None and closed_at <= end:
            _close(month, closed_at, end)
        _enter(writer, late, min(end, clock.end_of_day(month.ends_on) + timedelta(days=45)))
        counts.activities += len(recorded)
        report(f"{periods.label(month)}：{len(recorded)} 条活动记录")
    counts.assignments = Assignment.objects.count()
    return counts


def _dispatch(month: Period, end: datetime, is_workday: Callable[[date], bool]) -> None:
    moment = datetime.combine(dispatch_day(month, is_workday), NINE, tzinfo=clock.ZONE)
    # The campaigns are published on the fourth of January: that month is dispatched right after.
    published = datetime.combine(date(month.starts_on.year, 1, 5), NINE, tzinfo=clock.ZONE)
    moment = max(moment, published) if month.starts_on.month == 1 else moment
    if moment <= end:
        with clock.pretending(moment):
            cycles.do_run(dispatch.request_dispatch(by=Actor.system(), month=month).pk)


def _record(random: Random, tree: Tree, writer: Writer, month: Period) -> list[Recorded]:
    found: list[Recorded] = []
    number = month.starts_on.month
    for unit in tree.branches:
        for doing in branch_doings(random, number, unit.diligence, len(unit.groups)):
            found += writer.write(unit, month, doing)
    for unit in [tree.root_unit, *tree.committees]:
        for doing in committee_doings(random, number, unit.diligence):
            found += writer.write(unit, month, doing)
    return found


def _enter(writer: Writer, recorded: Sequence[Recorded], moment: datetime) -> None:
    if not recorded:
        return
    with clock.pretending(moment):
        with transaction.atomic():
            activities = writer.save(recorded)
        by_organization: dict[int, list[Activity]] = {}
        for activity in activities:
            by_organization.setdefault(activity.organization_id, []).append(activity)
        organizations = sorted(by_organization)
        for start in range(0, len(organizations), CHUNK):
            with transaction.atomic():
                chunk = organizations[start : start + CHUNK]
                crediting.credit_activities([each for pk in chunk for each in by_organization[pk]])


def _closing_moment(month: Period, is_workday: Callable[[date], bool]) -> datetime | None:
    cut_off = closing.last_cut_off(month)
    if cut_off is None:
        return None
    return datetime.combine(closing_day(cut_off, is_workday), NINE, tzinfo=clock.ZONE)


def _close(month: Period, moment: datetime, end: datetime) -> None:
    with clock.pretending(moment):
        cycles.do_run(closing.request_closing(by=Actor.system(), month=month).pk)
        run = runs.request_run(by=Actor.system(), job=Job.BULLETIN, period=month.key)
        cycles.do_run(run.pk)
    _issue(run, moment + timedelta(days=2), end)


def _issue(run: Run, moment: datetime, end: datetime) -> None:
    """The bulletin is checked, signed and issued two days later; the newest one may still be a draft."""
    if moment > end:
        return
    with clock.pretending(moment):
        for document in run.documents.all():
            for step in (documents.check, documents.sign, documents.issue):
                step(by=Actor.system(), document=document)
