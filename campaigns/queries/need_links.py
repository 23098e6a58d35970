"""The need to which a link for the asker belongs."""

from datetime import date

from campaigns.models import Need
from campaigns.rules.needs import NeedState
from partybuild.lib.crypto import keyed_hash


def hash_of_link(token: str) -> str:
    """Under what a link is kept: who reads the table cannot make the link of it."""
    return keyed_hash(f"need-rating:{token}")


def need_of_link(token: str, on: date, *, lock: bool = False) -> Need | None:
    """The need that the asker may still rate by this link on this day; None of an unknown, used or old one."""
    rows = Need.objects.select_for_update(of=("self",)) if lock else Need.objects.all()
    found = rows.filter(rating_hash=hash_of_link(token), rating_until__gte=on, state=NeedState.DONE)
    return found.select_related("organization", "owner").first()
