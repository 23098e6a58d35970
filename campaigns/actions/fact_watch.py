"""Counting what has changed on the floors below, and everything that is open once a day.

The floors below do not know of tasks: what they write is read from the audit trail. Source: X02, Y01.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from django.db import connection, transaction

from branches.permissions import Actor
from branches.queries.audit_chain import oldest_running
from campaigns.actions import dispatch, fact_credits
from campaigns.models import Assignment, Campaign, FactMark
from campaigns.queries.fact_changes import DUTIES, Changes, changes_since
from campaigns.queries.fact_sources import FACT_SOURCES
from campaigns.queries.terms import DueTarget, due_targets
from office.enums import Job, RunStatus
from office.models import Run
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import clock, periods
from partybuild.lib.periods import Period, PeriodKind

AT_ONCE = 300
BY_OCCASION = {*DUTIES, "term.election"}
_LOCK = 0xFAC7


def has_changed() -> bool:
    """Whether there is anything to count; cheap enough for every minute."""
    return not FactMark.objects.exists() or bool(_changes(oldest_running()).organizations)


def refresh_changed(*, by: Actor, below: int | None = None) -> int:
    """Count what the registers have changed since the last time; how many assignments. Safe to be done twice.

    ``below`` is the first transaction that is left out: the oldest that runs, unless a caller knows better.
    """
    found = _changes(oldest_running() if below is None else below)
    counted = 0
    if found.organizations:
        if found.codes & BY_OCCASION:
            dispatch_occasions(found.organizations)
        rows = fact_credits.open_rows(found.codes, found.organizations)
        counted = _count(list(rows.values_list("pk", flat=True)))
    _remember(found.below)
    return counted


def recount_open(*, by: Actor) -> int:
    """Count everything that facts feed and that is not closed; once a day, for what no trail tells; how many."""
    dispatch_occasions()
    rows = Assignment.objects.filter(metric__in=FACT_SOURCES, closed_at=None, starts_on__lte=clock.today())
    return _count(list(rows.order_by("organization_id", "pk").values_list("pk", flat=True)))


def dispatch_occasions(organization_ids: Collection[int] | None = None) -> int:
    """What has come about in this month and the last is due from those whom it concerns; how many assignments.

    A month that is closed is left as it is. ``organization_ids`` None: everywhere.
    """
    rules, made = rule_table(clock.today()), 0
    campaigns = list(Campaign.objects.published().select_related("issuer").order_by("pk"))
    for month in _open_months():
        due = [each for each in due_targets(campaigns, month, rules, workday_checker()) if each.is_by_occasion]
        for unit_id, organizations in _pieces(due, organization_ids):
            with transaction.atomic():
                made += dispatch.dispatch_piece(unit_id, organizations, due, rules)["assignments"]
    return made


def _changes(below: int) -> Changes:
    mark = FactMark.objects.first()
    if mark is None or mark.below_transaction > below:
        # Never read yet, or the data have moved to another server: the daily count has seen to what was before.
        return Changes(below)
    return changes_since(mark, below)


@transaction.atomic
def _remember(below: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    FactMark.objects.update_or_create(pk=1, defaults={"below_transaction": below})


def _count(ids: Sequence[int]) -> int:
    """In pieces, each in its own transaction: nobody waits long for its locks."""
    counted = 0
    for start in range(0, len(ids), AT_ONCE):
        piece = ids[start : start + AT_ONCE]
        with transaction.atomic():
            counted += fact_credits.count(fact_credits.countable().filter(pk__in=piece))
    return counted


def _open_months() -> list[Period]:
    this = periods.containing(PeriodKind.MONTH, clock.today())
    months = [periods.containing(PeriodKind.MONTH, this.starts_on - timedelta(days=1)), this]
    closed = Run.objects.filter(job=Job.CLOSE, status=RunStatus.DONE, period__in=[month.key for month in months])
    keys = set(closed.values_list("period", flat=True))
    return [month for month in months if month.key not in keys]


def _pieces(due: Sequence[DueTarget], organization_ids: Collection[int] | None) -> Iterator[tuple[int, list[int]]]:
    for unit_id, organizations in dispatch.pieces(due).items():
        wanted = organizations if organization_ids is None else [pk for pk in organizations if pk in organization_ids]
        if wanted:
            yield unit_id, wanted
