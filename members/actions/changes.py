"""Every change of a roster field leaves a dated row; of personal data only that they changed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from branches.permissions import Actor
from members.models import Member, MemberChange
from members.models.change import PRIVATE_FIELDS
from partybuild.lib import clock
from partybuild.lib.dates import day_text

_LONGEST = 255


def note_changes(
    *, by: Actor, changes: Iterable[tuple[Member, str, Any, Any]], effective_on: date | None = None
) -> None:
    """One row for each (member, field, before, after); called inside the transaction of the change."""
    now, day = clock.now(), effective_on or clock.today()
    MemberChange.objects.bulk_create(
        [
            MemberChange(
                member=member, field=field, before=shown(member, field, before), after=shown(member, field, after),
                effective_on=day, recorded_at=now, by_id=by.user_id,
            )
            for member, field, before, after in changes
        ],
        batch_size=1000,
    )  # fmt: skip


def shown(member: Member, field: str, value: Any) -> str:
    """A value as the page shows it; nothing of personal data."""
    if field in PRIVATE_FIELDS or value in (None, ""):
        return ""
    if isinstance(value, date):
        return day_text(value)
    if field in {"sex", "kind"}:
        return str(dict(member._meta.get_field(field).flatchoices).get(value, value))  # type: ignore[union-attr]
    return str(value)[:_LONGEST]
