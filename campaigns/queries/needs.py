"""Needs (实事清单, C13): the list, what waits, figures of each organisation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from branches.models import Organization
from branches.permissions import Scope
from branches.queries.filters import narrowed
from campaigns.models import Need
from campaigns.models.need import NeedQuerySet
from campaigns.queries.work_rights import does, leads
from campaigns.rules.needs import (
    NeedState,
    Satisfaction,
    masked_name,
    masked_phone,
    satisfied_share,
    shown_state,
)
from campaigns.rules.works import in_percent
from members.rules.registers import Figures
from partybuild.lib import clock

TO_RATE = "to_rate"
NEED_STATES = (
    *NeedState.choices, ("late", "逾期"), (TO_RATE, "本级登记待评价"), (Satisfaction.BAD.value, "评价不满意"),
)  # fmt: skip


@dataclass(frozen=True)
class NeedLine:
    """Figures of one owner."""

    organization: Organization
    total: int
    doing: int
    late: int
    closed: int
    rated: int
    share: float | None


def needs_for(
    scope: Scope,
    *,
    q: str = "",
    organization: Organization | None = None,
    year: int | None = None,
    state: str = "",
    kind: str = "",
    own: bool = False,
) -> NeedQuerySet:
    """The needs that the scope sees. ``state``: a state, ``late``, ``bad`` (not content), or ``to_rate`` (one's own
    organisation took them in and is to ask); ``own`` leaves out those that organisations below see to."""
    found = narrowed(
        Need.objects.visible_to(scope), q=q, words_in=("title", "content"), organization=organization, at="owner",
        own=scope if own else None, raised_on__year=year, kind=kind,
    )  # fmt: skip
    if state == "late":
        found = found.late(clock.today())
    elif state == Satisfaction.BAD:
        found = found.filter(satisfaction=Satisfaction.BAD)
    elif state == TO_RATE:
        found = found & _to_rate(scope)
    elif state:
        found = found.filter(state=state)
    return found.select_related("organization", "owner", "responsible").order_by("-raised_on", "-pk")


def lines_of(needs: Iterable[Need], on: date) -> list[tuple[Need, str]]:
    """Each need with the word of its state."""
    return [(need, shown_state(need.state, need.due_on, on)) for need in needs]


def need_lines(scope: Scope, **filters: Any) -> list[NeedLine]:
    """Figures by owner of the needs that the filters of the list leave, in the order of the tree; two queries."""
    today = clock.today()
    rows = (
        needs_for(scope, **filters)
        .order_by()
        .values("owner")
        .annotate(
            total=Count("pk"),
            doing=Count("pk", filter=Q(state=NeedState.DOING)),
            late=Count("pk", filter=Q(state=NeedState.DOING, due_on__lt=today)),
            closed=Count("pk", filter=Q(state=NeedState.CLOSED)),
            good=Count("pk", filter=Q(satisfaction=Satisfaction.GOOD)),
            fair=Count("pk", filter=Q(satisfaction=Satisfaction.FAIR)),
            bad=Count("pk", filter=Q(satisfaction=Satisfaction.BAD)),
        )
    )
    by_owner = {row["owner"]: row for row in rows}
    return [
        NeedLine(
            one, row["total"], row["doing"], row["late"], row["closed"], row["good"] + row["fair"] + row["bad"],
            satisfied_share(row["good"], row["fair"], row["bad"]),
        )
        for one in Organization.objects.filter(pk__in=by_owner).order_by("path")
        for row in [by_owner[one.pk]]
    ]  # fmt: skip


def summary_rows(lines: Iterable[NeedLine]) -> Iterator[list[object]]:
    """Rows of the workbook of figures."""
    for number, line in enumerate(lines, 1):
        yield [
            number, line.organization.name, line.total, line.doing, line.late, line.closed, line.rated,
            in_percent(line.share),
        ]  # fmt: skip


def works_on(scope: Scope, need: Need) -> bool:
    """Whether one works for the owner or for who took it in, or leads the owner."""
    return does(scope, need.owner) or does(scope, need.organization) or leads(scope, need.owner)


def shown_asker(scope: Scope, need: Need) -> tuple[str, str]:
    """Name and number of the asker: in full for who works on it, else masked."""
    if works_on(scope, need):
        return need.asker, need.phone
    return masked_name(need.asker), masked_phone(need.phone)


def need_figures(scope: Scope) -> Figures:
    """For the hub: all needs, and those past their day."""
    seen = Need.objects.visible_to(scope)
    return Figures(seen.count(), seen.late(clock.today()).count(), "件逾期未办结", "?state=late")


def late_needs(scope: Scope) -> int:
    """Needs that one's own organisation sees to and that are past their day."""
    own = scope.grant.organization_id if scope.grant else None
    return Need.objects.visible_to(scope).late(clock.today()).filter(owner=own).count()


def needs_to_rate(scope: Scope) -> int:
    """Needs that one's own organisation took in and that are done: the asker is to be asked."""
    return _to_rate(scope).count()


def _to_rate(scope: Scope) -> NeedQuerySet:
    own = scope.grant.organization_id if scope.grant else None
    return Need.objects.filter(organization=own, state=NeedState.DONE)


def export_rows(needs: Iterable[Need], scope: Scope, on: date) -> Iterator[list[object]]:
    """Rows of the workbook; the asker is masked for who does not work on it."""
    for number, row in enumerate(needs, 1):
        asker, phone = shown_asker(scope, row)
        yield [
            number, row.title, row.get_kind_display(), row.get_asker_kind_display(), asker, phone, row.content,
            row.raised_on, row.owner.name, row.responsible.name if row.responsible else "", row.due_on, row.result,
            row.done_on, row.get_satisfaction_display(), shown_state(row.state, row.due_on, on), row.closed_on,
            row.organization.name,
        ]  # fmt: skip
