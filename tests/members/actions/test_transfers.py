"""A transfer up to the moment at which the roster changes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions import transfer_notices, transfers
from members.models import Membership, Transfer
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, actor, make_user_with_post
from tests.factories.members import MembershipFactory
from tests.factories.transfers import DuesEntryFactory, TransferFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
TODAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def committee(root):
    return CommitteeFactory(parent=root)


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="一支部")


@pytest.fixture
def sibling(committee):
    return BranchFactory(parent=committee)


@pytest.fixture
def abroad(root):
    """A branch of another unit of the tree."""
    return BranchFactory(parent=CommitteeFactory(parent=root))


@pytest.fixture
def member(branch):
    return MembershipFactory(organization=branch).member


@pytest.fixture
def secretary(branch):
    return make_user_with_post("secretary", branch)


def start(by, member, to=None, **fields):
    return transfers.start_transfer(by=by, member=member, to=to, reason="工作调动", **fields)


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_o06_within_a_unit_it_goes_straight_to_the_other_branch(secretary, member, sibling, branch, trail):
    receiver = make_user_with_post("secretary", sibling)

    transfer = start(actor(secretary), member, sibling)

    assert (transfer.state, transfer.sent_on, transfer.expires_on) == ("pending", TODAY, date(2026, 6, 14))
    assert Membership.objects.get(member=member, ends_on=None).organization == branch
    assert len(told(receiver)) == 1
    assert "请于2026年6月14日前接收或者退回" in told(receiver)[0]
    assert trail().last().verb == "发起组织关系转接"


def test_o06_across_units_the_superior_approves_first(secretary, member, abroad, committee):
    staff, receiver = make_user_with_post("staff", committee), make_user_with_post("secretary", abroad)

    transfer = start(actor(secretary), member, abroad)
    assert (transfer.state, transfer.sent_on) == ("started", None)
    assert told(receiver) == []
    assert len(told(staff)) == 1

    approved = transfers.approve_transfer(by=actor(staff), transfer=transfer)
    assert (approved.state, approved.sent_on, approved.approved_by) == ("pending", TODAY, staff)
    assert len(told(receiver)) == 1


def test_o06_who_starts_it_as_the_superior_has_approved_it(member, abroad, committee):
    staff = make_user_with_post("staff", committee)

    assert start(actor(staff), member, abroad).state == "pending"


def test_o06_nobody_approves_what_his_own_organisation_asked(secretary, member, abroad):
    transfer = start(actor(secretary), member, abroad)

    with pytest.raises(ValidationError, match="由上级党组织审批"):
        transfers.approve_transfer(by=actor(secretary), transfer=transfer)
    assert Transfer.objects.get().state == "started"


def test_o06_approving_twice_is_refused(secretary, member, abroad, committee):
    transfer, staff = start(actor(secretary), member, abroad), make_user_with_post("staff", committee)
    transfers.approve_transfer(by=actor(staff), transfer=transfer)

    with pytest.raises(ValidationError, match="现在是“待接收”，不能审批"):
        transfers.approve_transfer(by=actor(staff), transfer=transfer)


def test_o06_letters_are_numbered_without_gaps_by_the_unit(branch, committee):
    staff = actor(make_user_with_post("staff", committee))
    members = [MembershipFactory(organization=branch).member for _ in range(3)]

    made = [start(staff, member, outside_name="外省某机关党委") for member in members]

    assert [(one.issuer, one.letter_label) for one in made] == [
        (committee, "〔2026〕1号"),
        (committee, "〔2026〕2号"),
        (committee, "〔2026〕3号"),
    ]


def test_o06_a_letter_not_yet_approved_has_no_number(secretary, member, committee):
    transfer = start(actor(secretary), member, outside_name="外省某机关党委")
    assert (transfer.state, transfer.letter_number) == ("started", None)

    sent = transfers.approve_transfer(by=actor(make_user_with_post("staff", committee)), transfer=transfer)
    assert sent.letter_label == "〔2026〕1号"


def test_o06_o07_the_letter_says_until_when_dues_are_paid(member, branch, sibling):
    for month, paid in ((1, 90), (2, 90), (3, 0)):
        DuesEntryFactory(member=member, organization=branch, month=date(2026, month, 1), paid=paid,
                         paid_on=date(2026, month, 9))  # fmt: skip

    assert start(SYSTEM, member, sibling).dues_until == date(2026, 2, 1)


def test_o06_one_transfer_of_a_member_is_open_at_a_time(member, sibling):
    start(SYSTEM, member, sibling)

    with pytest.raises(ValidationError, match="正在转接"):
        start(SYSTEM, member, outside_name="外省某机关党委")


def test_o06_what_cannot_be_started(member, branch, committee):
    other_tree = BranchFactory()
    gone = BranchFactory(parent=committee, dissolved_on=date(2026, 1, 1))
    for to, words in (
        (branch, "已在该党支部"),
        (committee, "只能转到党支部"),
        (gone, "已撤销"),
        (other_tree, "不在本系统内"),
    ):
        with pytest.raises(ValidationError, match=words):
            start(SYSTEM, member, to)
    with pytest.raises(ValidationError, match="请填写接收组织关系的党组织"):
        start(SYSTEM, member)
    assert not Transfer.objects.exists()


def test_o06_who_is_on_no_roster_cannot_be_transferred(sibling):
    place = MembershipFactory(ends_on=date(2026, 1, 1))

    with pytest.raises(ValidationError, match="不在任何党支部"):
        start(SYSTEM, place.member, sibling)


def test_o06_a_refused_one_stays_where_he_was(secretary, member, sibling, branch):
    transfer = start(actor(secretary), member, sibling)

    refused = transfers.refuse_transfer(by=SYSTEM, transfer=transfer, note="不在本支部工作")

    assert (refused.state, refused.decision, refused.decided_on) == ("refused", "不在本支部工作", TODAY)
    assert Membership.objects.get(member=member, ends_on=None).organization == branch
    assert "已退回：不在本支部工作" in told(secretary)[-1]
    start(actor(secretary), member, sibling)


def test_o06_refusing_and_withdrawing_need_a_reason(member, sibling):
    transfer = start(SYSTEM, member, sibling)

    for verb in (transfers.refuse_transfer, transfers.withdraw_transfer):
        with pytest.raises(ValidationError, match="请填写原因"):
            verb(by=SYSTEM, transfer=transfer, note="　")


def test_o06_a_withdrawn_one_cannot_be_refused_any_more(member, sibling):
    transfer = transfers.withdraw_transfer(by=SYSTEM, transfer=start(SYSTEM, member, sibling), note="填错")

    with pytest.raises(ValidationError, match="现在是“已撤回”"):
        transfers.refuse_transfer(by=SYSTEM, transfer=transfer, note="不收")


def test_o06_late_ones_end_on_the_day_after_their_limit_and_only_once(member, branch, sibling):
    start(SYSTEM, member, sibling)

    assert transfers.expire_transfers(by=SYSTEM, on=date(2026, 6, 14)) == 0
    assert transfers.expire_transfers(by=SYSTEM, on=date(2026, 6, 15)) == 1
    assert transfers.expire_transfers(by=SYSTEM, on=date(2026, 6, 15)) == 0
    assert Transfer.objects.get().state == "expired"
    assert Membership.objects.get(member=member, ends_on=None).organization == branch


def test_o06_the_receiving_side_is_reminded_once_before_the_limit(sibling, branch):
    receiver, sender = make_user_with_post("secretary", sibling), make_user_with_post("secretary", branch)
    TransferFactory(from_organization=branch, to_organization=sibling, expires_on=date(2026, 3, 23))

    assert transfer_notices.remind_transfers(by=SYSTEM, on=date(2026, 3, 15)) == 0
    assert transfer_notices.remind_transfers(by=SYSTEM, on=date(2026, 3, 16)) == 1
    assert transfer_notices.remind_transfers(by=SYSTEM, on=date(2026, 3, 17)) == 0
    assert "将于2026年3月23日到期" in told(receiver)[0]
    assert told(sender) == []


def test_o06_without_a_secretary_the_staff_of_the_unit_is_told(member, sibling, committee):
    staff = make_user_with_post("staff", committee)

    start(SYSTEM, member, sibling)

    assert len(told(staff)) == 1
