"""What waits for a person, for the menu of every page: one query each."""

from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from branches.enums import Role
from branches.models import Post
from branches.permissions import Permission, Scope
from campaigns.enums import MeasuredBy
from campaigns.models import Activity, Answer, Assignment
from campaigns.queries.reviews import decided_by
from campaigns.rules import metrics
from campaigns.rules.activities import WAITING
from campaigns.rules.assignments import UNFINISHED
from members.models import Membership, Office
from partybuild.lib import clock

BY_RECORDS = [code for code, metric in metrics.METRICS.items() if metric.measured_by != MeasuredBy.CHECKLIST]
_PARTS = ("metric", "period", "due_on", "state", "done", "needed", "members_expected")
ONE_THING = Concat(
    *(part for name in _PARTS for part in (Cast(F(name), TextField()), Value("|"))), output_field=TextField()
)


def open_assignments(scope: Scope) -> int | None:
    """What a secretary's organisation has yet to do of this month and of earlier ones that are not closed.

    As on the home page, what one record does for several campaigns is one thing to do. Superiors have no such count:
    what is open below them is theirs to see on the board.
    """
    if scope.grant is None or scope.role != Role.SECRETARY:
        return None
    found = Assignment.objects.filter(
        organization=scope.grant.organization_id,
        state__in=UNFINISHED,
        closed_at__isnull=True,
        due_month__lte=f"{clock.today():%Y-%m}",
    ).aggregate(
        by_records=Count(ONE_THING, distinct=True, filter=Q(metric__in=BY_RECORDS)),
        by_hand=Count("pk", filter=~Q(metric__in=BY_RECORDS)),
    )
    return found["by_records"] + found["by_hand"]


def records_to_review(scope: Scope) -> int | None:
    """How many records wait for this person's own organisation: the same as ``reviews.waiting_count`` in one query."""
    if scope.grant is None or not scope.holds(Permission.REVIEW_RECORD):
        return None
    unit = scope.grant.organization_id
    waits = Q(status__in=WAITING, needs_review=True, review_unit=unit)
    activities = Activity.objects.filter(waits).exclude(versions__filed_by=scope.user_id)
    activities = activities.exclude(corrects__versions__filed_by=scope.user_id)
    answers = Answer.objects.filter(waits).exclude(versions__filed_by=scope.user_id)
    activities = activities.exclude(decided_by([scope.user_id], "activity"))
    answers = answers.exclude(corrects__versions__filed_by=scope.user_id)
    answers = answers.exclude(decided_by([scope.user_id], "answer"))
    for own in _own_organizations(scope):
        activities = activities.exclude(Q(organization__in=own) & ~Q(organization=unit))
        answers = answers.exclude(Q(assignment__organization__in=own) & ~Q(assignment__organization=unit))
    return activities.order_by().values("pk").union(answers.values("pk"), all=True).count()


def _own_organizations(scope: Scope) -> list[QuerySet]:
    """Where the person holds a post or office or is a member: what he must not decide on."""
    today = clock.today()
    found: list[QuerySet] = [Post.objects.in_force(today).filter(user=scope.user_id).values("organization")]
    if scope.member_id is not None:
        found.append(Office.objects.on(today).filter(member=scope.member_id).values("organization"))
        found.append(Membership.objects.on(today).filter(member=scope.member_id).values("organization"))
    return found
