"""Telling people what they should know, each occasion once."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from branches.permissions import Actor
from office.models import Notice
from partybuild.lib import clock

_LONGEST_TEXT = 255


@transaction.atomic
def tell(*, people: Iterable[int], key: str, text: str, url: str = "", due_on: date | None = None) -> int:
    """One notice to each of these users (ids); who has been told under this key is not told again. How many were new.

    ``key`` is the thing and the occasion, for instance ``term:12:3m``; ``text`` says what happened and what to do.
    """
    now = clock.now()
    rows = [
        Notice(user_id=user, key=key, text=text[:_LONGEST_TEXT], url=url, due_on=due_on, told_at=now)
        for user in sorted(set(people))
    ]
    known = set(Notice.objects.filter(key=key, user__in=[row.user_id for row in rows]).values_list("user", flat=True))
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return sum(row.user_id not in known for row in rows)


@transaction.atomic
def read_notices(*, by: Actor, pks: Iterable[int] | None = None) -> int:
    """Mark one's own notices as read, all of them without ``pks``; how many were not before. Leaves no audit row."""
    mine = Notice.objects.of(by.user_id).unread()
    if pks is not None:
        mine = mine.filter(pk__in=pks)
    return mine.update(read_at=clock.now())
