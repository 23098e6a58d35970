"""Milestones whose day the plan leaves to the staff."""

from datetime import date

from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor
from campaigns.enums import CampaignStatus
from campaigns.models import Campaign, Milestone
from campaigns.rules.campaigns import CampaignError

RUNNING = frozenset({CampaignStatus.DRAFT, CampaignStatus.PUBLISHED})


@transaction.atomic
def set_milestone_day(*, by: Actor, milestone: Milestone, due_on: date) -> Milestone:
    """Fix the day of a milestone that the plan does not date to the day; it lies in the campaign's year.

    A day that stands in the plan is not changed, nor anything of a campaign that has ended.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=milestone.campaign_id)
    milestone.refresh_from_db()
    if campaign.status not in RUNNING:
        raise CampaignError("该活动已结束，不能再确定日期。")
    if not milestone.is_day_open:
        raise CampaignError("该节点的日期出自文件，不能更改。")
    if due_on.year != campaign.year:
        raise CampaignError(f"日期应在 {campaign.year} 年内。")
    before, milestone.due_on = milestone.due_on, due_on
    milestone.save(update_fields=["due_on"])
    detail = {"before": before.isoformat() if before else "", "after": due_on.isoformat(), "note": milestone.title}
    audit.record(by=by, verb="确定节点日期", obj=campaign, organization=campaign.issuer, detail=detail)
    return milestone
