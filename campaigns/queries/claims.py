"""Tasks that members claim (C09): lists, what waits, figures."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from campaigns.models import Claim, ClaimTask
from campaigns.models.claim import ClaimQuerySet, ClaimTaskQuerySet
from campaigns.rules.projects import ClaimState
from members.rules.registers import Figures
from partybuild.lib import clock


def claim_tasks_for(
    scope: Scope, *, q: str = "", organization: Organization | None = None, year: int | None = None, state: str = ""
) -> ClaimTaskQuerySet:
    """The tasks that the scope sees, with how many places are taken and done. ``state``: open, closed, or a kind."""
    found = narrowed(
        ClaimTask.objects.visible_to(scope), q=q, words_in=("title",), organization=organization,
        published_on__year=year,
    )  # fmt: skip
    if state == "open":
        found = found.open_on(clock.today())
    elif state == "waiting":
        found = found.filter(pk__in=Claim.objects.filter(state=ClaimState.REPORTED).values("task"))
    elif state:
        found = found.filter(kind=state)
    standing = Count("claims", filter=~Q(claims__state=ClaimState.GIVEN_UP))
    done = Count("claims", filter=Q(claims__state=ClaimState.CONFIRMED))
    return found.select_related("organization").annotate(taken=standing, done=done).order_by("-published_on", "-pk")


def claims_of(task: ClaimTask) -> ClaimQuerySet:
    """Who has claimed a task."""
    return Claim.objects.filter(task=task).select_related("member").order_by("claimed_at", "pk")


def own_claims(scope: Scope) -> ClaimQuerySet:
    """What the person himself has claimed."""
    if scope.member_id is None:
        return Claim.objects.none()
    return Claim.objects.filter(member=scope.member_id).standing().select_related("task__organization")


def claim_figures(scope: Scope) -> Figures:
    """For the hub: the tasks, and reports that wait for the branch's word."""
    waiting = claims_to_confirm(scope) if scope.holds(Permission.DO_WORK) else 0
    return Figures(ClaimTask.objects.visible_to(scope).count(), waiting, "项任务有认领待确认", "?state=waiting")


def claims_to_confirm(scope: Scope) -> int:
    """Tasks of which one's branch has not confirmed what members reported: as many as the list of them shows."""
    reported = Claim.objects.visible_to(scope, Permission.DO_WORK).filter(state=ClaimState.REPORTED)
    return reported.order_by().values("task").distinct().count()


def tasks_to_claim(scope: Scope) -> int:
    """Tasks that a member may still claim and has not."""
    if scope.member_id is None:
        return 0
    mine = Claim.objects.filter(member=scope.member_id).standing().values("task")
    return ClaimTask.objects.visible_to(scope, Permission.TAKE_PART).open_on(clock.today()).exclude(pk__in=mine).count()


def export_rows(tasks: Iterable[ClaimTask]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, row in enumerate(tasks, 1):
        yield [
            number, row.organization.name, row.get_kind_display(), row.title, row.content, row.places,
            row.taken, row.done, row.published_on, row.claim_by, row.due_on,  # type: ignore[attr-defined]
        ]  # fmt: skip
