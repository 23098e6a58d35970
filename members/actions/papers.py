"""Papers that speak of a person: they lie encrypted on the disk, and go with what they belong to (row 41, O10)."""

from datetime import date
from typing import Any

from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor
from members.models import DevelopmentPaper, DutyProof, RecordPaper
from office.actions.files import forget_file, sealed_copy

SEALED: tuple[Any, ...] = (RecordPaper, DutyProof, DevelopmentPaper)
"""The registers whose files are kept encrypted."""


def papers_lying_open() -> int:
    """How many papers of these registers lie as they are, from the time before they were encrypted."""
    return sum(model.objects.filter(file__is_sealed=False).count() for model in SEALED)


def seal_papers(*, by: Actor, on: date) -> int:
    """Encrypt the papers that lie open; how many. Safe to repeat, called once a day.

    Each in a transaction of its own. A file that something else names too stays there for that.
    """
    count = sum(_seal(model, pk) for model in SEALED for pk in _lying_open(model))
    if count:
        audit.record(by=by, verb="加密存放材料", detail={"count": count, "note": f"共 {count} 份"})
    return count


def forget_papers(rows: Any) -> int:
    """Delete these papers with their files, within the caller's transaction; how many."""
    papers = list(rows.select_related("file"))
    for paper in papers:
        paper.delete()
        if paper.file is not None:
            forget_file(file=paper.file)
    return len(papers)


def _lying_open(model: Any) -> list[int]:
    return list(model.objects.filter(file__is_sealed=False).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _seal(model: Any, pk: int) -> int:
    """One paper; 0 where it is gone, encrypted meanwhile, or its bytes are missing."""
    paper = model.objects.select_for_update(of=["self"]).filter(pk=pk).select_related("file").first()
    if paper is None or paper.file is None or paper.file.is_sealed:
        return 0
    lying_open = paper.file
    try:
        paper.file = sealed_copy(file=lying_open)
    except FileNotFoundError:
        return 0
    paper.save(update_fields=["file"])
    forget_file(file=lying_open)
    return 1
