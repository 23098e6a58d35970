"""A scheme from the dimensions and targets of a campaign."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assessments.actions.schemes import make_missing_schemes, make_scheme
from assessments.enums import IndicatorKind
from assessments.models import Indicator, Scheme
from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions.campaigns import create_campaign, load_templates, publish_campaign
from campaigns.enums import AudienceGroup, CampaignStatus
from campaigns.queries.catalogue import load_catalogue_plans
from tests.factories.branches import OrganizationFactory
from tests.factories.campaigns import NEW_YEAR, CampaignFactory, DimensionFactory, TargetFactory, TaskFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


def test_every_target_in_force_becomes_an_indicator():
    dimension = DimensionFactory(name="政治机关")
    task = TaskFactory(campaign=dimension.campaign, dimension=dimension, title="规范组织生活", position=1)
    metered = TargetFactory(task=task, title="主题党日", position=1)
    by_hand = TargetFactory(task=task, metric="manual", title="按清单完成", position=2)
    TargetFactory(task=task, ended_on=NEW_YEAR, position=3)
    TargetFactory(task=task, audience_group=AudienceGroup.ISSUER, position=4)

    scheme = make_scheme(by=SYSTEM, campaign=dimension.campaign)

    assert list(scheme.indicators.values_list("position", "target", "name", "kind", "points", "standard")) == [
        (
            1,
            metered.pk,
            "主题党日",
            IndicatorKind.METERED,
            Decimal(50),
            "每月不少于 1 次；各期平分满分，补报折算，未完成不得分",
        ),
        (
            2,
            by_hand.pk,
            "规范组织生活",
            IndicatorKind.MANUAL,
            Decimal(50),
            "由验收人员对照任务要求和佐证材料评定，按完成情况给分。",
        ),
    ]


def test_a_task_without_targets_is_graded_by_hand_unless_its_children_are():
    dimension = DimensionFactory()
    parent = TaskFactory(campaign=dimension.campaign, dimension=dimension, position=1)
    child = TaskFactory(campaign=dimension.campaign, dimension=dimension, parent=parent, position=2)

    scheme = make_scheme(by=SYSTEM, campaign=dimension.campaign)

    assert list(scheme.indicators.values_list("task", "target", "kind", "points")) == [
        (child.pk, None, IndicatorKind.MANUAL, Decimal(100))
    ]


def test_asked_again_it_is_the_same_one():
    target = TargetFactory()
    campaign = target.task.campaign

    first = make_scheme(by=SYSTEM, campaign=campaign)
    TargetFactory(task=target.task)
    second = make_scheme(by=SYSTEM, campaign=campaign)

    assert first == second
    assert (Scheme.objects.count(), Indicator.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(verb="生成评分方案").count() == 1


def test_a_campaign_that_asks_nothing_has_no_scheme():
    with pytest.raises(ValidationError, match="还没有任务和指标"):
        make_scheme(by=SYSTEM, campaign=CampaignFactory())

    assert not Scheme.objects.exists()


def test_published_campaigns_without_a_scheme_get_one():
    published = TargetFactory().task.campaign
    TargetFactory(task__campaign__status=CampaignStatus.DRAFT)

    assert [scheme.campaign for scheme in make_missing_schemes(by=SYSTEM)] == [published]
    assert make_missing_schemes(by=SYSTEM) == []


@pytest.mark.parametrize("plan", load_catalogue_plans(), ids=lambda plan: plan.code)
def test_every_plan_of_the_catalogue_has_a_scheme_of_100_points(plan):
    load_templates(by=SYSTEM)
    campaign = create_campaign(by=SYSTEM, plan=plan, issuer=OrganizationFactory(), year=2026)
    publish_campaign(by=SYSTEM, campaign=campaign)

    scheme = make_scheme(by=SYSTEM, campaign=campaign)

    assert sum(scheme.indicators.values_list("points", flat=True)) == Decimal(100)
    shares = {}
    for dimension, points in scheme.indicators.values_list("dimension", "points"):
        shares[dimension] = shares.get(dimension, 0) + points
    assert max(shares.values()) - min(shares.values()) <= Decimal("0.5")
    assert all(share * 2 == int(share * 2) for share in shares.values())
