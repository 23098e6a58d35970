"""Care and help: the register, and who belongs to a group."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, QuerySet, Sum

from branches.models import Organization
from branches.permissions import Scope
from branches.queries.filters import narrowed
from members.enums import RestrictedKind
from members.models import CareCase
from members.models.care import CareCaseQuerySet
from members.queries.restricted import kinds_held
from members.rules.registers import Figures
from partybuild.lib import clock


def cases_for(
    scope: Scope, on: date, *, group: str = "", organization: Organization | None = None, q: str = "", state: str = ""
) -> CareCaseQuerySet:
    """The cases that the scope sees, with ``visit_count``, ``last_visit`` and ``given``.

    ``state``: open, ended, unvisited.
    """
    found = narrowed(
        CareCase.objects.visible_to(scope), q=q, words_in=("member__name",), organization=organization, group=group
    )
    if state == "ended":
        found = found.exclude(pk__in=CareCase.objects.on(on).values("pk"))
    elif state:
        found = found.on(on)
    found = found.annotate(
        visit_count=Count("visits"), last_visit=Max("visits__visited_on"), given=Sum("visits__amount")
    )
    if state == "unvisited":
        found = found.filter(visit_count=0)
    return found.select_related("member", "organization").defer("need").order_by("ends_on", "-starts_on", "-pk")


def care_group_ids(group: str, on: date) -> QuerySet:
    """Ids of the members who belong to a group on a day, for the audience of a target. Names nobody by itself."""
    return CareCase.objects.on(on).filter(group=group).values_list("member_id", flat=True)


def care_figures(scope: Scope) -> Figures | None:
    """For the hub: who is cared for today, and of these those to whom no help was given yet."""
    if RestrictedKind.CARE not in kinds_held(scope):
        return None
    today = clock.today()
    open_cases = CareCase.objects.visible_to(scope).on(today)
    return Figures(open_cases.count(), open_cases.filter(visits=None).count(), "人尚无帮扶记录", "?state=unvisited")


def export_rows(cases: Iterable[CareCase]) -> Iterator[list[object]]:
    """Rows of the workbook: what the list shows."""
    for number, case in enumerate(cases, 1):
        given: Decimal | None = getattr(case, "given", None)
        yield [
            number, case.get_group_display(), case.member.name, case.organization.name, case.starts_on, case.ends_on,
            getattr(case, "visit_count", 0), getattr(case, "last_visit", None), given,
        ]  # fmt: skip
