"""One assignment with everything that explains it: what counts, what does not and why, who is missing, its history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from branches.queries.audit import SYSTEM, HistoryItem, history_of
from campaigns.enums import MeasuredBy, Outcome, Sums
from campaigns.models import ActivityVersion, Answer, Assignment, Credit, Review
from campaigns.queries.progress import progress_of
from campaigns.rules.activities import shown_status
from campaigns.rules.assignments import outcome_of
from campaigns.rules.standing import Standing, progress_text
from campaigns.rules.targets import amount_text
from members.models import Member


@dataclass(frozen=True)
class CreditLine:
    """A record or a row of a register that was considered: what it adds, or why it adds nothing."""

    url: str
    title: str
    held_on: date
    mark: str
    status: str
    counted: bool
    adds: str
    reason: str
    activity_id: int | None = None
    person: str = ""


@dataclass(frozen=True)
class Closing:
    """How the assignment ended when its month was closed, and whether it has moved since."""

    outcome: str
    label: str
    then: Standing
    has_changed: bool

    @property
    def progress(self) -> str:
        """How far it was then."""
        return progress_text(self.then)


def standing_of(assignment: Assignment, answer: Answer | None) -> Standing:
    """The figures as they are now."""
    return Standing(
        metric=assignment.metric,
        state=assignment.state,
        done=assignment.done,
        needed=assignment.needed,
        unit=assignment.target.unit,
        people=(assignment.members_expected or 0) if assignment.is_personal else None,
        exempt_reason=assignment.exempt_reason,
        answer_status=answer.status if answer else "",
    )


def credit_lines(assignment: Assignment) -> list[CreditLine]:
    """Every activity and every row of a register that was considered, those that count first; one query."""
    rows = (
        Credit.objects.filter(assignment=assignment, answer__isnull=True)
        .select_related("activity", "member")
        .order_by("-counted", Coalesce("activity__held_on", "held_on"), "pk")
    )
    return [_credit_line(row, assignment) if row.activity else _fact_line(row, assignment) for row in rows]


def _credit_line(credit: Credit, assignment: Assignment) -> CreditLine:
    activity = credit.activity
    assert activity is not None
    mark, status = shown_status(activity.status, activity.needs_review)
    unit = assignment.target.unit
    amount = amount_text(credit.amount, "次" if unit == "%" else unit)
    return CreditLine(
        url=reverse("campaigns:activity_detail", args=[activity.pk]),
        title=str(activity),
        held_on=activity.held_on,
        mark=mark,
        status=status,
        counted=credit.counted,
        adds=f"每人计 {amount}" if assignment.is_personal else f"计 {amount}",
        reason=credit.reason,
        activity_id=activity.pk,
    )


def _fact_line(credit: Credit, assignment: Assignment) -> CreditLine:
    assert credit.held_on is not None
    withdrawn = credit.withdrawn_at is not None
    amount = amount_text(credit.amount, assignment.target.unit)
    is_value = assignment.target.rule.sums == Sums.VALUE
    return CreditLine(
        url="" if withdrawn else credit.url,
        title=credit.text,
        held_on=credit.held_on,
        mark="void" if withdrawn else "",
        status="已不在台账" if withdrawn else "台账",
        counted=credit.counted,
        adds=f"现为 {amount}" if is_value else f"计 {amount}",
        reason=credit.reason,
        person=credit.member.name if credit.member else "",
    )


def missing_people(assignment: Assignment) -> list[str]:
    """Names of those who have not reached a personal target that is counted; empty for all other targets.

    Whom an occasion concerns (四必谈) is not told here: only those know who see to it.
    """
    rule = assignment.target.rule
    if not assignment.is_personal or rule.measured_by == MeasuredBy.CHECKLIST or rule.is_by_occasion:
        return []
    progress, _ = progress_of([assignment])[assignment.pk]
    members = Member.objects.filter(pk__in=progress.missing).order_by("initials", "pk")
    return list(members.values_list("name", flat=True))


def closing_of(assignment: Assignment, now: Standing) -> Closing | None:
    """What was fixed at closing; None while the month is open."""
    if not assignment.closed_at:
        return None
    closed_goal = assignment.closed_needed or Decimal(0)
    then = Standing(
        metric=now.metric,
        state="open",
        done=assignment.closed_done or Decimal(0),
        needed=closed_goal,
        unit=now.unit,
        people=int(closed_goal) if now.is_personal else None,
    )
    is_exempt = now.state == "exempt"
    live = outcome_of(is_exempt, assignment.completed_at, assignment.grace_until, assignment.cut_off_on)
    moved = (then.done, then.goal) != (now.done, now.goal) or live != assignment.outcome
    return Closing(assignment.outcome, Outcome(assignment.outcome).label, then, moved)


def history(assignment: Assignment, answer: Answer | None) -> list[HistoryItem]:
    """What happened to it and to its records, the newest first; six queries at most."""
    activity_ids = list(
        Credit.objects.filter(assignment=assignment, activity__isnull=False).values_list("activity_id", flat=True)
    )
    items = [*_own_events(assignment), *_filings(activity_ids), *_answer_filings(answer)]
    items += [*_reviews(activity_ids, answer), *history_of(assignment)]
    return sorted(items, key=lambda item: item.at, reverse=True)


def _own_events(assignment: Assignment) -> Iterator[HistoryItem]:
    yield HistoryItem(assignment.dispatched_at, SYSTEM, "下发")
    if assignment.closed_at:
        yield HistoryItem(assignment.closed_at, SYSTEM, f"结账：{Outcome(assignment.outcome).label}")


def _filings(activity_ids: Sequence[int]) -> Iterator[HistoryItem]:
    versions = ActivityVersion.objects.filter(activity__in=activity_ids).select_related("activity", "filed_by")
    for version in versions.order_by("pk"):
        by = version.filed_by.name if version.filed_by else SYSTEM
        again = "再次提交" if version.number > 1 else "提交"
        yield HistoryItem(version.filed_at, by, f"{again}“{version.activity}”")


def _answer_filings(answer: Answer | None) -> Iterator[HistoryItem]:
    for version in answer.versions.select_related("filed_by") if answer else ():
        by = version.filed_by.name if version.filed_by else SYSTEM
        yield HistoryItem(version.filed_at, by, "再次提交填报" if version.number > 1 else "提交填报")


def _reviews(activity_ids: Sequence[int], answer: Answer | None) -> Iterator[HistoryItem]:
    about = Q(activity__in=activity_ids)
    if answer:
        about |= Q(answer=answer)
    for review in Review.objects.filter(about).select_related("reviewer", "activity").order_by("decided_at"):
        what = f"“{review.activity}”" if review.activity else "填报"
        decided = "审核通过" if review.decision == "approve" else "退回"
        yield HistoryItem(review.decided_at, review.reviewer.name, f"{decided}{what}", review.told)


def answer_of(assignment: Assignment) -> Answer | None:
    """The answer, if one was begun."""
    return Answer.objects.given().filter(assignment=assignment).first()
