"""Who is let near restricted records: no role is enough, the post in use must be named for the kind."""

from django.core.exceptions import PermissionDenied

from branches.views.access import Request
from members.enums import RestrictedKind
from members.models.restricted import RECORD_KINDS
from members.queries.restricted import kinds_held


def held_or_403(request: Request, *kinds: str) -> frozenset[RestrictedKind]:
    """The kinds for which the post in use is named; stop unless one of these is among them (any kind of record)."""
    held = kinds_held(request.scope)
    if not held & set(kinds or RECORD_KINDS):
        raise PermissionDenied
    return held
