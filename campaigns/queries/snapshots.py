"""What members reported (随手拍): lists and what waits."""

from branches.permissions import Scope
from campaigns.models import Snapshot
from campaigns.models.snapshot import SnapshotQuerySet, SnapshotState

STATES = (("", "全部"), *SnapshotState.choices)


def snapshot_list(scope: Scope, *, state: str = "") -> SnapshotQuerySet:
    """Reports that the person may see, the latest first."""
    found = Snapshot.objects.visible_to(scope).select_related("organization", "user", "problem")
    return (found.filter(state=state) if state else found).order_by("-reported_on", "-pk")


def snapshots_to_answer(scope: Scope) -> int:
    """Reports that wait for one's own organisation."""
    if scope.grant is None:
        return 0
    return Snapshot.objects.waiting().filter(organization=scope.grant.organization_id).count()
