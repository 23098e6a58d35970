"""Lists taken out as workbooks leave a trace."""

from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor


@transaction.atomic
def record_export(
    *, by: Actor, what: str, count: int, organization: Organization | None = None, reason: str = ""
) -> None:
    """Somebody took out a list of so many rows, perhaps for a reason."""
    note = f"共 {count} 条" + (f"，原因：{reason}" if reason else "")
    audit.record(by=by, verb=f"导出{what}", organization=organization, detail={"count": count, "note": note})
