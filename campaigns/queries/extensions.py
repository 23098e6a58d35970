"""Requests for more time: the list, and what waits for an answer."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from branches.permissions import Permission, Scope
from campaigns.models import Extension
from campaigns.rules.extensions import ExtensionState


def extension_list(scope: Scope, filters: Mapping[str, Any]) -> QuerySet[Extension]:
    """Requests that the scope reaches, the waiting ones first, then the newest."""
    found = Extension.objects.visible_to(scope).select_related(
        "assignment__target", "assignment__organization", "assignment__campaign", "asked_by", "answered_by"
    )
    if filters.get("state"):
        found = found.filter(state=filters["state"])
    if words := filters.get("q"):
        found = found.filter(
            Q(assignment__organization__name__icontains=words) | Q(assignment__target__title__icontains=words)
        )
    return found.order_by("answered_at", "-asked_at", "-pk")


def to_answer(scope: Scope) -> QuerySet[Extension]:
    """Those that wait for this post: of organisations below, not of the own one except at the top of a tree."""
    waiting = Extension.objects.visible_to(scope, Permission.DISPATCH).waiting()
    if scope.grant is None or not scope.grant.path.count("/") > 1:
        return waiting
    return waiting.exclude(assignment__organization=scope.grant.organization_id)


def waiting_extensions(scope: Scope) -> int:
    """How many requests wait for an answer under this post."""
    return to_answer(scope).count()


WAITING_QUERY = f"?state={ExtensionState.ASKED.value}"
