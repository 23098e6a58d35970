"""The members floor's step of anonymising; composed in ``desk.actions.anonymising``."""

from datetime import date

from django.db import transaction

from members.models import Correction, Member, MemberChange, SearchNote, Standing

HIDDEN = "已匿名"
_CLEARED = ("native_place", "id_number", "phone", "landline", "address", "job", "remark", "initials")


@transaction.atomic
def anonymise_rows(*, member: Member, on: date) -> Member:
    """Name, numbers, hashes, addresses and texts about the person go; sex, education, dates in the party stay."""
    member.name, member.born_on, member.anonymised_on = HIDDEN, None, on
    member.id_number_hash = member.phone_hash = None
    for field in _CLEARED:
        setattr(member, field, "")
    member.save()
    MemberChange.objects.filter(member=member).update(before="", after="")
    Correction.objects.filter(member=member).update(wanted="", reason="")
    SearchNote.objects.filter(standing__member=member).update(result=HIDDEN)
    standings = Standing.objects.filter(member=member)
    standings.update(reason="")
    standings.exclude(place="").update(place=HIDDEN)
    return member
