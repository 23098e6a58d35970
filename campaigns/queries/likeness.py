"""Records that look like a given one, by picture or by text: found by keys, then compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from branches.permissions import Permission, Scope
from campaigns.models import Activity, Answer, Attachment, Fingerprint
from campaigns.rules import likeness as rules
from campaigns.rules.activities import COUNTING
from campaigns.rules.differences import Piece, compare
from office.rules.table import RuleTable

Record = Activity | Answer

_CANDIDATES, _COMPARED, _SHOWN = 200, 8, 3
_PICTURES = 2_000
_LONGEST_SHOWN = 4_000


@dataclass(frozen=True)
class LikeText:
    """Another record whose text is like this one's, by how many per cent."""

    record: Record
    percent: int


@dataclass(frozen=True)
class LikePicture:
    """A picture of this record, and one of another record that looks like it."""

    mine: Attachment
    other: Attachment


@dataclass(frozen=True)
class Likeness:
    """Everything that looks like one record."""

    texts: Sequence[LikeText] = ()
    pictures: Sequence[LikePicture] = ()


def text_of(record: Record) -> str:
    """What a record says in words."""
    if isinstance(record, Activity):
        return record.minutes
    own = (f"{mark.text}{mark.note}" for mark in record.marks.all())
    return "\n".join([record.note, *own])


def likeness_of(record: Record, table: RuleTable, text: str | None = None) -> Likeness:
    """What looks like the record, the most alike first; ``text`` where it is not saved yet. At most five queries."""
    return Likeness(
        _like_texts(record, text_of(record) if text is None else text, table.int("review.like_text_percent")),
        _like_pictures(record, table.int("review.like_picture_bits")),
    )


def alike(record: Record, found: Likeness) -> rules.Alike:
    """The same in words that may be told to everybody who sees the record: others stay unnamed."""
    texts = [each.record for each in found.texts]
    pictures = list(dict.fromkeys(each.other.record for each in found.pictures))
    return rules.Alike(
        own_texts=_names(record, texts),
        other_texts=sum(not _is_own(record, each) for each in texts),
        own_pictures=_names(record, pictures),
        other_pictures=sum(not _is_own(record, each) for each in pictures),
    )


def _is_own(record: Record, other: Record) -> bool:
    return record.organization.pk == other.organization.pk


def _names(record: Record, others: Iterable[Record]) -> tuple[str, ...]:
    return tuple(name_of(each) for each in others if _is_own(record, each))[:_SHOWN]


def name_of(record: Record) -> str:
    """Which record of its organisation it is."""
    if isinstance(record, Activity):
        return f"{record.held_on.month}月{record.held_on.day}日“{record}”"
    return f"“{record.assignment.target.title}”的填报"


def _like_texts(record: Record, text: str, percent: int) -> list[LikeText]:
    keys, mine = rules.text_keys(text), rules.stretches(text)
    if not keys:
        return []
    owner = "activity" if isinstance(record, Activity) else "answer"
    found = Fingerprint.objects.filter(_counts(owner), bands__overlap=keys).exclude(_family(record))
    rows = list(found.values_list(f"{owner}_id", "bands")[:_CANDIDATES])
    nearest = sorted(rows, key=lambda row: -len({*row[1]} & {*keys}))[:_COMPARED]
    others = _records(type(record)).in_bulk([pk for pk, _ in nearest])
    texts = [LikeText(each, rules.share(mine, rules.stretches(text_of(each)))) for each in others.values()]
    return sorted((each for each in texts if each.percent >= percent), key=lambda each: -each.percent)[:_SHOWN]


def _like_pictures(record: Record, bits: int) -> list[LikePicture]:
    mine = [each for each in record.attachments.select_related("file") if each.picture is not None] if record.pk else []
    if not mine:
        return []
    keys = list({key for each in mine for key in each.picture_bands})
    found = (
        Attachment.objects.filter(_counts("activity") | _counts("answer"), picture_bands__overlap=keys)
        .exclude(_family(record))
        .order_by("-pk")
        .values_list("pk", "picture")[:_PICTURES]
    )
    pairs = [(rules.distance(one.picture or 0, picture or 0), pk, one) for pk, picture in found for one in mine]
    near = sorted((pair for pair in pairs if pair[0] <= bits), key=lambda pair: pair[0])[:_SHOWN]
    others = _pictures_of([pk for _, pk, _ in near])
    return [LikePicture(one, others[pk]) for _, pk, one in near]


def _pictures_of(ids: list[int]) -> dict[int, Attachment]:
    """Attachments with the records that they belong to; no query for none."""
    rows = Attachment.objects.select_related(
        "file", "activity__organization", "answer__assignment__organization", "answer__assignment__target"
    )
    return rows.in_bulk(ids) if ids else {}


def _records(model: Any) -> QuerySet[Any]:
    if model is Activity:
        return Activity.objects.select_related("organization")
    return Answer.objects.select_related("assignment__organization", "assignment__target").prefetch_related("marks")


def _counts(owner: str) -> Q:
    return Q(**{f"{owner}__status__in": COUNTING})


def _family(record: Record) -> Q:
    """The record itself, and for a correction the record that it belongs to."""
    family = [pk for pk in (record.pk, record.corrects_id) if pk is not None]
    if isinstance(record, Answer):
        return Q(answer__isnull=False, answer__in=family)
    return Q(activity__isnull=False, activity__in=family)


# For the reviewer ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Twin:
    """Something that looks alike, with both places; of one out of reach there is no name, address or content."""

    other: Record | None
    name: str
    percent: int = 0
    pieces: tuple[Piece, ...] = ()
    mine: Attachment | None = None
    picture: Attachment | None = None

    @property
    def activity_id(self) -> int | None:
        """The activity that may be opened."""
        return self.other.pk if isinstance(self.other, Activity) else None

    @property
    def assignment_id(self) -> int | None:
        """The assignment whose answer may be opened."""
        return self.other.assignment_id if isinstance(self.other, Answer) else None


UNNAMED = "另一党组织的记录"


def twins_of(scope: Scope, record: Record, found: Likeness) -> list[Twin]:
    """What looks alike, for one who has this scope; two queries."""
    others = [*(each.record for each in found.texts), *(each.other.record for each in found.pictures)]
    readable = _readable(scope, others)
    twins = [_text_twin(record, each, readable) for each in found.texts]
    return twins + [_picture_twin(each, readable) for each in found.pictures]


def _readable(scope: Scope, records: Sequence[Record]) -> set[Record]:
    activities = [each.pk for each in records if isinstance(each, Activity)]
    answers = [each.pk for each in records if isinstance(each, Answer)]
    seen: set[Record] = set()
    if activities:
        seen |= set(Activity.objects.visible_to(scope, Permission.VIEW_RECORD).filter(pk__in=activities))
    if answers:
        seen |= set(Answer.objects.visible_to(scope).filter(pk__in=answers))
    return seen


def _named(record: Record) -> str:
    return f"{record.organization.label}{name_of(record)}"


def _text_twin(record: Record, found: LikeText, readable: set[Record]) -> Twin:
    if found.record not in readable:
        return Twin(None, UNNAMED, found.percent)
    before, after = text_of(found.record), text_of(record)
    is_short = max(len(before), len(after)) <= _LONGEST_SHOWN
    pieces = tuple(compare(before, after)) if is_short else ()
    return Twin(found.record, _named(found.record), found.percent, pieces)


def _picture_twin(found: LikePicture, readable: set[Record]) -> Twin:
    other = found.other.record
    if other not in readable:
        return Twin(None, UNNAMED, mine=found.mine)
    return Twin(other, _named(other), mine=found.mine, picture=found.other)
