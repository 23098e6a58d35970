"""The burden of a dispatch before it is made: the dispatch itself, unit by unit, with nothing kept. Source: X03."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, Count, F, Max, Sum, Value, When

from campaigns.actions.dispatch import dispatch_piece, pieces
from campaigns.enums import AssignmentState, MeasuredBy, Sums
from campaigns.models import Assignment, Campaign, ChecklistItem
from campaigns.queries.terms import DueTarget, due_targets
from campaigns.rules import metrics
from desk.rules.burden import AskedRow, Burden, Checklist, Prices, burden_of
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock
from partybuild.lib.periods import Period

# A named material is a file each; where material is asked for without a name it is one.
_FILES = Case(When(slots__len__gt=0, then=F("slots__len")), When(needs_evidence=True, then=Value(1)), default=Value(0))
_FINISHED = (AssignmentState.DONE, AssignmentState.PENDING)


def estimate(month: Period) -> Burden:
    """What dispatching the month now would ask, without what is dispatched already."""
    rules = rule_table(clock.today())
    campaigns = list(Campaign.objects.published().select_related("issuer").order_by("pk"))
    due = due_targets(campaigns, month, rules, workday_checker())
    checklists = _checklists({each.target.task_id for each in due})
    prices = prices_of(rules)
    found = Burden()
    for unit_id, organizations in pieces(due).items():
        found += _unit_burden(unit_id, organizations, due, rules, checklists, prices)
    return found


def prices_of(rules: RuleTable) -> Prices:
    """The minutes of the rule table."""
    return Prices(
        rules.int("burden.minutes_per_record"),
        rules.int("burden.minutes_per_field"),
        rules.int("burden.minutes_per_file"),
    )


@transaction.atomic
def _unit_burden(
    unit_id: int, organizations: Sequence[int], due: Sequence[DueTarget], rules: RuleTable,
    checklists: dict[int, Checklist], prices: Prices,
) -> Burden:  # fmt: skip
    """A short transaction for each unit, rolled back: its locks keep nobody waiting for long."""
    before = Assignment.objects.aggregate(last=Max("pk"))["last"] or 0
    dispatch_piece(unit_id, organizations, due, rules)
    made = Assignment.objects.filter(pk__gt=before, unit=unit_id, organization__in=organizations)
    found = burden_of([_row(each) for each in made], checklists, prices)
    transaction.set_rollback(True)
    return found


def _row(assignment: Assignment) -> AskedRow:
    metric = metrics.get(assignment.metric)
    is_recorded = metric.measured_by == MeasuredBy.RECORDS
    return AskedRow(
        organization_id=assignment.organization_id,
        metric=assignment.metric,
        period=assignment.period,
        task_id=assignment.task_id,
        by_records=metric.measured_by != MeasuredBy.CHECKLIST,
        is_personal=is_recorded and (metric.is_personal or metric.sums == Sums.SHARE),
        is_exempt=assignment.state == AssignmentState.EXEMPT,
        is_answered=assignment.state in _FINISHED,
        lacking=assignment.needed - assignment.done if is_recorded else Decimal(0),
    )


def _checklists(task_ids: set[int]) -> dict[int, Checklist]:
    """Task → the boxes to tick and the files to add; one query."""
    rows = (
        ChecklistItem.objects.filter(task__in=task_ids)
        .order_by()
        .values_list("task_id")
        .annotate(count=Count("pk"), files=Sum(_FILES))
    )
    return {task_id: Checklist(count, files) for task_id, count, files in rows}
