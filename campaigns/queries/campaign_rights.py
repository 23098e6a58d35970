"""Who carries a campaign out: the issuer's staff, and those of its leading group's office. Source: C02."""

from branches.permissions import Permission, Scope
from campaigns.models import Campaign


def may_manage(scope: Scope, campaign: Campaign) -> bool:
    """Whether the person may amend the campaign, set its days and ask for deliverables."""
    if scope.allows(Permission.MANAGE_CAMPAIGN, campaign.issuer):
        return True
    if scope.user_id is None or not scope.holds(Permission.VIEW_CAMPAIGN):
        return False
    return campaign.leading_group.filter(user=scope.user_id, runs_campaign=True).exists()
