"""What changed about a member, with the day from which it holds: fields, marks, places, offices in one line of time."""

from dataclasses import dataclass
from datetime import date

from branches.queries.accounts import names_of
from members.models import Member
from members.models.change import PRIVATE_FIELDS
from members.rules.corrections import CORRECTABLE
from partybuild.lib.dates import day_text

_NAMES = {
    **CORRECTABLE, "sex": "性别", "kind": "人员类别", "remark": "备注", "group": "党小组", "standing": "标识",
    "anonymised": "隐去个人信息",
}  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """One change: from which day on, what, from what to what, by whom."""

    on: date
    what: str
    before: str = ""
    after: str = ""
    who: str = ""
    is_private: bool = False


def timeline_of(member: Member, limit: int = 100) -> list[Moment]:
    """The newest first; four queries."""
    changes = list(member.changes.all()[:limit])
    names = names_of({change.by_id for change in changes if change.by_id is not None})
    found = [
        Moment(
            change.effective_on, _NAMES.get(change.field, change.field), change.before, change.after,
            names.get(change.by_id or 0, ""), change.field in PRIVATE_FIELDS,
        )
        for change in changes
    ]  # fmt: skip
    for place in member.memberships.select_related("organization"):
        found.append(Moment(place.starts_on, "编入党支部", after=str(place.organization)))
        if place.ends_on:
            found.append(Moment(place.ends_on, "移出党支部", before=str(place.organization)))
    for office in member.offices.select_related("organization"):
        where = f"{office.organization} {office.label}"
        found.append(Moment(office.starts_on, "任职", after=where))
        if office.ends_on:
            found.append(Moment(office.ends_on, "离任", before=where))
    return sorted(found, key=lambda moment: moment.on, reverse=True)[:limit]


def change_lines(member: Member) -> list[list[object]]:
    """The rows of the extract."""
    return [[day_text(one.on), one.what, one.before, one.after, one.who] for one in timeline_of(member, limit=10_000)]
