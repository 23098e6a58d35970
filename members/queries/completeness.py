"""Which basic data of members are missing, by the rule table: as a filter, per member and per organisation."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from members.models import Member
from members.models.member import full_filter
from members.rules.completeness import LABELS, missing_fields
from office.queries.rules import rule_table

_DAYS = frozenset({"born_on", "work_started_on", "joined_on", "converted_on"})


def asked_fields(on: date) -> list[str]:
    """The fields that the rule table asks of every member."""
    wanted = set(rule_table(on).list("member.required_fields"))
    return [field for field, label in LABELS.items() if label in wanted]


def lacks(field: str, on: date, prefix: str = "") -> Q:
    """Members without this field."""
    empty = {f"{prefix}{field}__isnull": True} if field in _DAYS else {f"{prefix}{field}": ""}
    if field == "converted_on":
        return Q(**empty) & full_filter(on, prefix)
    return Q(**empty)


def incomplete(on: date, prefix: str = "", fields: Collection[str] | None = None) -> Q:
    """Members who lack any of the fields."""
    parts = [lacks(field, on, prefix) for field in (asked_fields(on) if fields is None else fields)]
    return reduce(or_, parts) if parts else Q(pk__isnull=True)


def missing_of(member: Member, asked: Iterable[str], on: date) -> list[str]:
    """The fields that this member lacks."""
    filled = {field: bool(getattr(member, field)) for field in LABELS}
    return missing_fields(filled, list(asked), kind=member.kind_on(on), converted_on=member.converted_on)
