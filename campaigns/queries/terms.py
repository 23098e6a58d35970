"""What is to be dispatched in a month: one row per target and period, with its dates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.enums import Sums
from campaigns.models import Campaign, Target
from campaigns.rules import deadlines, metrics
from campaigns.rules.deadlines import DueDates, Grace, Terms
from office.rules.table import RuleTable
from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodKind


@dataclass(frozen=True)
class DueTarget:
    """A target that is due in a period."""

    target: Target
    campaign: Campaign
    dates: DueDates

    @property
    def is_by_occasion(self) -> bool:
        """Whether only those organisations have it due for which something has come about."""
        return not periods.is_calendar(self.dates.period.kind) and self.dates.period.kind != PeriodKind.ONCE

    def row(self) -> dict[str, Any]:
        """The plain values that the dispatching statement needs."""
        metric = metrics.get(self.target.metric)
        return {
            "target_id": self.target.pk,
            "campaign_id": self.campaign.pk,
            "task_id": self.target.task_id,
            "lineage": str(self.target.lineage),
            "issuer_id": self.campaign.issuer_id,
            "issuer_path": self.campaign.issuer.path,
            "kinds": self.target.audience_kinds,
            "audience": self.target.audience_group,
            "metric": self.target.metric,
            "subject": self.target.subject,
            "by_groups": metric.sums == Sums.GROUPS,
            "period": self.dates.period.key,
            "starts_on": self.dates.period.starts_on.isoformat(),
            "ends_on": self.dates.period.ends_on.isoformat(),
            "due_on": self.dates.due_on.isoformat(),
            "due_month": self.dates.due_month,
            "grace_until": self.dates.grace_until.isoformat(),
            "cut_off_on": self.dates.cut_off_on.isoformat(),
            "needed": str(self.target.at_least),
            "exempt_reason": self.dates.exempt_reason,
        }


def grace_of(rules: RuleTable) -> Grace:
    """The two stretches of working days of the rule table."""
    return Grace(rules.int("deadline.grace_workdays"), rules.int("deadline.cut_off_workdays"))


def due_targets(
    campaigns: Iterable[Campaign], month: Period, rules: RuleTable, is_workday: Callable[[date], bool]
) -> list[DueTarget]:
    """Everything that the campaigns ask for in the month, by calendar and by occasion; one query for the targets."""
    by_id = {campaign.pk: campaign for campaign in campaigns}
    targets = Target.objects.filter(task__campaign__in=by_id).select_related("task").order_by("pk")
    grace = grace_of(rules)
    found = []
    for target in targets:
        campaign = by_id[target.task.campaign_id]
        terms = terms_of(target, campaign)
        found += [
            DueTarget(target, campaign, deadlines.due_dates(terms, period, grace, is_workday))
            for period in [*deadlines.due_periods(terms, month), *occasion_periods(target, terms, month)]
            if target.holds_on(period.starts_on)
        ]
    return found


def occasion_periods(target: Target, terms: Terms, month: Period) -> list[Period]:
    """Of a target by term or by event, the month as far as it holds what has come about: an assignment for each month
    in which something falls due. Only metrics that a register tells know what that is."""
    if terms.period not in (PeriodKind.TERM, PeriodKind.EVENT) or not target.rule.is_by_occasion:
        return []
    if month.starts_on.year != terms.year or month.ends_on < terms.published_on:
        return []
    return [periods.parse(f"{terms.period.value}:{month.key}", (month.starts_on, month.ends_on))]


def terms_of(target: Target, campaign: Campaign) -> Terms:
    """The dates' side of a target."""
    published_on = campaign.published_on or date(campaign.year, 1, 1)
    return Terms(PeriodKind(target.period), campaign.year, published_on, target.due_day, target.by_day)
