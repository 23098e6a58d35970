"""What members reported (随手拍): lists and what waits."""

from collections.abc import Iterable, Iterator

from branches.permissions import Scope
from branches.queries.filters import narrowed
from campaigns.models import Snapshot
from campaigns.models.snapshot import SnapshotQuerySet, SnapshotState

STATES = (("", "全部"), *SnapshotState.choices)


def snapshot_list(scope: Scope, *, state: str = "", own: bool = False) -> SnapshotQuerySet:
    """Reports that the person may see, the latest first; ``own`` leaves out those of organisations below."""
    found = narrowed(Snapshot.objects.visible_to(scope), own=scope if own else None, state=state)
    return found.select_related("organization", "user", "problem").order_by("-reported_on", "-pk")


def export_rows(snapshots: Iterable[Snapshot]) -> Iterator[list[object]]:
    """Rows of the workbook: what was reported, what was answered, how far it is put right."""
    for number, row in enumerate(snapshots, 1):
        problem = row.problem
        yield [
            number, row.organization.name, row.user.name, row.text, row.place, row.reported_on, row.due_on,
            row.get_state_display(), row.answer, row.answered_on, problem.get_state_display() if problem else "",
            problem.closed_on if problem else None,
        ]  # fmt: skip


def snapshots_to_answer(scope: Scope) -> int:
    """Reports that wait for one's own organisation."""
    if scope.grant is None:
        return 0
    return Snapshot.objects.waiting().filter(organization=scope.grant.organization_id).count()
