"""Invented answers to what no record measures."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from campaigns.actions import crediting
from campaigns.enums import ActivityStatus, AssignmentState, MeasuredBy
from campaigns.models import Answer, AnswerMark, Assignment, ChecklistItem, Credit
from campaigns.rules import metrics
from desk.actions.demo.tree import Tree
from desk.rules.demo import texts
from partybuild.lib import clock
from partybuild.lib.periods import Period

RECENTLY = timedelta(days=12)  # what was answered since then may still wait for a reviewer
EARLY_SHARE = 0.14  # of what is due later, answered in any one month
BY_CHECKLIST = [code for code, metric in metrics.METRICS.items() if metric.measured_by == MeasuredBy.CHECKLIST]


def answer_month(random: Random, tree: Tree, month: Period, end: datetime, is_workday: Callable[[date], bool]) -> None:
    """Answer most of what is due in the month and some of what is due later."""
    diligence = {unit.organization.pk: unit.diligence for unit in [*tree.branches, *tree.committees]}
    diligence[tree.root.pk] = 0.97
    rows = (
        Assignment.objects.filter(metric__in=BY_CHECKLIST, answers=None, due_month__gte=month.key)
        .exclude(state=AssignmentState.EXEMPT)
        .select_related("target", "organization")
        .order_by("pk")
    )
    chosen: list[tuple[Assignment, datetime]] = []
    for assignment in rows:
        moment = _moment(random, assignment, month, diligence.get(assignment.organization_id, 0.9))
        if moment is not None and moment <= end and moment.date() >= assignment.starts_on:
            chosen.append((assignment, moment))
    with transaction.atomic():
        _save(random, chosen, end)


def _moment(random: Random, assignment: Assignment, month: Period, diligence: float) -> datetime | None:
    if assignment.due_month == month.key:
        if random.random() > diligence:
            return None
        late = random.random() > diligence
        day = assignment.due_on + timedelta(days=random.randint(8, 14) if late else -random.randint(0, 12))
    elif random.random() < EARLY_SHARE * diligence:
        day = month.starts_on + timedelta(days=random.randint(4, 27))
    else:
        return None
    return datetime.combine(day, time(random.randint(9, 17), random.randint(0, 59)), tzinfo=clock.ZONE)


def _save(random: Random, chosen: list[tuple[Assignment, datetime]], end: datetime) -> None:
    answers = Answer.objects.bulk_create([_answer(random, *each, end) for each in chosen], batch_size=1000)
    items: dict[int, list[ChecklistItem]] = {}
    for item in ChecklistItem.objects.filter(task__in={each.task_id for each, _ in chosen}):
        items.setdefault(item.task_id, []).append(item)
    AnswerMark.objects.bulk_create(
        [
            AnswerMark(answer=answer, item=item, state=AnswerMark.State.DONE)
            for answer, (assignment, _) in zip(answers, chosen, strict=True)
            for item in items.get(assignment.task_id, ())
        ],
        batch_size=5000,
    )
    Credit.objects.bulk_create(
        [
            Credit(
                assignment=assignment,
                answer=answer,
                counted=True,
                amount=answer.amount if answer.amount is not None else Decimal(assignment.goal),
                rule_version=assignment.rule_version,
                updated_at=clock.now(),
            )
            for answer, (assignment, _) in zip(answers, chosen, strict=True)
        ],
        batch_size=1000,
    )
    ids = [assignment.pk for assignment, _ in chosen]
    crediting.recount(list(Assignment.objects.filter(pk__in=ids).order_by("pk").select_for_update()))


def _answer(random: Random, assignment: Assignment, moment: datetime, end: datetime) -> Answer:
    waits = moment > end - RECENTLY and random.random() < 0.3
    return Answer(
        assignment=assignment,
        status=ActivityStatus.FILED if waits else ActivityStatus.APPROVED,
        amount=_amount(random, assignment),
        note=random.choice(texts.ANSWER_NOTES),
        version=1,
        saved_at=moment,
        filed_at=moment,
        counts_from=moment,
        needs_review=waits,
        review_unit_id=assignment.unit_id,
    )


def _amount(random: Random, assignment: Assignment) -> Decimal | None:
    """A number where one is asked for: people for personal targets, else the amount or a little more."""
    if assignment.metric == "manual":
        return None
    if assignment.is_personal:
        missing = random.choice((0, 0, 0, 1))
        return Decimal(max(0, (assignment.members_expected or 0) - missing))
    if assignment.target.unit == "%":
        return assignment.needed
    return (assignment.needed * Decimal(random.choice(("1", "1", "1.1")))).to_integral_value()
