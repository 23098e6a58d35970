"""Requests for correction: what waits, and with the values beside one another."""

from dataclasses import dataclass
from typing import Any

from branches.permissions import Scope
from members.models import Correction
from members.models.correction import CorrectionQuerySet
from members.rules.corrections import CORRECTABLE, DAYS
from partybuild.lib.crypto import mask_id_number, mask_phone
from partybuild.lib.dates import day_text


@dataclass(frozen=True)
class CorrectionLine:
    """A request with what the roster says and what the member says; numbers masked."""

    correction: Correction
    label: str
    now: str
    wanted: str


def corrections(scope: Scope, *, state: str = "") -> CorrectionQuerySet:
    """Those that the scope answers, the oldest that waits first."""
    found = Correction.objects.visible_to(scope).select_related("member", "organization", "answered_by")
    found = found.filter(state=state) if state else found
    return found.order_by("answered_at", "asked_at", "pk") if state == "pending" else found.order_by("-asked_at", "-pk")


def lines(rows: list[Correction]) -> list[CorrectionLine]:
    """For the page."""
    return [CorrectionLine(row, CORRECTABLE.get(row.field, row.field), _now(row), _wanted(row)) for row in rows]


def waiting_corrections(scope: Scope) -> int:
    """How many wait for an answer."""
    return Correction.objects.visible_to(scope).pending().count()


def _now(row: Correction) -> str:
    value: Any = getattr(row.member, row.field, "")
    if row.field in DAYS:
        return day_text(value) if value else ""
    return _masked(row.field, value or "")


def _wanted(row: Correction) -> str:
    return _masked(row.field, row.wanted)


def _masked(field: str, value: str) -> str:
    if field == "id_number":
        return mask_id_number(value)
    return mask_phone(value) if field in {"phone", "landline"} else value
