"""What members report with a picture (随手拍): taken up as a problem, or declined with a word (R01)."""

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from campaigns.actions.snapshots import decline, report_snapshot, take_up
from campaigns.models import ProblemPaper, Snapshot
from campaigns.rules.problems import Deadline
from office.models import Notice
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.members_rooms import picture
from tests.factories.problems import SnapshotFactory

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


def test_r01_a_member_reports_once_with_a_picture(branch, secretary):
    member = actor(make_user_with_post(Role.MEMBER, branch))
    for _ in range(2):
        report_snapshot(by=member, organization=branch, text="资料凌乱", photo=picture())
    snapshot = Snapshot.objects.get()
    assert (snapshot.photos.count(), str(snapshot.due_on)) == (1, "2026-03-12")
    assert Notice.objects.get().user_id == secretary.user_id


def test_r01_without_a_picture_it_is_refused(branch):
    member = actor(make_user_with_post(Role.MEMBER, branch))
    with pytest.raises(ValidationError):
        report_snapshot(by=member, organization=branch, text="资料凌乱")


def test_r01_what_is_taken_up_is_a_problem_with_the_picture_and_the_member_is_told(branch, secretary):
    member = actor(make_user_with_post(Role.MEMBER, branch))
    snapshot = report_snapshot(by=member, organization=branch, text="资料凌乱", photo=picture())
    problem = take_up(by=secretary, snapshot=snapshot, text="", deadline=Deadline.IMMEDIATE)
    assert (problem.text, problem.origin) == ("资料凌乱", "snapshot")
    assert ProblemPaper.objects.get().slot == ProblemPaper.Slot.ISSUE
    assert Notice.objects.filter(user=member.user_id).count() == 1


def test_r01_what_is_declined_says_why(branch, secretary):
    snapshot = SnapshotFactory(organization=branch)
    with pytest.raises(ValidationError):
        decline(by=secretary, snapshot=snapshot, answer="")
    assert decline(by=secretary, snapshot=snapshot, answer="已经整理").state == Snapshot.State.DECLINED
    with pytest.raises(ValidationError, match="不予受理"):
        decline(by=secretary, snapshot=snapshot, answer="再说一次")
