"""Responsibility agreements: list, coverage, who may sign, facts, the paper (C08)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.db.models import Q
from django.urls import reverse

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from campaigns.models import Agreement
from campaigns.models.agreement import AgreementQuerySet
from campaigns.queries.work_coverage import CoverageRow, rows_of
from campaigns.rules.agreements import AgreementState, Side, side_of
from campaigns.rules.facts import Fact
from campaigns.rules.works import placed
from members.rules.registers import Figures
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.official import OfficialDocument, Paragraph, Table, write_document


def agreements_for(
    scope: Scope,
    *,
    year: int | None = None,
    organization: Organization | None = None,
    superior: Organization | None = None,
    state: str = "",
) -> AgreementQuerySet:
    """The agreements that the scope sees."""
    found = Agreement.objects.visible_to(scope)
    found = narrowed(found, organization=organization, year=year, superior=superior, state=state)
    return found.select_related("organization", "superior").order_by("-year", "organization__path", "pk")


def may_sign(scope: Scope, agreement: Agreement) -> Side | None:
    """For which side the post in use may still sign."""
    at = scope.grant.organization_id if scope.grant else None
    side = side_of(scope.role, at, agreement.superior_id, agreement.organization_id)
    if side is None or agreement.state != AgreementState.SENT:
        return None
    signed_at = agreement.superior_signed_at if side == Side.SUPERIOR else agreement.own_signed_at
    return side if signed_at is None else None


def unsigned_below(superior: Organization, year: int, on: date) -> list[Organization]:
    """Organisations directly below without an agreement for the year."""
    there = Agreement.objects.live().filter(year=year).values("organization")
    return list(Organization.objects.filter(parent=superior).in_force(on).exclude(pk__in=there).order_by("path"))


def agreement_coverage(scope: Scope, year: int, on: date) -> list[CoverageRow]:
    """Superior by superior in the scope: with whom directly below an agreement is due, sent, signed; two queries."""
    reached = Organization.objects.visible_to(scope, Permission.VIEW_WORK).in_force(on)
    known = {one.pk: one for one in reached.exclude(kind=OrganizationKind.GROUP).order_by("path")}
    asked: dict[int, list[int]] = defaultdict(list)
    for one in known.values():
        if one.parent_id in known:
            asked[one.parent_id].append(one.pk)
    states = dict(
        Agreement.objects.filter(
            organization__in=known, year=year, state__in=[AgreementState.SENT, AgreementState.SIGNED]
        )
        .order_by()
        .values_list("organization", "state")
    )
    signed = [pk for pk, state in states.items() if state == AgreementState.SIGNED]
    return rows_of(asked, known, states, signed)


def coverage_cells(rows: Iterable[CoverageRow]) -> Iterator[list[object]]:
    """Rows of the workbook of coverage."""
    for number, row in enumerate(rows, 1):
        counts = row.counts
        yield [
            number, row.unit.name, counts.expected, counts.done, counts.waiting, counts.missing,
            "、".join(one.name for one in row.missing),
        ]  # fmt: skip


def agreement_figures(scope: Scope) -> Figures:
    """For the hub: agreements of this year, and those not signed by both."""
    seen = Agreement.objects.visible_to(scope).live().filter(year=clock.today().year)
    waiting = seen.filter(state=AgreementState.SENT).count()
    return Figures(seen.count(), waiting, "份责任书待签订", "?state=sent")


def agreements_to_sign(scope: Scope) -> int:
    """Those that wait for the signature of the post in use."""
    if scope.grant is None:
        return 0
    own = scope.grant.organization_id
    ours = Q(superior=own, superior_signed_at=None) if _signs(scope, own, 0) else Q(pk__in=[])
    mine = Q(organization=own, own_signed_at=None) if _signs(scope, 0, own) else Q(pk__in=[])
    return Agreement.objects.filter(ours | mine, state=AgreementState.SENT).count()


def facts_of_agreements(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Agreements signed by both sides, for the organisation below."""
    rows = Agreement.objects.filter(
        organization__in=organizations, state=AgreementState.SIGNED, year__range=(start.year, end.year)
    )
    found = []
    for one in rows.select_related("superior").order_by("pk"):
        assert one.signed_on is not None  # constraints of the table
        assert one.superior_signed_at is not None
        assert one.own_signed_at is not None
        day = placed(one.signed_on, one.year)
        if start <= day <= end:
            url = reverse("campaigns:agreement_detail", args=[one.pk])
            at = max(one.superior_signed_at, one.own_signed_at)
            text = f"与{one.superior}签订{one.year}年度目标责任书"
            found.append(Fact(f"agreement:{one.pk}", one.organization_id, day, at, Decimal(1), text, url))
    return found


def agreement_file(agreement: Agreement) -> bytes:
    """The agreement as .docx, with the lines for both signatures."""
    blocks = [Paragraph(line) for line in agreement.text.splitlines() if line.strip()]
    signs = Table(
        "", ("上级党组织", "责任单位"),
        [
            (agreement.superior.name, agreement.organization.name),
            (_signature(agreement.superior_signed_by), _signature(agreement.own_signed_by)),
            (_day(agreement.superior_signed_at), _day(agreement.own_signed_at)),
        ],
    )  # fmt: skip
    day = agreement.signed_on or clock.today()
    document = OfficialDocument(
        kind="letter", mark=agreement.superior.name, title=agreement.title, date=day, blocks=[*blocks, signs],
        signer=agreement.superior.name,
    )  # fmt: skip
    stream = BytesIO()
    write_document(stream, document)
    return stream.getvalue()


def export_rows(agreements: Iterable[Agreement]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, one in enumerate(agreements, 1):
        yield [
            number, one.superior.name, one.organization.name, one.year, one.title, one.get_state_display(),
            _moment_day(one.sent_at), _moment_day(one.superior_signed_at), _moment_day(one.own_signed_at),
            one.signed_on,
        ]  # fmt: skip


def _signs(scope: Scope, superior: int, organization: int) -> bool:
    at = scope.grant.organization_id if scope.grant else None
    return side_of(scope.role, at, superior, organization) is not None


def _signature(user: object) -> str:
    return f"签字：{user}（已在平台签订）" if user else "签字："


def _moment_day(moment: datetime | None) -> date | None:
    return clock.in_zone(moment).date() if moment else None


def _day(moment: datetime | None) -> str:
    day = _moment_day(moment)
    return day_text(day) if day else "年　月　日"
