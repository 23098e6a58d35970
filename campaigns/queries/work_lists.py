"""Lists of projects, duties and assessment: the register, the paper, facts (C06)."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO

from django.db.models import Count, Q
from django.urls import reverse

from branches.models import Organization
from branches.permissions import Scope
from branches.queries.filters import narrowed
from campaigns.models import WorkList
from campaigns.models.work_list import WorkListQuerySet
from campaigns.rules.facts import Fact
from campaigns.rules.work_lists import WorkListState
from campaigns.rules.works import placed
from members.rules.registers import Figures
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.official import OfficialDocument, Table, write_document

HEADINGS = ("序号", "事项", "要求和标准", "责任人", "责任岗位", "完成时限", "完成情况")
LATE = "late"
_WIDTHS = (1, 6, 6, 2, 3, 3, 3)


def lists_for(
    scope: Scope,
    *,
    kind: str = "",
    organization: Organization | None = None,
    year: int | None = None,
    state: str = "",
    own: bool = False,
) -> WorkListQuerySet:
    """The lists that the scope sees, each with how many lines it has, done and late. ``state``: a state, or ``late``
    (confirmed, with late lines); ``own`` leaves out those of organisations below."""
    found = narrowed(
        WorkList.objects.visible_to(scope), organization=organization, own=scope if own else None, kind=kind,
        year=year, state="" if state == LATE else state,
    )  # fmt: skip
    if state == LATE:
        found = found.late(clock.today())
    late = Q(items__done_on__isnull=True, items__due_on__lt=clock.today())
    found = found.annotate(
        all_count=Count("items"),
        done_count=Count("items", filter=Q(items__done_on__isnull=False)),
        late_count=Count("items", filter=late),
    )
    return found.select_related("organization", "leader").order_by("-year", "organization__path", "kind", "pk")


def list_figures(scope: Scope) -> Figures:
    """For the hub: lists of this year, and those not confirmed."""
    seen = WorkList.objects.visible_to(scope).filter(year=clock.today().year)
    waiting = seen.filter(state=WorkListState.DRAFT).count()
    return Figures(seen.count(), waiting, "份清单待确认", "?state=draft")


def late_lists(scope: Scope) -> int:
    """One's own confirmed lists of which a line is late."""
    own = scope.grant.organization_id if scope.grant else None
    return WorkList.objects.late(clock.today()).filter(organization=own).count()


def facts_of_lists(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Lists that are confirmed for the year."""
    rows = WorkList.objects.confirmed().filter(organization__in=organizations, year__range=(start.year, end.year))
    found = []
    for one in rows.select_related("leader", "organization").order_by("pk"):
        assert one.confirmed_on is not None  # constraints of the table
        assert one.confirmed_at is not None
        day = placed(one.confirmed_on, one.year)
        if start <= day <= end:
            url = reverse("campaigns:worklist_detail", args=[one.pk])
            key = f"worklist:{one.pk}"
            text = f"{one}已确认"
            found.append(Fact(key, one.organization_id, day, one.confirmed_at, Decimal(1), text, url))
    return found


def list_file(work_list: WorkList) -> bytes:
    """The list as .docx, one table."""
    rows = [[_cell(value) for value in row] for row in item_rows(work_list)]
    table = Table("", HEADINGS, rows, widths=_WIDTHS)
    organization = work_list.organization.name
    day = work_list.confirmed_on or clock.today()
    document = OfficialDocument(
        kind="list", mark=organization, title=str(work_list), date=day, blocks=[table], signer=organization
    )
    stream = BytesIO()
    write_document(stream, document)
    return stream.getvalue()


def item_rows(work_list: WorkList) -> Iterator[list[object]]:
    """The lines as they stand in the workbook and in the paper."""
    for number, item in enumerate(work_list.items.select_related("member"), 1):
        done = f"{day_text(item.done_on)}完成。{item.note}" if item.done_on else ""
        yield [
            number, item.what, item.standard, item.member.name if item.member else "", item.post, item.due_on, done
        ]  # fmt: skip


def export_rows(lists: Iterable[WorkList]) -> Iterator[list[object]]:
    """Rows of the workbook of the register."""
    for number, one in enumerate(lists, 1):
        yield [
            number, one.organization.name, one.year, one.get_kind_display(), one.leader.name if one.leader else "",
            one.get_state_display(), one.confirmed_on, vars(one)["all_count"], vars(one)["done_count"],
            vars(one)["late_count"],
        ]  # fmt: skip


def _cell(value: object) -> str:
    if value is None:
        return ""
    return day_text(value) if isinstance(value, date) else str(value)
