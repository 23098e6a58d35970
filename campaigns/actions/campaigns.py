"""Templates and campaigns: loaded, made, published, closed. Source: C01, C02, C03, C05."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from branches.actions import audit
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.campaign_parts import create_parts
from campaigns.enums import ReviewPolicy
from campaigns.models import Assignment, Campaign, Target, Template
from campaigns.queries.catalogue import load_catalogue_plans
from campaigns.rules.campaigns import ISSUERS, YEARS, CampaignError, Verb, check, next_status, year_of_code
from campaigns.rules.plans import Plan, plan_to_data
from partybuild.lib import clock

_WORDS = {
    Verb.SET_REVIEW: "调整审核方式",
    Verb.PUBLISH: "发布创建活动",
    Verb.CLOSE: "结束创建活动",
    Verb.ARCHIVE: "归档创建活动",
    Verb.DELETE: "删除创建活动草稿",
}


@dataclass(frozen=True)
class Loaded:
    """How many templates were new, changed and as before."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def digest_of(plan: Plan) -> str:
    """A digest of all that a plan says."""
    text = json.dumps(plan_to_data(plan), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def load_templates(*, by: Actor, plans: Iterable[Plan] | None = None) -> Loaded:
    """Put the shipped plans in as templates; a template changes only where its plan has changed. Safe to repeat.

    Campaigns that were made from a template stay as they are.
    """
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for plan in load_catalogue_plans() if plans is None else plans:
        counts[_load_template(plan)] += 1
    if counts["created"] or counts["updated"]:
        audit.record(by=by, verb="装入方案模板", detail=counts)
    return Loaded(**counts)


def _load_template(plan: Plan) -> str:
    digest = digest_of(plan)
    template = Template.objects.select_for_update().filter(code=plan.code).first()
    if template and template.digest == digest:
        return "unchanged"
    values = {"name": plan.name, "data": plan_to_data(plan), "digest": digest, "loaded_at": clock.now()}
    Template.objects.update_or_create(code=plan.code, defaults=values)
    return "updated" if template else "created"


@transaction.atomic
def create_campaign(
    *, by: Actor, plan: Plan, issuer: Organization, year: int, template: Template | None = None
) -> Campaign:
    """A draft campaign with all the parts of the plan, its days dated into the year.

    One campaign of a code a year and issuer. The lineage of a target follows from campaign, issuer, task and place, so
    that the same plan gives the same lineages everywhere.
    """
    if issuer.kind not in ISSUERS:
        raise CampaignError(f"{OrganizationKind(issuer.kind).label}不能发布创建活动，请由工委、机关党委或党组发布。")
    if year not in YEARS:
        raise CampaignError("年度应为四位数字，如 2026。")
    code, _ = year_of_code(plan.code)
    try:
        with transaction.atomic():
            campaign = Campaign.objects.create(
                code=code,
                year=year,
                issuer=issuer,
                name=plan.name,
                level=plan.level,
                plan_title=plan.title,
                template=template,
                created_at=clock.now(),
            )
    except IntegrityError as error:
        raise CampaignError(f"{issuer}已有 {year} 年的这一活动：{plan.name}。请直接打开使用。") from error
    create_parts(campaign, plan)
    audit.record(by=by, verb="起草创建活动", obj=campaign, organization=issuer, detail={"code": campaign.symbol})
    return campaign


@transaction.atomic
def set_review(*, by: Actor, campaign: Campaign, policy: str, levels: int) -> Campaign:
    """Say which records of a draft are to be reviewed, and at how many levels."""
    campaign = _locked(campaign)
    check(campaign.status, Verb.SET_REVIEW)
    campaign.review_policy, campaign.review_levels = ReviewPolicy(policy), levels
    campaign.save(update_fields=["review_policy", "review_levels"])
    _audit(by, Verb.SET_REVIEW, campaign, {"policy": policy, "levels": levels})
    return campaign


@transaction.atomic
def publish_campaign(*, by: Actor, campaign: Campaign, on: date | None = None) -> Campaign:
    """Publish a draft to the issuer's subtree; from the day of publication on its targets fall due.

    A draft that asks for nothing is refused. ``on`` is for entering a campaign that was published before.
    """
    campaign = _locked(campaign)
    status = next_status(campaign.status, Verb.PUBLISH)
    if not Target.objects.filter(task__campaign=campaign).exists():
        raise CampaignError("该活动还没有指标，发布后无可下发的任务。请先补充指标。")
    campaign.status, campaign.published_on = status, on or clock.today()
    campaign.save(update_fields=["status", "published_on"])
    _audit(by, Verb.PUBLISH, campaign, {"published_on": campaign.published_on.isoformat()})
    return campaign


@transaction.atomic
def close_campaign(*, by: Actor, campaign: Campaign) -> Campaign:
    """End a published campaign: nothing more is dispatched; what is open stays open until its cut-off."""
    campaign = _locked(campaign)
    campaign.status = next_status(campaign.status, Verb.CLOSE)
    campaign.save(update_fields=["status"])
    _audit(by, Verb.CLOSE, campaign)
    return campaign


@transaction.atomic
def archive_campaign(*, by: Actor, campaign: Campaign) -> Campaign:
    """Lay an ended campaign down; refused while months of it are still open."""
    campaign = _locked(campaign)
    status = next_status(campaign.status, Verb.ARCHIVE)
    if Assignment.objects.filter(campaign=campaign, closed_at=None).exists():
        raise CampaignError("还有月份没有结账，暂不能归档。请等全部月份结账后再办理。")
    campaign.status = status
    campaign.save(update_fields=["status"])
    _audit(by, Verb.ARCHIVE, campaign)
    return campaign


@transaction.atomic
def delete_draft(*, by: Actor, campaign: Campaign) -> None:
    """Remove a campaign that was never published, with all its parts."""
    campaign = _locked(campaign)
    check(campaign.status, Verb.DELETE)
    _audit(by, Verb.DELETE, campaign)
    campaign.delete()


def _locked(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=campaign.pk)


def _audit(by: Actor, verb: Verb, campaign: Campaign, detail: dict[str, object] | None = None) -> None:
    audit.record(
        by=by,
        verb=_WORDS[verb],
        obj=campaign,
        organization=campaign.issuer,
        detail={"code": campaign.symbol, **(detail or {})},
    )
