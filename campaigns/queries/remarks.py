"""Remarks of reviewers, on a record as a whole and on its single items."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.enums import ActivityStatus, Decision
from campaigns.models import Activity, Answer, Review
from campaigns.rules.differences import LABELS

_OF_ACTIVITY = ("title", "held_on", "place", "hours", "host", "parts", "attendance", "minutes", "attachments")
_OF_ANSWER = ("amount", "note", "attachments")


@dataclass(frozen=True)
class Remark:
    """One item of a record with what a reviewer says of it."""

    code: str
    label: str
    text: str = ""


@dataclass(frozen=True)
class Told:
    """A decision with its remarks in words."""

    review: Review
    remarks: tuple[Remark, ...]


def items_of(record: Activity | Answer) -> list[Remark]:
    """What a reviewer may remark on: the parts of the record, its checklist, each of its files."""
    if isinstance(record, Activity):
        found = [Remark(code, LABELS[code]) for code in _OF_ACTIVITY]
    else:
        marks = enumerate(record.marks.select_related("item"))
        found = [Remark(f"item-{mark.item_id}" if mark.item_id else f"own-{place}", str(mark)) for place, mark in marks]
        found += [Remark(code, LABELS[code]) for code in _OF_ANSWER]
    return [*found, *(Remark(f"file-{each.pk}", f"附件“{each.name}”") for each in record.attachments.all())]


def last_return(record: Activity | Answer) -> Told | None:
    """Why a record that lies with its organisation was sent back."""
    if record.status != ActivityStatus.RETURNED:
        return None
    review = record.reviews.filter(decision=Decision.RETURN).select_related("reviewer").order_by("pk").last()
    return told(review, record) if review else None


def told(review: Review, record: Activity | Answer) -> Told:
    """A decision with the names of the items that it remarks on; what is gone since keeps its remark."""
    labels = {item.code: item.label for item in items_of(record)}
    items = review.items.items()
    return Told(review, tuple(Remark(code, labels.get(code, "已移除的内容"), text) for code, text in items))


def all_told(record: Activity | Answer) -> list[Told]:
    """All decisions on a record, the latest first."""
    reviews: Iterable[Review] = record.reviews.select_related("reviewer", "organization").order_by("-pk")
    return [told(review, record) for review in reviews]
