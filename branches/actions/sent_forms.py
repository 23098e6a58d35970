"""A form counts once, however often it is sent: kept with what it does, in one transaction."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import connection, transaction

from branches.models import SentForm
from branches.permissions import Actor
from partybuild.lib import clock

Answer = TypeVar("Answer")

KEPT = timedelta(hours=1)
"""How long a second sending is known; after that the same form may be sent anew."""

# Whoever sends the same form at the same time waits here until the first has done; a row that is too old is taken over.
_CLAIM = """
INSERT INTO branches_sentform AS sent (user_id, digest, location, sent_at)
VALUES (%(user)s, %(digest)s, '', %(now)s)
    ON CONFLICT (user_id, digest) DO UPDATE SET location = '', sent_at = excluded.sent_at
 WHERE sent.sent_at < %(too_old)s
RETURNING id
"""


@transaction.atomic
def send_once(
    *, by: Actor, digest: str, send: Callable[[], Answer], leads_to: Callable[[Answer], str]
) -> tuple[Answer | None, str]:
    """Do what a form asks for, unless it was done already: the answer, or None and where the first sending led.

    ``leads_to`` says where an answer leads; one that leads nowhere has done nothing and may be sent again.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"user": by.user_id, "digest": digest, "now": now, "too_old": now - KEPT})
        claimed = cursor.fetchone()
    if claimed is None:
        return None, SentForm.objects.get(user=by.user_id, digest=digest).location
    answer = send()
    mine = SentForm.objects.filter(pk=claimed[0])
    if location := leads_to(answer):
        mine.update(location=location)
    else:
        mine.delete()
    return answer, location


def forget_sent_forms(*, by: Actor) -> int:
    """Take away what is too old to be sent twice; how many."""
    count, _ = SentForm.objects.filter(sent_at__lt=clock.now() - KEPT).delete()
    return count
