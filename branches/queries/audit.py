"""Reading the audit trail: the history of one thing, and the auditor's list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, Q, QuerySet

from branches.enums import AuditResult
from branches.models import AuditEntry, User
from branches.permissions import Permission, Scope
from branches.queries.accounts import names_of
from partybuild.lib import clock

SYSTEM = "系统"


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
    since: date | None = None,
    until: date | None = None,
    who: str = "",
    verb: str = "",
    result: str = "",
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
    if who:
        entries = entries.filter(user_id__in=_people(who))
    if verb:
        entries = entries.filter(verb__icontains=verb)
    if result:
        entries = entries.filter(result=result)
    return entries.order_by("-at", "-id")


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
    name = SYSTEM if entry.user_id is None else names.get(entry.user_id, "")
    return f"{name}（代 {names.get(entry.acting_for_id, '')}）" if entry.acting_for_id is not None else name


def _people(text: str) -> Iterable[int]:
    return User.objects.filter(Q(name__icontains=text) | Q(login__icontains=text)).values_list("pk", flat=True)[:1000]
