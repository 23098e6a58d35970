"""Who sits in a campaign's leading group, and who of them carries the campaign out in the portal. Source: C02."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.models import User
from branches.permissions import Actor
from campaigns.models import Campaign, LeadingGroupSeat
from campaigns.rules.campaigns import RUNNING_STATUSES
from office.actions.notices import tell


@transaction.atomic
def save_seat(
    *, by: Actor, campaign: Campaign, role: str, holder: str, user: User | None, runs_campaign: bool,
    seat: LeadingGroupSeat | None = None,
) -> LeadingGroupSeat:  # fmt: skip
    """Add a seat or change one; who is to carry the campaign out needs an account."""
    campaign = _held(campaign)
    if runs_campaign and user is None:
        raise ValidationError({"user": "承担办公室工作的，请填写本人账号。"})
    if seat is None:
        last = campaign.leading_group.order_by("-position").values_list("position", flat=True).first() or 0
        seat = LeadingGroupSeat(campaign=campaign, position=last + 1)
    seat.role, seat.holder, seat.user, seat.runs_campaign = role.strip(), holder.strip(), user, runs_campaign
    seat.full_clean()
    seat.save()
    detail = {"note": f"{seat.role} {seat.holder}", "user": user.pk if user else None, "runs": runs_campaign}
    audit.record(by=by, verb="调整领导小组", obj=campaign, organization=campaign.issuer, detail=detail)
    if user and runs_campaign:
        tell(
            people=[user.pk],
            key=f"seat:{seat.pk}:{user.pk}",
            text=f"您承担“{campaign.name}”领导小组办公室工作，可以编辑任务、时间节点并督促进度。",
            url=reverse("campaigns:campaign_detail", args=[campaign.pk]),
        )
    return seat


@transaction.atomic
def remove_seat(*, by: Actor, seat: LeadingGroupSeat) -> None:
    """Take a seat away; the rights that came with it end at once."""
    campaign = _held(seat.campaign)
    audit.record(
        by=by, verb="撤销领导小组成员", obj=campaign, organization=campaign.issuer,
        detail={"note": f"{seat.role} {seat.holder}"},
    )  # fmt: skip
    seat.delete()


def _held(campaign: Campaign) -> Campaign:
    held = Campaign.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=campaign.pk)
    if held.status not in RUNNING_STATUSES:
        raise ValidationError("该活动已结束，不能再调整领导小组。")
    return held
