"""Which rounds, schemes, sheets and results a scope reaches."""

import pytest

from assessments.models import Result, Round, Scheme, Submission
from branches.enums import Role
from branches.permissions import Grant, Scope
from campaigns.enums import CampaignStatus
from tests.factories.assessments import ResultFactory, RoundFactory, SubmissionFactory
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def scope(organization, role=Role.SECRETARY) -> Scope:
    grant = Grant(1, organization.pk, organization.path, role)
    return Scope(user_id=1, grant=grant, grants=(grant,))


@pytest.fixture
def tree():
    root = OrganizationFactory()
    committee = CommitteeFactory(parent=root)
    return root, committee, BranchFactory(parent=committee), BranchFactory(parent=committee)


def test_a_round_of_a_superior_is_seen_below_it(tree):
    root, committee, branch, _ = tree
    above = RoundFactory(scheme__campaign__issuer=root)
    beside = RoundFactory(scheme__campaign__issuer=CommitteeFactory(parent=root))
    own = RoundFactory(scheme__campaign__issuer=committee)

    assert set(Round.objects.visible_to(scope(branch))) == {above, own}
    assert set(Round.objects.visible_to(scope(root, Role.STAFF))) == {above, beside, own}
    assert not Round.objects.visible_to(scope(OrganizationFactory(), Role.STAFF)).exists()


def test_a_member_and_a_stranger_see_no_round(tree):
    root, _, branch, _ = tree
    round_ = RoundFactory(scheme__campaign__issuer=root)

    assert not Round.objects.visible_to(scope(branch, Role.MEMBER)).exists()
    assert not Round.objects.visible_to(Scope()).exists()
    assert not Scheme.objects.visible_to(scope(branch, Role.MEMBER)).exists()
    assert list(Scheme.objects.visible_to(scope(branch))) == [round_.scheme]


def test_a_scheme_of_a_draft_is_seen_by_its_issuer_alone(tree):
    root, _, branch, _ = tree
    scheme = RoundFactory(scheme__campaign__issuer=root, scheme__campaign__status=CampaignStatus.DRAFT).scheme

    assert not Scheme.objects.visible_to(scope(branch)).exists()
    assert list(Scheme.objects.visible_to(scope(root, Role.STAFF))) == [scheme]


def test_sheets_and_results_are_seen_from_above_and_by_oneself(tree):
    root, committee, branch, sibling = tree
    round_ = RoundFactory(scheme__campaign__issuer=root)
    own, other = (SubmissionFactory(round=round_, organization=each) for each in (branch, sibling))
    own_result, other_result = (ResultFactory(round=round_, organization=each) for each in (branch, sibling))

    assert list(Submission.objects.visible_to(scope(branch))) == [own]
    assert set(Submission.objects.visible_to(scope(committee, Role.STAFF))) == {own, other}
    assert list(Result.objects.visible_to(scope(branch))) == [own_result]
    assert set(Result.objects.visible_to(scope(committee, Role.STAFF))) == {own_result, other_result}
