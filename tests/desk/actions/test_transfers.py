"""Accepting a transfer: the roster moves once, and nobody is lost or counted twice at any moment (O06)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.permissions import Actor
from desk.actions.transfers import accept_transfer, admit_from_outside, record_receipt
from members.actions.transfers import expire_transfers, refuse_transfer, start_transfer, withdraw_transfer
from members.models import DuesEntry, Member, Membership, Transfer
from office.models import Notice
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MembershipFactory, id_number
from tests.factories.transfers import DuesEntryFactory, DuesMonthFactory, TransferFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
TODAY = date(2026, 3, 16)
LETTER = {"outside_name": "外省某机关党委", "outside_letter": "〔2026〕18号", "reason": "工作调动"}


def person(order=7, **changed):
    return {"name": "王立", "sex": "male", "kind": "full", "id_number": id_number(order), **changed}


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee)


@pytest.fixture
def other(committee):
    return BranchFactory(parent=committee)


@pytest.fixture
def transfer(branch, other):
    return TransferFactory(from_organization=branch, to_organization=other)


@pytest.fixture
def leaving(branch):
    member = MembershipFactory(organization=branch).member
    return start_transfer(by=SYSTEM, member=member, outside_name="外省某机关党委", reason="工作调动")


def place_of(member, on=TODAY):
    return list(Membership.objects.on(on).filter(member=member).values_list("organization", flat=True))


def test_o06_the_roster_moves_on_the_day_of_acceptance(transfer, branch, other):
    accepted = accept_transfer(by=SYSTEM, transfer=transfer)

    assert (accepted.state, accepted.effective_on) == ("accepted", TODAY)
    assert place_of(transfer.member, TODAY - timedelta(days=1)) == [branch.pk]
    assert place_of(transfer.member) == [other.pk]


def test_o06_accepting_twice_moves_once(transfer):
    accept_transfer(by=SYSTEM, transfer=transfer)

    with pytest.raises(ValidationError, match="现在是“已接收”"):
        accept_transfer(by=SYSTEM, transfer=transfer)
    assert Membership.objects.filter(member=transfer.member).count() == 2


def test_o06_both_sides_are_told(transfer, branch, other):
    users = [make_user_with_post("secretary", one) for one in (branch, other)]

    accept_transfer(by=SYSTEM, transfer=transfer)

    assert sorted(Notice.objects.values_list("user", flat=True)) == [user.pk for user in users]


def test_o06_a_late_one_is_not_accepted(transfer, branch):
    Transfer.objects.update(expires_on=date(2026, 3, 15))

    with pytest.raises(ValidationError, match="已于2026年3月15日届满"):
        accept_transfer(by=SYSTEM, transfer=transfer)
    assert place_of(transfer.member) == [branch.pk]


def test_o06_who_has_gone_another_way_is_not_moved_again(transfer, committee):
    Membership.objects.filter(member=transfer.member).update(organization=BranchFactory(parent=committee))

    with pytest.raises(ValidationError, match="已不在"):
        accept_transfer(by=SYSTEM, transfer=transfer)


def test_o06_o07_unpaid_dues_of_the_month_go_along(transfer, branch, other):
    for month, paid in ((2, 0), (3, 0)):
        DuesEntryFactory(member=transfer.member, organization=branch, month=date(2026, month, 1), paid=paid)

    accept_transfer(by=SYSTEM, transfer=transfer)

    places = dict(DuesEntry.objects.values_list("month", "organization"))
    assert places == {date(2026, 2, 1): branch.pk, date(2026, 3, 1): other.pk}


@pytest.mark.parametrize(("paid", "closed"), [(90, False), (0, True)])
def test_o06_o07_paid_dues_and_closed_months_stay(transfer, branch, paid, closed):
    DuesEntryFactory(member=transfer.member, organization=branch, month=date(2026, 3, 1), paid=paid,
                     paid_on=date(2026, 3, 9))  # fmt: skip
    if closed:
        DuesMonthFactory(organization=branch, month=date(2026, 3, 1), closed_at=clock.now())

    accept_transfer(by=SYSTEM, transfer=transfer)

    assert DuesEntry.objects.get().organization == branch


def test_o06_membership_ends_when_the_receipt_is_recorded(leaving, branch):
    assert place_of(leaving.member) == [branch.pk]

    done = record_receipt(by=SYSTEM, transfer=leaving, on=TODAY, note="已接收")

    assert (done.state, done.effective_on, done.decision) == ("accepted", TODAY, "已接收")
    assert place_of(leaving.member) == []


@pytest.mark.parametrize("on", [date(2026, 3, 15), date(2026, 3, 17)])
def test_o06_a_receipt_is_of_a_day_between_the_letter_and_today(leaving, branch, on):
    with pytest.raises(ValidationError, match="回执日期"):
        record_receipt(by=SYSTEM, transfer=leaving, on=on)
    assert place_of(leaving.member) == [branch.pk]


def test_o06_a_letter_is_not_accepted_inside_nor_a_transfer_inside_by_receipt(leaving, transfer):
    with pytest.raises(ValidationError, match="收到回执后登记"):
        accept_transfer(by=SYSTEM, transfer=leaving)
    with pytest.raises(ValidationError, match="由接收党支部办理"):
        record_receipt(by=SYSTEM, transfer=transfer, on=TODAY)


def test_o06_somebody_new_comes_with_a_letter(other):
    transfer = admit_from_outside(by=SYSTEM, to=other, on=TODAY, letter=LETTER, person=person())

    assert (transfer.direction, transfer.state, transfer.letter_label) == ("in", "accepted", "〔2026〕18号")
    assert transfer.member.name == "王立"
    assert place_of(transfer.member) == [other.pk]


def test_o06_who_was_here_before_is_found_by_his_number(leaving, other):
    record_receipt(by=SYSTEM, transfer=leaving, on=TODAY)
    known = leaving.member

    back = admit_from_outside(
        by=SYSTEM, to=other, on=TODAY, letter=LETTER, person=person(name=known.name, id_number=known.id_number)
    )

    assert back.member == known
    assert Member.objects.count() == 1
    assert place_of(known) == [other.pk]


def test_o06_who_is_on_a_roster_does_not_come_from_outside(transfer, other):
    known = transfer.member

    with pytest.raises(ValidationError, match="请办理系统内转接"):
        admit_from_outside(
            by=SYSTEM, to=other, on=TODAY, letter=LETTER, person=person(name=known.name, id_number=known.id_number)
        )
    assert Member.objects.count() == 1


@pytest.mark.parametrize("changed", [{"id_number": ""}, {"id_number": "110101198005060071"}, {"sex": "female"}])
def test_o06_a_person_that_cannot_be_is_refused_whole(other, changed):
    with pytest.raises(ValidationError):
        admit_from_outside(by=SYSTEM, to=other, on=TODAY, letter=LETTER, person=person(**changed))
    assert not Member.objects.exists()
    assert not Transfer.objects.exists()


# The plain model of the property: member → branch (None: outside the tree), member → where his open transfer goes.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["start", "out", "accept", "receipt", "refuse", "withdraw", "expire", "in", "wait"]),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=14,
)


class World:
    """Three branches, three members, what the database does and what the model says."""

    def __init__(self) -> None:
        clock.move_to(clock.start_of_day(TODAY) + timedelta(hours=9))
        committee = CommitteeFactory()
        self.branches = [BranchFactory(parent=committee) for _ in range(3)]
        self.members = [MembershipFactory(organization=branch).member for branch in self.branches]
        self.at = {member.pk: self.branches[place].pk for place, member in enumerate(self.members)}
        self.going: dict[int, int | None] = {}

    def take(self, verb, which, where):
        """The step in the database; in the model only where it may be taken. True when both agree."""
        member, branch = self.members[which], self.branches[where]
        open_one = Transfer.objects.open().filter(member=member).first()
        allowed = getattr(self, f"may_{verb}")(member.pk, branch.pk)
        try:
            with transaction.atomic():
                self.do(verb, member, branch, open_one or Transfer.objects.filter(member=member).first())
        except ValidationError:
            return not allowed
        if allowed:
            getattr(self, f"model_{verb}")(member.pk, branch.pk)
        return allowed

    def do(self, verb, member, branch, found):
        match verb:
            case "start":
                start_transfer(by=SYSTEM, member=member, to=branch, reason="工作调动")
            case "out":
                start_transfer(by=SYSTEM, member=member, outside_name="外省某机关党委", reason="工作调动")
            case "in":
                admit_from_outside(
                    by=SYSTEM, to=branch, on=clock.today(), letter=LETTER,
                    person={"name": member.name, "sex": member.sex, "id_number": member.id_number},
                )  # fmt: skip
            case "expire":
                expire_transfers(by=SYSTEM, on=clock.today() + timedelta(days=91))
            case "wait":
                clock.move_to(clock.now() + timedelta(days=5))
            case _ if found is None:
                raise ValidationError("nothing to decide on")
            case _:
                self.decide(verb, found)

    def decide(self, verb, found):
        match verb:
            case "accept":
                accept_transfer(by=SYSTEM, transfer=found)
            case "receipt":
                record_receipt(by=SYSTEM, transfer=found, on=clock.today())
            case "refuse":
                refuse_transfer(by=SYSTEM, transfer=found, note="退回")
            case "withdraw":
                withdraw_transfer(by=SYSTEM, transfer=found, note="撤回")

    def may_start(self, member, branch):
        return self.at[member] not in (None, branch) and member not in self.going

    def may_out(self, member, branch):
        return self.at[member] is not None and member not in self.going

    def may_accept(self, member, branch):
        return self.going.get(member) is not None

    def may_receipt(self, member, branch):
        return member in self.going and self.going[member] is None

    def may_refuse(self, member, branch):
        return member in self.going

    may_withdraw = may_refuse

    def may_in(self, member, branch):
        return self.at[member] is None

    def may_expire(self, member, branch):
        return True

    may_wait = may_expire

    def model_start(self, member, branch):
        self.going[member] = branch

    def model_out(self, member, branch):
        self.going[member] = None

    def model_accept(self, member, branch):
        self.at[member] = self.going.pop(member)

    def model_receipt(self, member, branch):
        self.at[member] = self.going.pop(member)

    def model_refuse(self, member, branch):
        del self.going[member]

    model_withdraw = model_refuse

    def model_in(self, member, branch):
        self.at[member] = branch

    def model_expire(self, member, branch):
        self.going.clear()

    def model_wait(self, member, branch):
        pass

    def check(self):
        """Every member stands exactly where the model says, today and live, and nobody stands in two places."""
        expected = {member: place for member, place in self.at.items() if place is not None}
        live = Membership.objects.filter(ends_on=None, member__in=self.members)
        today = Membership.objects.on(clock.today()).filter(member__in=self.members)
        assert sorted(live.values_list("member", "organization")) == sorted(expected.items())
        assert sorted(today.values_list("member", "organization")) == sorted(expected.items())
        held = Counter()
        for place in Membership.objects.filter(member__in=self.members, ends_on__isnull=False):
            days = (place.ends_on - max(place.starts_on, TODAY)).days
            held.update((place.member_id, max(place.starts_on, TODAY) + timedelta(days=n)) for n in range(days))
        assert max(held.values(), default=0) <= 1
        assert dict(Transfer.objects.open().values_list("member", "to_organization")) == self.going


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_o06_nobody_is_lost_or_counted_twice(steps):
    with transaction.atomic():
        world = World()
        for verb, which, where in steps:
            assert world.take(verb, which, where), f"{verb} of member {which} to branch {where}"
            world.check()
        transaction.set_rollback(True)
