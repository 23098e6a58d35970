"""Topics, projects and claims: what the actions do and refuse (C09)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.permissions import Actor
from campaigns.actions import claims, projects
from campaigns.rules.projects import ClaimState, ProjectState
from members.models import Member
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, UserFactory, actor, make_user_with_post
from tests.factories.campaigns_honours import ClaimTaskFactory, ProjectFactory, TopicFactory
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.members_rooms import picture

pytestmark = pytest.mark.django_db


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
def member(branch) -> Member:
    return MembershipFactory(organization=branch, member=MemberFactory(user=UserFactory())).member


def told(by: Actor) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(user_id=by.user_id).order_by("pk")]


def values(member: Member, **changes):
    return {
        "year": 2026, "title": "窗口服务提升", "goal": "时限压缩三分之一", "responsible": member,
        "starts_on": date(2026, 3, 5), "ends_on": date(2026, 9, 30), **changes,
    }  # fmt: skip


def test_c09_a_topic_reaches_the_kinds_below_once(branch, secretary, superior):
    asked = {"year": 2026, "title": "优化服务", "kinds": ["branch"], "claim_by": date(2026, 3, 31)}
    topic = projects.publish_topic(by=superior, issuer=branch.parent, **asked)
    assert projects.publish_topic(by=superior, issuer=branch.parent, **asked) == topic
    assert told(secretary) == [f"{branch.parent}发布项目题目“优化服务”，请于2026年3月31日前领办。"]
    assert projects.close_topic(by=superior, topic=topic).closed_on == date(2026, 3, 5)


@pytest.mark.parametrize(
    "changes", [{"claim_by": date(2026, 3, 4)}, {"kinds": ["committee"]}, {"kinds": []}, {"title": " "}]
)
def test_c09_a_topic_with_a_day_that_is_past_or_for_others_is_refused(branch, superior, changes):
    asked = {"year": 2026, "title": "优化服务", "kinds": ["branch"], "claim_by": date(2026, 3, 31), **changes}
    with pytest.raises(ValidationError):
        projects.publish_topic(by=superior, issuer=branch.parent, **asked)


def test_c09_a_branch_takes_a_topic_on_and_the_superior_accepts_it(branch, secretary, superior, member):
    topic = TopicFactory(issuer=branch.parent)
    project = projects.take_on(by=secretary, organization=branch, topic=topic, **values(member))
    assert projects.take_on(by=secretary, organization=branch, topic=topic, **values(member)) == project
    assert len(told(superior)) == 1

    projects.move_project(by=secretary, project=project, verb="progress", text="完成调研", files=[picture()])
    projects.move_project(by=superior, project=project, verb="supervise", text="请加快")
    projects.move_project(by=secretary, project=project, verb="submit", text="已完成")
    projects.move_project(by=superior, project=project, verb="send_back", text="补充材料")
    projects.move_project(by=secretary, project=project, verb="submit", text="已补充")
    project = projects.move_project(by=superior, project=project, verb="accept", text="同意", is_excellent=True)

    assert (project.state, project.result, project.is_excellent) == (ProjectState.ACCEPTED, "已补充", True)
    assert [note.label for note in project.notes.all()] == [
        "领办项目", "记录进展", "督办", "申请验收", "退回整改", "申请验收", "通过验收（优秀）",
    ]  # fmt: skip
    assert [file.name for note in project.notes.all() for file in note.files.all()] == ["活动室.png"]
    assert len(told(secretary)) == 3
    with pytest.raises(ValidationError, match="当前状态不能通过验收"):
        projects.move_project(by=superior, project=project, verb="accept", text="同意")


def test_c09_a_branch_accepts_nothing_of_its_own_but_the_top_does(branch):
    own = actor(make_user_with_post(Role.STAFF, branch))
    with pytest.raises(ValidationError, match="由上级党组织办理"):
        projects.move_project(by=own, project=ProjectFactory(organization=branch), verb="supervise", text="请加快")
    top = branch.parent.parent
    staff = actor(make_user_with_post(Role.STAFF, top))
    project = projects.move_project(by=staff, project=ProjectFactory(organization=top), verb="supervise", text="请加快")
    assert project.notes.get().label == "督办"


@pytest.mark.parametrize("verb", ["progress", "submit", "abandon"])
def test_c09_words_are_asked_for(secretary, branch, verb):
    with pytest.raises(ValidationError) as error:
        projects.move_project(by=secretary, project=ProjectFactory(organization=branch), verb=verb, text=" ")
    assert error.value.message_dict == {"text": ["请填写说明。"]}


def test_c09_what_does_not_fit_is_refused(branch, secretary, member):
    late = TopicFactory(issuer=branch.parent, claim_by=date(2026, 3, 4), published_on=date(2026, 3, 1))
    elsewhere = TopicFactory()
    for changes in (
        {"topic": late}, {"topic": elsewhere}, {"responsible": MemberFactory()}, {"ends_on": date(2026, 3, 4)},
        {"starts_on": date(2025, 12, 31)},
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            projects.take_on(by=secretary, organization=branch, **values(member, **changes))
    with pytest.raises(ValidationError, match="由党总支、党支部领办"):
        projects.take_on(by=secretary, organization=CommitteeFactory(), **values(member))


def test_c09_a_project_is_changed_while_it_runs(branch, secretary, member):
    project = projects.take_on(by=secretary, organization=branch, **values(member))
    project = projects.change_project(by=secretary, project=project, goal="压缩一半")
    assert project.goal == "压缩一半"
    projects.move_project(by=secretary, project=project, verb="abandon", text="任务调整")
    with pytest.raises(ValidationError, match="不能修改"):
        projects.change_project(by=secretary, project=project, goal="再改")


def test_c09_members_claim_within_the_places(branch, secretary, member):
    task = ClaimTaskFactory(organization=branch, places=1)
    by = Actor(user_id=member.user_id, organization_id=branch.pk, member_id=member.pk)
    claim = claims.claim_task(by=by, task=task, member=member)
    assert claims.claim_task(by=by, task=task, member=member) == claim
    other = MembershipFactory(organization=branch).member
    with pytest.raises(ValidationError, match="名额已满"):
        claims.claim_task(by=secretary, task=task, member=other)

    claims.move_claim(by=by, claim=claim, verb="give_up", text="出差")
    claim = claims.claim_task(by=secretary, task=task, member=other)
    claims.move_claim(by=secretary, claim=claim, verb="report", text="已完成")
    claim = claims.move_claim(by=secretary, claim=claim, verb="confirm")
    assert (claim.state, claim.confirmed_on) == (ClaimState.CONFIRMED, date(2026, 3, 5))


def test_c09_nobody_confirms_what_he_did_himself(branch, member):
    user = make_user_with_post(Role.SECRETARY, branch)
    own = MembershipFactory(organization=branch, member=MemberFactory(user=user)).member
    claim = claims.claim_task(by=actor(user), task=ClaimTaskFactory(organization=branch), member=own)
    claims.move_claim(by=actor(user), claim=claim, verb="report", text="已完成")
    with pytest.raises(ValidationError, match="不能确认本人"):
        claims.move_claim(by=actor(user), claim=claim, verb="confirm")


def test_c09_claims_of_strangers_and_after_the_day_are_refused(branch, secretary, member):
    with pytest.raises(ValidationError, match="名册中的党员"):
        claims.claim_task(by=secretary, task=ClaimTaskFactory(organization=branch), member=MemberFactory())
    closed = claims.close_task(by=secretary, task=ClaimTaskFactory(organization=branch))
    with pytest.raises(ValidationError, match="截止认领"):
        claims.claim_task(by=secretary, task=closed, member=member)


def test_c09_a_task_offered_is_told_to_the_members(branch, secretary, member):
    offered = {
        "kind": "study", "title": "学习党章", "places": 5, "claim_by": date(2026, 3, 20), "due_on": date(2026, 4, 20),
    }  # fmt: skip
    task = claims.publish_task(by=secretary, organization=branch, **offered)
    assert claims.publish_task(by=secretary, organization=branch, **offered) == task
    assert Notice.objects.get(user_id=member.user_id).key == f"claim_task:{task.pk}"
    with pytest.raises(ValidationError):
        claims.publish_task(by=secretary, organization=branch, **{**offered, "title": "另", "due_on": date(2026, 3, 9)})
