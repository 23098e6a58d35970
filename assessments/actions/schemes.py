"""Making the scheme by which a campaign is scored. Source: A01, SX 三（三）定量评估与定性评估相结合."""

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.models import Indicator, Scheme
from assessments.queries.schemes import asks_of
from assessments.rules.schemes import share_out
from branches.actions import audit
from branches.permissions import Actor
from campaigns.models import Campaign
from partybuild.lib import clock


@transaction.atomic
def make_scheme(*, by: Actor, campaign: Campaign) -> Scheme:
    """The scheme of a campaign, of 100 points; the one that is there when there is one already.

    The dimensions share the 100 points equally in whole and half points, and within a dimension its indicators do: a
    plan puts its sides next to one another and gives none of them a weight, and weighing by number of tasks would let
    the safeguards (organisation, supervision, publicity) outweigh the work itself. Every target in force becomes an
    indicator that the portal meters; a checklist without anything countable is graded by hand. What does not apply to
    an organisation is left out when it is scored, and the rest scaled to 100.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=campaign.pk)
    scheme = Scheme.objects.filter(campaign=campaign).first()
    if scheme is not None:
        return scheme
    lines = share_out(asks_of(campaign))
    if not lines:
        raise ValidationError("该活动还没有任务和指标，不能形成评分方案。请先补充任务。")
    scheme = Scheme.objects.create(campaign=campaign, name=f"{campaign.name}评分方案", made_at=clock.now())
    Indicator.objects.bulk_create(
        Indicator(
            scheme=scheme,
            dimension_id=line.dimension_id,
            task_id=line.ask.task_id,
            target_id=line.ask.target_id,
            name=line.ask.name,
            standard=line.ask.standard,
            kind=line.ask.kind,
            points=line.points,
            position=position,
        )
        for position, line in enumerate(lines, start=1)
    )
    detail = {"code": campaign.symbol, "indicators": len(lines)}
    audit.record(by=by, verb="生成评分方案", obj=scheme, organization=campaign.issuer, detail=detail)
    return scheme


def make_missing_schemes(*, by: Actor) -> list[Scheme]:
    """A scheme for each published campaign that has none: what the tick asks for after a campaign was published."""
    campaigns = Campaign.objects.published().filter(scheme__isnull=True).order_by("pk")
    return [make_scheme(by=by, campaign=campaign) for campaign in campaigns]
