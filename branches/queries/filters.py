"""What the filters of lists have in common: words, part of the tree, and values that are equal."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from branches.models import Organization
from branches.permissions import Scope

Found = TypeVar("Found", bound=QuerySet[Any])


def narrowed(
    rows: Found,
    *,
    q: str = "",
    words_in: Sequence[str] = (),
    organization: Organization | None = None,
    at: str = "organization",
    own: Scope | None = None,
    **wanted: object,
) -> Found:
    """The rows with the words in one of these fields, at the organisation or below it, and equal in what is wanted.

    What is empty asks for nothing. ``at`` is the organisation's field; ``wanted`` are lookups, as ``held_on__year``.
    With ``own`` what lies below is left out: the rows are the organisation's, or those of the one whose post is in use.
    """
    if q := q.strip():
        rows = rows.filter(Q(*((f"{field}__icontains", q) for field in words_in), _connector=Q.OR))
    if own:
        rows = rows.filter(**{at: organization or (own.grant and own.grant.organization_id)})
    elif organization:
        rows = rows.filter(**{f"{at}__path__startswith": organization.path})
    return rows.filter(**{lookup: value for lookup, value in wanted.items() if value})
