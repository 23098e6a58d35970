"""The one way to leave a row in the audit trail; called inside the transaction of the deed."""

from typing import Any

from django.db.models import Model

from branches.enums import AuditResult
from branches.models import AuditEntry, Organization
from branches.permissions import Actor
from partybuild.lib import clock


def record(
    *,
    by: Actor,
    verb: str,
    obj: Model | None = None,
    organization: Organization | None = None,
    result: AuditResult = AuditResult.DONE,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry: who did what to which object, at which organisation, how it ended.

    ``detail`` holds what changed, without personal data.
    """
    return AuditEntry.objects.create(
        at=clock.now(),
        user_id=by.user_id,
        post_id=by.post_id,
        acting_for_id=by.acting_for_id,
        channel=by.channel,
        address=by.address,
        verb=verb,
        object_type=obj._meta.label if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        object_label=str(obj)[:255] if obj is not None else "",
        organization_id=organization.pk if organization else by.organization_id,
        organization_path=organization.path if organization else by.organization_path,
        result=result,
        detail=detail or {},
    )
