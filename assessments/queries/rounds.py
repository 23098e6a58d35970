"""Rounds as lists and pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from assessments.enums import Grade, RoundStatus, SheetState
from assessments.models import Result, Round, Submission
from assessments.models.round import RoundQuerySet
from assessments.models.sheet import SubmissionQuerySet
from assessments.queries.rules import rules_of
from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.models import Campaign


def rounds_of(scope: Scope) -> RoundQuerySet:
    """The rounds that a person sees, the newest first, with the counts of his part of them and his own sheet."""
    organization_id = scope.grant.organization_id if scope.grant else None
    part = Submission.objects.visible_to(scope).filter(round=OuterRef("pk")).order_by()
    own = Submission.objects.filter(round=OuterRef("pk"), organization=organization_id).values("pk")[:1]
    return (
        Round.objects.visible_to(scope)
        .select_related("scheme__campaign__issuer")
        .annotate(
            sheets=_count(part),
            self_checked=_count(part.filter(self_checked_at__isnull=False)),
            checked=_count(part.filter(checked_at__isnull=False)),
            own_sheet_id=Subquery(own, output_field=IntegerField()),
        )
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.values("round").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def open_rounds() -> RoundQuerySet:
    """Rounds whose figures still move, for the tick."""
    return Round.objects.unpublished().order_by("pk")


def waiting_sheets(scope: Scope, today: date) -> SubmissionQuerySet:
    """Sheets that wait for this person's own organisation: its self-check, or the check of those right below it."""
    if scope.grant is None:
        return Submission.objects.none()
    here = scope.grant.organization_id
    wanted = Q(pk__in=[])
    if scope.holds(Permission.SELF_CHECK):
        wanted |= Q(round__status=RoundStatus.SELF_CHECK, round__opens_on__lte=today, organization=here,
                    self_checked_at=None)  # fmt: skip
    if scope.holds(Permission.SCORE):
        wanted |= Q(round__status=RoundStatus.CHECK, unit=here, checked_at=None) & ~Q(organization=here)
    return Submission.objects.filter(wanted).select_related("round", "organization").order_by("round", "path")


def campaigns_to_score(scope: Scope) -> QuerySet[Campaign]:
    """Published campaigns of which this person may open a round."""
    prefix = scope.prefix(Permission.MANAGE_ROUND)
    if prefix is None:
        return Campaign.objects.none()
    return Campaign.objects.published().filter(issuer__path__startswith=prefix[0]).select_related("issuer")


def state_of(round_: Round, sheet: Submission) -> SheetState:
    """Whether the sheet is handed in, in the stage that its round is in."""
    handed_in = {
        RoundStatus.SELF_CHECK: sheet.self_checked_at,
        RoundStatus.CHECK: sheet.checked_at,
        RoundStatus.PUBLISHED: round_.published_at,
    }.get(RoundStatus(round_.status))
    return SheetState.HANDED_IN if handed_in else SheetState.OPEN


@dataclass(frozen=True)
class Progress:
    """How many sheets there are and how many are through each stage."""

    sheets: int
    self_checked: int
    checked: int
    ungraded: int


def progress_of(sheets: QuerySet[Any]) -> Progress:
    """Counts of the sheets; one query."""
    counts = sheets.aggregate(
        sheets=Count("pk"),
        self_checked=Count("pk", filter=Q(self_checked_at__isnull=False)),
        checked=Count("pk", filter=Q(checked_at__isnull=False)),
        ungraded=Count("pk", filter=Q(ungraded__gt=0)),
    )
    return Progress(**counts)


def standings(round_: Round) -> Any:
    """All sheets of a round with ``rank`` among their kind and ``grade``: the frozen ones once it is published, before
    that as the points stand."""
    sheets = Submission.objects.filter(round=round_).select_related("organization", "unit")
    if round_.status == RoundStatus.PUBLISHED:
        result = Result.objects.filter(round=round_, organization=OuterRef("organization"))
        return sheets.annotate(rank=Subquery(result.values("rank")[:1]), grade=Subquery(result.values("grade")[:1]))
    better = (
        Submission.objects.filter(round=round_, kind=OuterRef("kind"), total__gt=OuterRef("total"))
        .order_by()
        .values("round")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rank = Coalesce(Subquery(better, output_field=IntegerField()), 0) + 1
    return sheets.annotate(
        rank=Case(When(total__isnull=False, then=rank), output_field=IntegerField()), grade=_grade(round_)
    )


def _grade(round_: Round) -> Case:
    bands = rules_of(round_).bands
    steps = [
        When(total__gte=bands[grade.value], then=Value(grade.value))
        for grade in (Grade.GOOD, Grade.FAIR, Grade.AVERAGE)
    ]
    return Case(
        When(total__isnull=True, then=Value("")), *steps, default=Value(Grade.POOR.value), output_field=CharField()
    )


def units_in(sheets: QuerySet[Any]) -> list[tuple[int, str]]:
    """The superior organisations that sheets can be filtered by."""
    units = Organization.objects.filter(pk__in=sheets.order_by().values("unit")).order_by("position", "path")
    return [(unit.pk, unit.label) for unit in units]
