"""Restricted records as their custodians list them. Whoever reads a list leaves a trace: see the actions."""

from collections.abc import Iterable, Iterator
from datetime import date

from branches.models import Organization
from branches.permissions import Scope
from members.enums import RestrictedKind
from members.models import Custodian, Duty, RestrictedRecord
from members.models.restricted import RECORD_KINDS, RestrictedRecordQuerySet
from members.rules.registers import Figures
from partybuild.lib import clock


def kinds_held(scope: Scope) -> frozenset[RestrictedKind]:
    """The kinds for which the post in use is named today; at most one query."""
    if scope.grant is None:
        return frozenset()
    return frozenset(RestrictedKind(kind) for kind in Custodian.objects.of(scope).values_list("kind", flat=True))


def records_for(
    scope: Scope,
    *,
    kind: str = "",
    organization: Organization | None = None,
    q: str = "",
    since: date | None = None,
    until: date | None = None,
    kept: str = "",
    member: int | None = None,
) -> RestrictedRecordQuerySet:
    """The records that the scope sees, the latest first; ``kept`` is ``kept`` or ``destroyed``."""
    found = RestrictedRecord.objects.visible_to(scope)
    if kind:
        found = found.filter(kind=kind)
    if organization:
        found = found.filter(organization__path__startswith=organization.path)
    if q:
        found = found.filter(member__name__icontains=q.strip())
    if member:
        found = found.filter(member=member)
    if since:
        found = found.filter(happened_on__gte=since)
    if until:
        found = found.filter(happened_on__lte=until)
    if kept:
        found = found.filter(destroyed_at__isnull=kept == "kept")
    return found.select_related("member", "organization").defer("content", "basis", "measure")


def export_rows(records: Iterable[RestrictedRecord]) -> Iterator[list[object]]:
    """Rows of the workbook: what the list shows, never the text."""
    for number, record in enumerate(records, 1):
        yield [
            number, record.get_kind_display(), record.member.name if record.member else "已按期销毁",
            record.organization.name, record.happened_on, record.get_form_display() or record.get_sanction_display(),
            record.effective_on, record.impact_until, record.keep_until,
        ]  # fmt: skip


def restricted_figures(scope: Scope) -> Figures | None:
    """For the hub: only whoever is named for a kind learns that there is anything."""
    if not kinds_held(scope) & set(RECORD_KINDS):
        return None
    return Figures(RestrictedRecord.objects.visible_to(scope).kept().count())


def discipline_figures(scope: Scope) -> Figures | None:
    """违纪处理 (O04): sanctions kept; those after which the talk is still due count as missing."""
    if RestrictedKind.DISCIPLINE not in kinds_held(scope):
        return None
    kept = records_for(scope, kind=RestrictedKind.DISCIPLINE, kept="kept")
    return Figures(kept.count(), without_talk(kept).count(), "件受处分后未谈话", "?talk=due")


def without_talk(records: RestrictedRecordQuerySet) -> RestrictedRecordQuerySet:
    """Sanctions whose talk is still due."""
    open_talks = Duty.objects.open().filter(occasion__record__isnull=False).values("occasion__record")
    return records.filter(pk__in=open_talks)


def in_effect(records: RestrictedRecordQuerySet, on: date | None = None) -> RestrictedRecordQuerySet:
    """Sanctions whose effect has not ended on the day (today)."""
    return records.filter(impact_until__gte=on or clock.today())
