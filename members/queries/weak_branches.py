"""Weak branches of the scope with the progress of their plans (O16); ``weak_on`` feeds the stars (A04)."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count, Min, Q

from branches.models import Organization
from branches.permissions import Scope
from branches.queries.filters import narrowed
from members.models import WeakBranch
from members.models.weak_branch import WeakBranchQuerySet
from members.rules.registers import Figures
from partybuild.lib import clock

OPEN, BEHIND, LIFTED, ALL = "", "behind", "lifted", "all"
STATES = ((OPEN, "未销号"), (BEHIND, "无计划或者有逾期措施"), (LIFTED, "已销号"), (ALL, "全部"))


def weak_on(on: date) -> set[int]:
    """The branches that are on the list on the day."""
    return set(WeakBranch.objects.in_force(on).values_list("organization", flat=True))


def with_progress(found: WeakBranchQuerySet, on: date) -> WeakBranchQuerySet:
    """Rows with ``done``, ``planned`` and ``late`` steps and the ``next_on`` of what is left."""
    left = Q(steps__done_on__isnull=True)
    return found.annotate(
        planned=Count("steps"),
        done=Count("steps", filter=Q(steps__done_on__isnull=False)),
        late=Count("steps", filter=left & Q(steps__target_on__lt=on)),
        next_on=Min("steps__target_on", filter=left),
    )


def weak_list(
    scope: Scope, on: date, *, state: str = OPEN, organization: Organization | None = None
) -> WeakBranchQuerySet:
    """Weak branches of the scope, filtered, in the order of the tree."""
    found = narrowed(WeakBranch.objects.visible_to(scope), organization=organization)
    if state == BEHIND:
        found = found.falling_behind(on)
    elif state == LIFTED:
        found = found.exclude(lifted_on=None)
    elif state == OPEN:
        found = found.open()
    return with_progress(found, on).select_related("organization").order_by("organization__path", "-listed_on", "pk")


def weak_rows(found: Iterable[WeakBranch]) -> Iterator[list[object]]:
    """The list as rows of a workbook."""
    for number, weak in enumerate(found, 1):
        progress = (weak.done, weak.planned, weak.late)  # type: ignore[attr-defined]
        yield [
            number, weak.organization.name, weak.organization.code, weak.listed_on, weak.reasons, *progress,
            weak.lifted_on, weak.lifted_reason,
        ]  # fmt: skip


def step_rows(found: WeakBranchQuerySet) -> Iterator[list[object]]:
    """All steps of the plans as rows of a workbook."""
    number = 0
    for weak in found.prefetch_related("steps"):
        for step in weak.steps.all():
            number += 1
            yield [
                number, weak.organization.name, weak.organization.code, step.year, step.measure, step.target_on,
                step.done_on, step.result,
            ]  # fmt: skip


def weak_figures(scope: Scope) -> Figures:
    """The weak branches of the scope, and how many have no plan or are behind it."""
    seen = WeakBranch.objects.visible_to(scope)
    behind = seen.falling_behind(clock.today()).count()
    return Figures(seen.open().count(), behind, "个软弱涣散党支部没有计划或者有逾期措施", f"?state={BEHIND}")
