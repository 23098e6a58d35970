"""Contests, applications and awards: what the actions do and refuse (C12, O15)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.permissions import Actor
from campaigns.actions import applications, contests
from campaigns.models import Award
from campaigns.rules.contests import ApplicationState, ContestState
from members.actions.opinions import answer_opinion
from members.models import OpinionRequest
from office.models import Notice
from tests.factories.branches import BranchFactory, UserFactory, actor, make_user_with_post
from tests.factories.campaigns_honours import ApplicationFactory, ContestFactory
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db
SUBJECTS = {"organization": {}, "member": {"subject": "member"}, "post": {"subject": "post", "preset": "model_post"}}


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post(Role.SECRETARY, branch))


@pytest.fixture
def superior(branch):
    return actor(make_user_with_post(Role.STAFF, branch.parent))


@pytest.fixture
def member(branch):
    return MembershipFactory(organization=branch, member=MemberFactory(name="周敏", user=UserFactory())).member


def values(**changes):
    return {
        "title": "四强支部", "year": 2026, "subject": "organization", "kinds": ["branch"], "content": "", "levels": [],
        "quota": None, "starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 31), "preset": "four_strong", **changes,
    }  # fmt: skip


def evidence_of(contest):
    return {criterion.pk: "见会议记录" for criterion in contest.criteria.all()}


def hand_in(branch, by, contest, **more):
    return applications.apply(
        by=by, contest=contest, organization=branch, statement="作用突出", evidence=evidence_of(contest), **more
    )


def verify(by, application, met=True, remark=""):
    pks = application.answers.values_list("criterion", flat=True)
    return applications.verify_application(
        by=by, application=application, marks=dict.fromkeys(pks, met), remarks=dict.fromkeys(pks, remark)
    )


def test_c12_a_contest_is_published_with_its_criteria_once(branch, secretary, superior):
    contest = contests.draft_contest(by=superior, issuer=branch.parent, criteria=[], **values())
    assert contests.draft_contest(by=superior, issuer=branch.parent, criteria=[], **values()) == contest
    with pytest.raises(ValidationError, match="争创条件"):
        contests.publish_contest(by=superior, contest=contest)
    criteria = [("组织生活正常", "会议记录"), ("作用突出", "")]
    contest = contests.change_contest(by=superior, contest=contest, criteria=criteria, **values())
    contest = contests.publish_contest(by=superior, contest=contest)
    assert contests.publish_contest(by=superior, contest=contest).state == ContestState.PUBLISHED
    assert list(contest.criteria.values_list("text", "evidence")) == criteria
    assert Notice.objects.get(user_id=secretary.user_id).key == f"contest:{contest.pk}"
    with pytest.raises(ValidationError, match="不能修改"):
        contests.change_contest(by=superior, contest=contest, criteria=[], **values())
    assert contests.close_contest(by=superior, contest=contest).state == ContestState.CLOSED


def test_c12_a_branch_applies_is_verified_honoured_and_loses_the_title(branch, secretary, superior):
    contest = ContestFactory(issuer=branch.parent, levels=["五星", "四星"])
    application = hand_in(branch, secretary, contest)
    assert hand_in(branch, secretary, contest) == application
    with pytest.raises(ValidationError, match="写明原因"):
        verify(superior, application, met=False)
    assert verify(superior, application, met=False, remark="记录不全").state == ApplicationState.UNMET
    application = verify(superior, application)
    with pytest.raises(ValidationError, match="请选择等次"):
        applications.award(by=superior, application=application)

    given = applications.award(by=superior, application=application, level="五星", number="机委〔2026〕3号")
    assert applications.award(by=superior, application=application, level="五星") == given
    assert (given.organization, given.member, str(given)) == (branch, None, f"{contest.title}（五星）")

    with pytest.raises(ValidationError):
        applications.revoke(by=superior, application=application, reason=" ")
    given = applications.revoke(by=superior, application=application, reason="出现严重问题")
    assert (given.revoked_on, given.reason) == (date(2026, 3, 5), "出现严重问题")
    assert not Award.objects.in_force().exists()


@pytest.mark.parametrize("kind", ["member", "post"])
def test_o15_no_award_to_a_person_without_the_word_of_his_branch(branch, secretary, superior, member, kind):
    contest = ContestFactory(issuer=branch.parent, **SUBJECTS[kind])
    application = hand_in(branch, secretary, contest, member=member, post_name="服务窗口" if kind == "post" else "")
    application = verify(superior, application)
    with pytest.raises(ValidationError, match="听取党支部意见"):
        applications.award(by=superior, application=application)

    applications.ask_branch(by=superior, application=application)
    answer_opinion(by=secretary, request=OpinionRequest.objects.get(), answer="agreed", met_on=date(2026, 3, 5))

    assert applications.award(by=superior, application=application).member == member


def test_c12_a_members_own_application_goes_to_his_branch_first(branch, secretary, member):
    own = Actor(user_id=member.user_id, organization_id=branch.pk, member_id=member.pk)
    contest = ContestFactory(issuer=branch.parent, subject="member")
    application = hand_in(branch, own, contest, member=member, by_branch=False)
    assert application.state == ApplicationState.APPLIED
    with pytest.raises(ValidationError, match="不能推荐本人"):
        applications.move_application(by=own, application=application, verb="recommend")
    application = applications.move_application(by=secretary, application=application, verb="recommend")
    assert application.state == ApplicationState.RECOMMENDED
    application = applications.move_application(by=own, application=application, verb="withdraw")
    assert application.state == ApplicationState.WITHDRAWN


def test_c12_what_does_not_fit_is_refused(branch, secretary, superior, member):
    contest = ContestFactory(issuer=branch.parent)
    with pytest.raises(ValidationError, match="请填写佐证"):
        applications.apply(by=secretary, contest=contest, organization=branch, statement="好", evidence={})
    with pytest.raises(ValidationError, match="面向党组织"):
        hand_in(branch, secretary, contest, member=member)
    with pytest.raises(ValidationError, match="不面向"):
        hand_in(branch.parent, superior, contest)
    with pytest.raises(ValidationError, match="申报时间"):
        hand_in(branch, secretary, ContestFactory(issuer=branch.parent, ends_on=date(2026, 3, 4)))
    with pytest.raises(ValidationError, match="名册"):
        hand_in(branch, secretary, ContestFactory(issuer=branch.parent, subject="member"), member=MemberFactory())


def test_c12_the_quota_holds_and_only_the_issuer_awards(branch, secretary, superior):
    contest = ContestFactory(issuer=branch.parent, quota=1)
    other = BranchFactory(parent=branch.parent)
    first, second = (
        verify(superior, ApplicationFactory(contest=contest, organization=each)) for each in (branch, other)
    )
    top = actor(make_user_with_post(Role.STAFF, branch.parent.parent))
    with pytest.raises(ValidationError, match="由发布争创活动的党组织授予"):
        applications.award(by=top, application=first)
    applications.award(by=superior, application=first)
    with pytest.raises(ValidationError, match="名额 1 个"):
        applications.award(by=superior, application=second)


def test_c12_nobody_verifies_his_own_organisation(branch):
    own = actor(make_user_with_post(Role.STAFF, branch))
    with pytest.raises(ValidationError, match="由上级党组织办理"):
        verify(own, ApplicationFactory(organization=branch))
