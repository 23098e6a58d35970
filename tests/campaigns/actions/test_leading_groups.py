"""Leading groups (C02): who sits there, and that the office carries the campaign out."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from branches.enums import Role
from branches.models import AuditEntry
from branches.permissions import Grant, Scope
from campaigns.actions.leading_groups import remove_seat, save_seat
from campaigns.models import Campaign
from campaigns.queries.campaign_rights import may_manage
from office.models import Notice
from tests.factories.branches import CommitteeFactory, OrganizationFactory, UserFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory, LeadingGroupSeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return CampaignFactory(issuer=CommitteeFactory())


@pytest.fixture
def staff(campaign):
    return actor(make_user_with_post("staff", campaign.issuer))


def leader_elsewhere(user):
    """The scope of somebody of another tree, who sees campaigns there."""
    place = OrganizationFactory()
    return Scope(user.pk, Grant(1, place.pk, place.path, Role.LEADER))


def seated(campaign, staff, **fields):
    known = {"role": "办公室", "holder": "区委组织部", "user": None, "runs_campaign": False}
    return save_seat(by=staff, campaign=campaign, **(known | fields))


def test_c02_two_lead_departments_work_side_by_side(campaign, staff):
    people = [UserFactory(), UserFactory()]
    for user in people:
        seated(campaign, staff, role="牵头单位", user=user, runs_campaign=True)
    for user in people:
        scope = leader_elsewhere(user)
        assert may_manage(scope, campaign)
        assert campaign in Campaign.objects.visible_to(scope)
    assert Notice.objects.filter(user__in=people).count() == 2
    assert AuditEntry.objects.filter(verb="调整领导小组").count() == 2


def test_c02_a_mere_seat_gives_no_right_to_change(campaign, staff):
    user = UserFactory()
    seated(campaign, staff, role="成员", user=user)
    assert not may_manage(leader_elsewhere(user), campaign)


def test_c02_the_right_ends_with_the_seat(campaign, staff):
    user = UserFactory()
    seat = seated(campaign, staff, user=user, runs_campaign=True)
    remove_seat(by=staff, seat=seat)
    scope = leader_elsewhere(user)
    assert not may_manage(scope, campaign)
    assert campaign not in Campaign.objects.visible_to(scope)


def test_c02_who_is_to_carry_out_needs_an_account(campaign, staff):
    with pytest.raises(ValidationError, match="请填写本人账号"):
        seated(campaign, staff, runs_campaign=True)


def test_c02_a_seat_is_changed_in_its_place(campaign, staff):
    seat = seated(campaign, staff)
    seated(campaign, staff, seat=seat, holder="区直机关工委")
    assert [(each.position, each.holder) for each in campaign.leading_group.all()] == [(1, "区直机关工委")]


def test_c02_an_ended_campaign_keeps_its_group(campaign, staff):
    campaign.status = "closed"
    campaign.save()
    with pytest.raises(ValidationError, match="已结束"):
        seated(campaign, staff)


def test_the_database_refuses_an_office_without_a_person(campaign):
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadingGroupSeatFactory(campaign=campaign, runs_campaign=True)
