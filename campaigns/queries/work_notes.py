"""The history of a row of special work."""

from django.db.models import Model, QuerySet

from campaigns.models import WorkNote


def notes_of(about: Model) -> "QuerySet[WorkNote]":
    """What was done, the newest first, with files; two queries."""
    notes: QuerySet[WorkNote] = about.notes.all()  # type: ignore[attr-defined]
    return notes.select_related("by", "place").prefetch_related("files").order_by("-at", "-pk")
