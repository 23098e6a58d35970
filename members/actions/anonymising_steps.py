"""The members floor's step of anonymising; composed in ``desk.actions.anonymising``."""

from collections.abc import Mapping
from datetime import date

from django.apps import apps
from django.db import transaction

from members.models import Member
from members.rules.anonymising import CLEARED, Cleared
from office.actions.files import forget_file

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
    clear_texts(member=member, tables=CLEARED)
    return member


@transaction.atomic
def clear_texts(*, member: Member, tables: Mapping[str, Cleared]) -> None:
    """Blank or replace the texts of these tables in the rows about the member, and take away the files."""
    for label, what in tables.items():
        rows = apps.get_model(label)._default_manager.filter(**{what.path: member})
        if what.files:
            _remove_files(rows)
        if what.blank:
            rows.update(**dict.fromkeys(what.blank, ""))
        for field in what.hidden:
            rows.exclude(**{field: ""}).exclude(**{f"{field}__isnull": True}).update(**{field: HIDDEN})


def _remove_files(rows: "object") -> None:
    """The rows with their files; what somebody else's row names too stays in the store for that one."""
    for row in rows.select_related("file"):  # type: ignore[attr-defined]
        row.delete()
        if row.file is not None:
            forget_file(file=row.file)
