"""控制总量: how many may be taken in a year."""

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.enums import DecisionKind
from members.models import DevelopmentFile, DevelopmentQuota
from members.queries.development import intake_of


@transaction.atomic
def set_quota(*, by: Actor, organization: Organization, year: int, number: int, note: str = "") -> DevelopmentQuota:
    """Set or change the number of a year for an organisation and all below it."""
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    quota, is_new = DevelopmentQuota.objects.get_or_create(
        organization=organization, year=year, defaults={"number": number, "note": note}
    )
    if is_new or (quota.number, quota.note) != (number, note):
        before = None if is_new else quota.number
        quota.number, quota.note = number, note
        quota.full_clean()
        quota.save()
        audit.record(
            by=by, verb="下达发展党员控制总量", obj=quota, organization=organization,
            detail={"before": before, "after": number, "note": f"{year}年 {number} 名"},
        )  # fmt: skip
    return quota


def refuse_beyond_quota(file: DevelopmentFile, year: int) -> None:
    """Nobody is taken in beyond the number of the branch or of one above it, unless the 预审 says why.

    The quota rows are locked: two branches that take in at once share what is left.
    """
    above = [*file.organization.ancestor_ids, file.organization_id]
    quotas = DevelopmentQuota.objects.filter(year=year, organization__in=above).order_by("pk")
    decision = file.decisions.filter(kind=DecisionKind.PRE_REVIEW, is_agreed=True).last()
    for quota in quotas.select_for_update(of=("self",)).select_related("organization"):
        # The step of this file is there already.
        if intake_of(quota.organization, year) > quota.number and not (decision and decision.quota_note):
            raise ValidationError(
                f"{quota.organization}{year}年发展党员控制总量为{quota.number}名，已经用完。"
                "确需接收的，请上级党委预审时写明说明。"
            )
