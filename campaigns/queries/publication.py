"""What a campaign would ask if it were published on a day: of how many organisations, how much, and when."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from branches.enums import OrganizationKind
from branches.models import Organization
from campaigns.enums import AudienceGroup, MeasuredBy
from campaigns.models import Campaign, Target
from campaigns.queries.terms import grace_of, terms_of
from campaigns.rules import deadlines
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import clock, periods
from partybuild.lib.periods import PeriodKind


@dataclass(frozen=True)
class MonthLoad:
    """What falls due in a month: targets, and assignments over all organisations."""

    month: str
    targets: int
    assignments: int

    @property
    def label(self) -> str:
        """2026年3月."""
        return periods.label(self.month)


@dataclass(frozen=True)
class Burden:
    """What a campaign asks: organisations by kind, targets by how they are measured, and the load of each month.

    ``too_late`` targets are asked for in no period of the year any more: half gone, or past their day.
    """

    organizations: dict[str, int]
    by_records: int
    by_checklist: int
    by_event: int
    too_late: int
    months: list[MonthLoad]

    @property
    def organizations_total(self) -> int:
        return sum(self.organizations.values())

    @property
    def targets(self) -> int:
        return self.by_records + self.by_checklist

    @property
    def assignments(self) -> int:
        return sum(month.assignments for month in self.months)


@dataclass(frozen=True)
class _Audience:
    """Kind → how many organisations there are: all, directly below the issuer, with party groups."""

    sizes: dict[str, dict[str, int]]
    issuer_kind: str

    def size(self, target: Target) -> int:
        group = target.audience_group
        if group == AudienceGroup.ISSUER:
            return int(self.issuer_kind in target.audience_kinds)
        return sum(self.sizes.get(kind, {}).get(group, 0) for kind in target.audience_kinds)

    def kinds(self, targets: Iterable[Target]) -> dict[str, int]:
        """Label of each kind that is asked at all → how many, at the widest target."""
        found: dict[str, int] = {}
        for target in targets:
            is_issuer = target.audience_group == AudienceGroup.ISSUER
            for kind in target.audience_kinds:
                count = int(kind == self.issuer_kind) if is_issuer else self.sizes.get(kind, {}).get(
                    target.audience_group, 0
                )  # fmt: skip
                found[kind] = max(found.get(kind, 0), count)
        return {OrganizationKind(kind).label: count for kind, count in found.items() if count}


def burden_of(campaign: Campaign, on: date) -> Burden:
    """The whole burden from the day on; four queries, whatever the size."""
    targets = list(Target.objects.in_force().filter(task__campaign=campaign).order_by("pk"))
    audience = _audience(campaign.issuer)
    by_records = sum(1 for target in targets if target.rule.measured_by != MeasuredBy.CHECKLIST)
    by_event = sum(1 for target in targets if target.period in (PeriodKind.EVENT, PeriodKind.TERM))
    asked = _asked(campaign, targets, on)
    return Burden(
        organizations=audience.kinds(targets),
        by_records=by_records,
        by_checklist=len(targets) - by_records,
        by_event=by_event,
        too_late=len(targets) - by_event - sum(1 for _, months in asked if months),
        months=_months(asked, audience),
    )


def _audience(issuer: Organization) -> _Audience:
    groups = Organization.objects.filter(parent=OuterRef("pk"), kind=OrganizationKind.GROUP)
    rows = (
        Organization.objects.below(issuer)
        .in_force(clock.today())
        .annotate(has_groups=Exists(groups))
        .order_by()
        .values_list("kind")
        .annotate(
            count=Count("pk"),
            direct=Count("pk", filter=Q(parent=issuer)),
            with_groups=Count("pk", filter=Q(has_groups=True)),
        )
    )
    sizes = {kind: {"all": count, "direct": direct, "with_groups": groups} for kind, count, direct, groups in rows}
    return _Audience(sizes, issuer.kind)


def _asked(campaign: Campaign, targets: list[Target], on: date) -> list[tuple[Target, list[str]]]:
    """Each target with the months in which a period of it falls due and is asked for, published on the day."""
    is_workday, grace = workday_checker(), grace_of(rule_table(clock.today()))
    year = periods.parse(str(campaign.year))
    asked = []
    for target in targets:
        terms = replace(terms_of(target, campaign), published_on=on)
        found = {
            period.key: period for month in periods.months_in(year) for period in deadlines.due_periods(terms, month)
        }
        dates = [deadlines.due_dates(terms, period, grace, is_workday) for period in found.values()]
        asked.append((target, [each.due_month for each in dates if not each.exempt_reason]))
    return asked


def _months(asked: list[tuple[Target, list[str]]], audience: _Audience) -> list[MonthLoad]:
    counts: Counter[str] = Counter()
    loads: Counter[str] = Counter()
    for target, months in asked:
        for month in months:
            counts[month] += 1
            loads[month] += audience.size(target)
    return [MonthLoad(month, counts[month], loads[month]) for month in sorted(counts)]
