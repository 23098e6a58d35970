"""Information and good practice: lists, what is published, figures by organisation and month, facts (C10)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q
from django.urls import reverse

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from campaigns.enums import AssignmentState
from campaigns.models import Assignment, InfoItem
from campaigns.models.info_item import InfoItemQuerySet
from campaigns.rules.facts import Fact
from campaigns.rules.info_items import SENT, TAKEN, InfoState
from members.rules.registers import Figures

METRIC = "info.items"


def items_for(
    scope: Scope,
    *,
    kind: str = "",
    organization: Organization | None = None,
    state: str = "",
    month: date | None = None,
) -> InfoItemQuerySet:
    """The items that the scope sees, drafts first, then the newest; ``month`` is its first day."""
    found = narrowed(InfoItem.objects.visible_to(scope), organization=organization, kind=kind, state=state)
    if month:
        found = found.filter(submitted_on__year=month.year, submitted_on__month=month.month)
    return found.select_related("organization", "receiver").order_by(F("submitted_on").desc(nulls_first=True), "-pk")


def published_for(scope: Scope, *, kind: str = "", q: str = "") -> InfoItemQuerySet:
    """What has been published to the organisation of the post, the newest first."""
    found = InfoItem.objects.published_to(scope)
    if kind:
        found = found.filter(kind=kind)
    if q:
        found = found.filter(Q(title__icontains=q) | Q(text__icontains=q))
    return found.select_related("organization", "receiver").order_by("-published_on", "-pk")


@dataclass
class MonthCell:
    """One organisation in one month; ``needed`` None: nothing is asked of it."""

    sent: int = 0
    taken: int = 0
    needed: Decimal | None = None

    @property
    def is_short(self) -> bool:
        return self.needed is not None and self.sent < self.needed


@dataclass
class InfoRow:
    """An organisation with its months of a year."""

    organization: Organization
    months: list[MonthCell] = field(default_factory=lambda: [MonthCell() for _ in range(12)])

    @property
    def sent(self) -> int:
        return sum(cell.sent for cell in self.months)

    @property
    def taken(self) -> int:
        return sum(cell.taken for cell in self.months)


def info_matrix(scope: Scope, year: int, on: date) -> list[InfoRow]:
    """Directly below the organisation of the post, and whoever else has sent something or has to. Three queries."""
    seen = InfoItem.objects.visible_to(scope).filter(state__in=SENT, submitted_on__year=year).order_by()
    counted = seen.values("organization", "submitted_on__month").annotate(
        sent=Count("pk"), taken=Count("pk", filter=Q(state__in=TAKEN))
    )
    cells: dict[int, dict[int, MonthCell]] = defaultdict(lambda: defaultdict(MonthCell))
    for row in counted:
        cell = cells[row["organization"]][row["submitted_on__month"]]
        cell.sent, cell.taken = row["sent"], row["taken"]
    asked = Assignment.objects.visible_to(scope, Permission.VIEW_WORK).filter(
        metric=METRIC, starts_on__year=year, starts_on__lte=on
    )
    for pk, starts_on, needed in asked.exclude(state=AssignmentState.EXEMPT).values_list(
        "organization_id", "starts_on", "needed"
    ):
        cells[pk][starts_on.month].needed = needed
    own = scope.grant.organization_id if scope.grant else None
    places = Organization.objects.visible_to(scope, Permission.VIEW_WORK).in_force(on)
    rows = [InfoRow(one) for one in places.filter(Q(parent=own) | Q(pk__in=list(cells))).order_by("path")]
    for line in rows:
        line.months = [cells[line.organization.pk][month] for month in range(1, 13)]
    return rows


def info_figures(scope: Scope) -> Figures:
    """For the hub: what was sent this year, and what nobody has dealt with."""
    seen = InfoItem.objects.visible_to(scope)
    waiting = seen.filter(state=InfoState.SUBMITTED).count()
    return Figures(seen.count(), waiting, "条信息待处理", "?state=submitted")


def experience_figures(scope: Scope) -> Figures:
    """For the hub: what has been published."""
    return Figures(InfoItem.objects.published_to(scope).count())


def items_to_judge(scope: Scope) -> int:
    """Items that wait for one's own organisation."""
    if scope.grant is None:
        return 0
    return InfoItem.objects.filter(receiver=scope.grant.organization_id, state=InfoState.SUBMITTED).count()


def facts_of_items(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Items that were sent, adopted or not, on the day of sending."""
    rows = InfoItem.objects.filter(organization__in=organizations, state__in=SENT, submitted_on__range=(start, end))
    found = []
    for item in rows.order_by("submitted_on", "pk"):
        assert item.submitted_on is not None  # a constraint of the table
        assert item.submitted_at is not None
        text = f"{item.get_kind_display()}“{item}”，{item.get_state_display()}"
        url = reverse("campaigns:info_detail", args=[item.pk])
        key = f"info:{item.pk}"
        found.append(Fact(key, item.organization_id, item.submitted_on, item.submitted_at, Decimal(1), text, url))
    return found


def export_rows(items: Iterable[InfoItem]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, item in enumerate(items, 1):
        yield [
            number, item.organization.name, item.get_kind_display(), item.title, item.submitted_on,
            item.get_state_display(), item.get_level_display(), item.remark, item.published_on,
        ]  # fmt: skip


def export_matrix(rows: Iterable[InfoRow]) -> Iterator[list[object]]:
    """Rows of the workbook of figures."""
    for number, row in enumerate(rows, 1):
        yield [number, row.organization.name, *(cell.sent for cell in row.months), row.sent, row.taken]
