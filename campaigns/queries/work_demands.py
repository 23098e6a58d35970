"""What is due from organisations in a year, and who is there to do it: for agreements and lists (C06, C08)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Max

from branches.models import Organization
from campaigns.enums import AssignmentState, Basis
from campaigns.models import Assignment, Target
from campaigns.rules.targets import amount_text, asked_text
from campaigns.rules.work_lists import Due, Holder
from members.enums import OfficeKind
from members.queries.roster import offices_on

MOST_DEMANDS = 20


def demands_of(organizations: Collection[int], year: int) -> dict[int, list[str]]:
    """Organisation → what plans state with a figure for this year, one line each. Two queries."""
    found = _last_days(organizations, year)
    targets = _targets({target for _, target in found}, stated=True)
    lines: dict[int, list[str]] = defaultdict(list)
    for organization, target_id in found:
        target = targets.get(target_id)
        if target and len(lines[organization]) < MOST_DEMANDS:
            lines[organization].append(f"{target.title}：{asked_text(target.demand)}")
    return dict(lines)


def dues_of(organization: Organization, year: int) -> list[Due]:
    """What is due from one organisation this year, each target once with its last day. Two queries."""
    found = _last_days([organization.pk], year)
    targets = _targets({target for _, target in found})
    return [
        Due(
            target_id=pk, task=f"{target.task.title}：{target.title}", wording=target.task.wording,
            demand=asked_text(target.demand), amount=amount_text(target.at_least, target.unit), due_on=due_on,
            subject=target.subject, is_key=target.basis == Basis.STATED,
        )
        for (_, pk), due_on in found.items()
        if (target := targets.get(pk))
    ]  # fmt: skip


def holders_of(organization: Organization, on: date) -> list[Holder]:
    """Who holds an office there, in order of rank. One query."""
    return [
        Holder(office.member_id, office.label, office.kind == OfficeKind.SECRETARY)
        for office in offices_on(organization, on)
    ]


def _last_days(organizations: Collection[int], year: int) -> dict[tuple[int, int], date]:
    rows = (
        Assignment.objects.filter(organization__in=organizations, due_on__year=year)
        .exclude(state=AssignmentState.EXEMPT)
        .order_by("organization_id", "target_id")
        .values("organization_id", "target_id")
        .annotate(last=Max("due_on"))
    )
    return {(row["organization_id"], row["target_id"]): row["last"] for row in rows}


def _targets(pks: Collection[int], *, stated: bool = False) -> dict[int, Target]:
    rows = Target.objects.filter(pk__in=pks).select_related("task")
    return {target.pk: target for target in (rows.filter(basis=Basis.STATED) if stated else rows)}
