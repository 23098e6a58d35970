"""What is done with assignments besides dispatching, crediting and closing them."""

from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor


@transaction.atomic
def record_export(*, by: Actor, count: int) -> None:
    """Leave a trace of an export: who took how many rows away."""
    audit.record(by=by, verb="导出任务清单", detail={"count": count})
