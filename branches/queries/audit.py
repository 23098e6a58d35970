"""Reading the audit trail: the history of one thing, and the auditor's list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from branches.enums import AuditResult, Channel
from branches.models import AuditEntry, Organization, User
from branches.permissions import Permission, Scope
from branches.queries.accounts import names_of
from partybuild.lib import clock
from partybuild.lib.keyset import KeysetPage, keyset_page

SYSTEM = "系统"
STRANGER = "未登录人员"
_STRETCH = 2000


@dataclass(frozen=True)
class HistoryItem:
    """One line of 操作记录."""

    at: datetime
    who: str
    what: str
    note: str = ""


def history_of(obj: Model, limit: int = 20) -> list[HistoryItem]:
    """What was done to one thing, the newest first; two queries."""
    entries = AuditEntry.objects.filter(object_type=obj._meta.label, object_id=obj.pk).order_by("-id")[:limit]
    return _items(list(entries))


def entries_for(
    scope: Scope,
    *,
    q: str = "",
    since: date | None = None,
    until: date | None = None,
    who: str = "",
    organization: Organization | None = None,
    verb: str = "",
    about: str = "",
    result: str = "",
    channel: str = "",
    acting: bool = False,
) -> QuerySet[AuditEntry]:
    """The trail as far as the scope reaches; what belongs to no organisation is seen from the top of a tree."""
    prefix = scope.prefix(Permission.VIEW_AUDIT)
    if prefix is None:
        return AuditEntry.objects.none()
    path, _ = prefix
    within = Q(organization_path__startswith=path)
    entries = AuditEntry.objects.filter(within | Q(organization_path="") if path.count("/") == 1 else within)
    if since:
        entries = entries.filter(at__gte=clock.start_of_day(since))
    if until:
        entries = entries.filter(at__lte=clock.end_of_day(until))
    if organization:
        entries = entries.filter(organization_path__startswith=organization.path)
    if acting:
        entries = entries.filter(acting_for_id__isnull=False)
    if q:
        entries = entries.filter(_words(q))
    if who:
        people = list(_people(who))
        entries = entries.filter(Q(user_id__in=people) | Q(acting_for_id__in=people))
    words = {"verb__icontains": verb, "object_label__icontains": about, "result": result, "channel": channel}
    return entries.filter(**{field: text for field, text in words.items() if text}).order_by("-at", "-id")


def page_of_entries(entries: QuerySet[AuditEntry], after: str, before: str) -> tuple[KeysetPage, list[AuditEntry]]:
    """One page by its key, with the entries on it; three queries."""
    page = keyset_page(entries, ["pk"], day="at", descending=True, after=after, before=before)
    found = AuditEntry.objects.in_bulk([row["pk"] for row in page.rows])
    return page, [found[row["pk"]] for row in page.rows]


def export_rows(entries: QuerySet[AuditEntry], most: int) -> Iterator[list[Any]]:
    """Rows of the workbook, the newest first; names are looked up a stretch at a time."""
    places = dict(Organization.objects.values_list("pk", "name"))
    for start in range(0, most, _STRETCH):
        found = list(entries[start : min(start + _STRETCH, most)])
        for entry, name in with_names(found):
            place = places.get(entry.organization_id or 0, "")
            result, channel = AuditResult(entry.result).label, Channel(entry.channel).label
            yield [
                clock.in_zone(entry.at), name, entry.verb, entry.object_label, place, result, channel, entry.address,
                str(entry.detail.get("note", "")), entry.pk,
            ]  # fmt: skip
        if len(found) < _STRETCH:
            return


def places_of(entries: Sequence[AuditEntry]) -> dict[int, str]:
    """Organisation id → name; one query."""
    ids = {entry.organization_id for entry in entries if entry.organization_id is not None}
    found = Organization.objects.filter(pk__in=ids)
    return {one.pk: one.label for one in found}


def with_names(entries: Sequence[AuditEntry]) -> list[tuple[AuditEntry, str]]:
    """Entries with the name of the person, and of the one he acted for: 李敏（代 王立）; one query."""
    ids = {pk for entry in entries for pk in (entry.user_id, entry.acting_for_id) if pk is not None}
    names = names_of(ids)
    return [(entry, _name(entry, names)) for entry in entries]


def _items(entries: Sequence[AuditEntry]) -> list[HistoryItem]:
    return [
        HistoryItem(
            at=clock.in_zone(entry.at),
            who=name,
            what=entry.verb if entry.result == AuditResult.DONE else f"{entry.verb}（未成功）",
            note=str(entry.detail.get("note", "")),
        )
        for entry, name in with_names(entries)
    ]


def _name(entry: AuditEntry, names: dict[int, str]) -> str:
    nobody = STRANGER if entry.channel == Channel.WEB else SYSTEM
    name = nobody if entry.user_id is None else names.get(entry.user_id, "")
    return f"{name}（代 {names.get(entry.acting_for_id, '')}）" if entry.acting_for_id is not None else name


def _words(text: str) -> Q:
    """What mentions the text: the deed, its object, the note, the one who did it or for whom it was done."""
    people = list(_people(text))
    written = Q(verb__icontains=text) | Q(object_label__icontains=text) | Q(detail__note__icontains=text)
    return written | Q(user_id__in=people) | Q(acting_for_id__in=people)


def _people(text: str) -> Iterable[int]:
    return User.objects.filter(Q(name__icontains=text) | Q(login__icontains=text)).values_list("pk", flat=True)[:1000]
