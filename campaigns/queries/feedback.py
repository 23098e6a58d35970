"""What people have said of the burden: the queue of those who answer, one's own, and the export."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from branches.permissions import Permission, Scope
from campaigns.models import Feedback
from partybuild.lib.dates import day_text

NAMELESS = "（未显示姓名）"


def feedback_list(scope: Scope, filters: Mapping[str, Any]) -> QuerySet[Feedback]:
    """What the scope may read, what waits first, then the newest."""
    found = Feedback.objects.visible_to(scope).select_related("organization", "author", "campaign", "answered_by")
    for name in ("state", "kind"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    if words := filters.get("q"):
        found = found.filter(Q(text__icontains=words) | Q(organization__name__icontains=words))
    return found.order_by("answered_at", "-said_at", "-pk")


def waiting_feedback(scope: Scope) -> int:
    """How much waits for an answer under this post; one's own is answered by others."""
    held = Feedback.objects.visible_to(scope, Permission.ANSWER_FEEDBACK).waiting()
    return held.exclude(author=scope.user_id).count() if scope.holds(Permission.ANSWER_FEEDBACK) else 0


def author_shown(feedback: Feedback, scope: Scope) -> str:
    """The name of who said it, unless he did not want it shown."""
    if feedback.is_nameless and feedback.author_id != scope.user_id:
        return NAMELESS
    return feedback.author.name


def export_rows(rows: Iterable[Feedback], scope: Scope) -> Iterator[list[object]]:
    """The cells of the workbook."""
    for row in rows:
        yield [
            row.organization.name, author_shown(row, scope), row.get_kind_display(), row.text, row.page,
            row.campaign.name if row.campaign else "", row.minutes, day_text(row.said_at.date()),
            row.get_state_display(), row.answer,
        ]  # fmt: skip
