"""What filed texts and attached pictures look like, kept so that like ones are found at any number."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from campaigns.models import Activity, Answer, Attachment, Fingerprint
from campaigns.queries.likeness import text_of
from campaigns.rules import likeness as rules
from office.models import StoredFile
from partybuild.lib import clock
from partybuild.lib.uploads.pictures import look_of

_CHUNK = 500


def keep_text(record: Activity | Answer) -> bool:
    """Keep what the text of a record looks like; False for a text too short to be compared, which leaves nothing."""
    owner = {"activity": record} if isinstance(record, Activity) else {"answer": record}
    keys = rules.text_keys(text_of(record))
    if keys:
        Fingerprint.objects.update_or_create(**owner, defaults={"bands": keys})
    else:
        Fingerprint.objects.filter(**owner).delete()
    return bool(keys)


def look(file: StoredFile) -> dict[str, object]:
    """The two fields of an attachment that say what an image looks like; none for other files.

    A file that is attached already has been looked at.
    """
    if not file.is_image:
        return {}
    known = Attachment.objects.filter(file=file, picture__isnull=False).values_list("picture", "picture_bands").first()
    if known is not None:
        return {"picture": known[0], "picture_bands": known[1]}
    bits = look_of(file.sha256)
    if bits is None:
        return {}
    return {"picture": rules.picture_value(bits), "picture_bands": rules.picture_keys(bits)}


def keep_missing(since: date | None = None) -> tuple[int, int]:
    """Look at texts (filed from a day on) and pictures that came in without being looked at; how many there were.

    Safe to be run again and again; what is too short or cannot be looked at is not counted.
    """
    texts = 0
    for records in _batched(_without_text(since), _CHUNK):
        rows = [_fingerprint(record, keys) for record in records if (keys := rules.text_keys(text_of(record)))]
        texts += len(Fingerprint.objects.bulk_create(rows, ignore_conflicts=True))
    pictures = 0
    images = Attachment.objects.filter(picture__isnull=True, file__content_type__startswith="image/")
    for attachment in images.select_related("file").order_by("pk").iterator(chunk_size=_CHUNK):
        found = look(attachment.file)
        if found:
            pictures += Attachment.objects.filter(pk=attachment.pk).update(**found)
    return texts, pictures


def _batched(records: Iterable[Activity | Answer], size: int) -> Iterator[list[Activity | Answer]]:
    rest = iter(records)
    while chunk := list(islice(rest, size)):
        yield chunk


def _fingerprint(record: Activity | Answer, keys: list[int]) -> Fingerprint:
    return (
        Fingerprint(activity=record, bands=keys)
        if isinstance(record, Activity)
        else Fingerprint(answer=record, bands=keys)
    )


def _without_text(since: date | None) -> Iterator[Activity | Answer]:
    filed = {"filed_at__gte": clock.start_of_day(since)} if since else {}
    activities = Activity.objects.counting().filter(fingerprint=None, **filed).exclude(minutes="").order_by("pk")
    yield from activities.iterator(chunk_size=_CHUNK)
    answers = Answer.objects.filter(fingerprint=None, version__gt=0, **filed).exclude(note="").order_by("pk")
    yield from answers.prefetch_related("marks").iterator(chunk_size=_CHUNK)
