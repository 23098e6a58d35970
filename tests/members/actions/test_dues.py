"""Opening, collecting, correcting and closing a month of dues (O07)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions import dues
from members.actions.dues import Opened, Payment
from members.models import DuesEntry, DuesLine, DuesMonth
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.members import MembershipFactory, ProbationaryFactory, make_roster
from tests.factories.office import RuleFactory
from tests.factories.transfers import (
    DuesBaseFactory,
    DuesEntryFactory,
    DuesLineFactory,
    DuesMonthFactory,
    DuesUseFactory,
)

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)
TODAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def entry(branch):
    return DuesEntryFactory(organization=branch, month=MARCH)


def settled(branch, **base):
    return DuesBaseFactory(member=MembershipFactory(organization=branch).member, **base).member


def open_month(branch, month=MARCH):
    return dues.open_month(by=SYSTEM, organization=branch, month=month)


def pay(branch, *payments, on=TODAY):
    return dues.collect(by=SYSTEM, organization=branch, payments=payments, on=on)


def test_o07_a_month_is_opened_once_with_base_and_rate_copied(branch):
    member = settled(branch, amount=Decimal("5000.01"))
    MembershipFactory(organization=branch)

    assert open_month(branch) == Opened(made=1, lacking=1)
    assert open_month(branch) == Opened(lacking=1)
    entry = DuesEntry.objects.get()
    assert (entry.member, entry.organization, entry.base, entry.rate, entry.due, entry.paid) == (
        member, branch, Decimal("5000.01"), Decimal("0.015"), Decimal("75.00"), 0
    )  # fmt: skip


def test_o07_who_joins_later_is_added_when_the_month_is_opened_again(branch):
    settled(branch)
    open_month(branch)
    settled(branch)

    assert open_month(branch).made == 1


@pytest.mark.parametrize(("joined_on", "made"), [(date(2026, 3, 31), 1), (date(2026, 4, 1), 0)])
def test_o07_a_probationary_member_owes_from_the_vote_on(branch, joined_on, made):
    place = MembershipFactory(organization=branch, member=ProbationaryFactory(joined_on=joined_on))
    DuesBaseFactory(member=place.member)

    assert open_month(branch).made == made


def test_o07_he_owes_where_he_is_on_the_last_day(branch):
    member = settled(branch)
    other = BranchFactory(parent=branch.parent)
    member.memberships.update(ends_on=date(2026, 2, 20))
    MembershipFactory(member=member, organization=other, starts_on=date(2026, 2, 20))

    assert open_month(branch, FEBRUARY).made == 0
    assert open_month(other, FEBRUARY).made == 1


def test_o07_an_unpaid_entry_comes_along_when_he_has_moved(branch):
    member, other = settled(branch), BranchFactory(parent=branch.parent)
    open_month(branch)
    member.memberships.update(organization=other)

    assert open_month(other) == Opened(moved=1)
    assert DuesEntry.objects.get().organization == other


def test_o07_a_paid_entry_and_one_of_a_closed_month_stay(branch):
    paid, closed = settled(branch), settled(branch)
    other, third = BranchFactory(parent=branch.parent), BranchFactory(parent=branch.parent)
    open_month(branch)
    DuesEntry.objects.filter(member=paid).update(paid=90, paid_on=TODAY)
    closed.memberships.update(organization=third)
    DuesEntry.objects.filter(member=closed).update(organization=third)
    DuesMonthFactory(organization=third, month=MARCH, closed_at="2026-03-15T00:00:00Z")
    for member in (paid, closed):
        member.memberships.update(organization=other)

    assert open_month(other) == Opened()
    assert {row.member: row.organization for row in DuesEntry.objects.all()} == {paid: branch, closed: third}


def test_o07_the_rates_are_those_of_the_month(branch):
    settled(branch, amount=Decimal(6000))
    RuleFactory(code="dues.rates", value=[{"up_to": None, "rate": "0.03"}], effective_from=MARCH)

    open_month(branch, FEBRUARY)
    open_month(branch, MARCH)

    assert list(DuesEntry.objects.order_by("month").values_list("due", flat=True)) == [90, 180]


def test_o07_no_month_is_opened_in_advance_and_only_branches_collect(branch):
    with pytest.raises(ValidationError, match="还没有开始"):
        open_month(branch, date(2026, 4, 1))
    with pytest.raises(ValidationError, match="由党支部收缴"):
        open_month(CommitteeFactory())


def test_o07_the_daily_round_opens_the_month_of_branches_with_bases(branch):
    settled(branch)
    idle = make_roster(BranchFactory(), 1)

    assert dues.open_dues(by=SYSTEM, on=TODAY) == 1
    assert dues.open_dues(by=SYSTEM, on=TODAY) == 0
    assert list(DuesMonth.objects.values_list("organization", "month")) == [(branch.pk, MARCH)]
    assert not DuesEntry.objects.filter(member__in=idle).exists()


def test_o07_opening_takes_the_same_queries_for_one_and_for_many(branch, django_assert_num_queries):
    settled(branch)
    other = BranchFactory()
    for _ in range(5):
        settled(other)
    for one in (branch, other):
        with django_assert_num_queries(10):
            open_month(one)


def test_o07_collecting_in_one_screen(branch, trail):
    first, second, third = (DuesEntryFactory(organization=branch, month=MARCH) for _ in range(3))

    count = pay(branch, Payment(first.pk, Decimal(0), Decimal(90)), Payment(second.pk, Decimal(0), Decimal(50)),
                Payment(third.pk, Decimal(0), Decimal(0)))  # fmt: skip

    assert count == 2
    assert list(DuesEntry.objects.order_by("pk").values_list("paid", "paid_on")) == [
        (90, TODAY),
        (50, TODAY),
        (0, None),
    ]
    assert trail().get().detail == {"count": 2, "on": "2026-03-16"}


def test_o07_a_second_click_takes_nothing_twice(branch, entry):
    payment = Payment(entry.pk, Decimal(0), Decimal(90))

    assert pay(branch, payment) == 1
    assert pay(branch, payment) == 0
    assert DuesEntry.objects.get().paid == 90
    assert DuesLine.objects.count() == 1


def test_o07_a_rest_is_paid_later(branch, entry):
    pay(branch, Payment(entry.pk, Decimal(0), Decimal(40)))
    pay(branch, Payment(entry.pk, Decimal(40), Decimal(50)))

    assert DuesEntry.objects.get().paid == 90
    assert not DuesEntry.objects.unpaid().exists()


def test_o07_entries_of_another_branch_are_not_collected(entry):
    assert pay(BranchFactory(), Payment(entry.pk, Decimal(0), Decimal(90))) == 0
    assert DuesEntry.objects.get().paid == 0


def test_o07_what_cannot_be_collected(branch, entry):
    with pytest.raises(ValidationError, match="不能是负数"):
        pay(branch, Payment(entry.pk, Decimal(0), Decimal(-1)))
    with pytest.raises(ValidationError, match="不能晚于今天"):
        pay(branch, Payment(entry.pk, Decimal(0), Decimal(1)), on=date(2026, 3, 17))


def test_o07_a_wrong_payment_is_countered_not_overwritten(branch, entry):
    pay(branch, Payment(entry.pk, Decimal(0), Decimal(90)))

    dues.reverse_payment(by=SYSTEM, entry=entry, amount=Decimal(20), note="多收")

    assert DuesEntry.objects.get().paid == 70
    assert list(DuesLine.objects.order_by("pk").values_list("kind", "amount", "note")) == [
        ("payment", 90, ""), ("reversal", -20, "多收")
    ]  # fmt: skip


@pytest.mark.parametrize(("amount", "note"), [("90.01", "多收"), ("0", "多收"), ("-1", "多收"), ("10", " ")])
def test_o07_a_reversal_is_of_what_was_paid_and_has_a_reason(branch, entry, amount, note):
    pay(branch, Payment(entry.pk, Decimal(0), Decimal(90)))

    with pytest.raises(ValidationError):
        dues.reverse_payment(by=SYSTEM, entry=entry, amount=Decimal(amount), note=note)
    assert DuesEntry.objects.get().paid == 90


def test_o07_what_is_due_in_a_closed_month_changes_by_counter_entry(branch, entry):
    DuesMonthFactory(organization=branch, month=MARCH)
    with pytest.raises(ValidationError, match="还没有结账"):
        dues.adjust_due(by=SYSTEM, entry=entry, amount=Decimal(10), note="少算")

    dues.close_month(by=SYSTEM, organization=branch, month=MARCH)
    dues.adjust_due(by=SYSTEM, entry=entry, amount=Decimal(-30), note="多算")

    assert DuesEntry.objects.get().due == 60
    with pytest.raises(ValidationError, match="不能小于 0"):
        dues.adjust_due(by=SYSTEM, entry=entry, amount=Decimal("-60.01"), note="多算")


def test_o07_closing_twice_is_closing_once_and_a_closed_month_is_not_opened_again(branch, trail):
    settled(branch)
    open_month(branch)
    for _ in range(2):
        dues.close_month(by=SYSTEM, organization=branch, month=MARCH)
    settled(branch)

    assert trail().filter(verb="党费结账").count() == 1
    assert open_month(branch).made == 0


def test_o07_a_month_that_was_not_opened_cannot_be_closed(branch):
    with pytest.raises(ValidationError, match="还没有生成"):
        dues.close_month(by=SYSTEM, organization=branch, month=MARCH)


def test_factories_make_rows():
    assert DuesLineFactory().entry.lines.count() == 1
    assert DuesUseFactory().amount == 320
