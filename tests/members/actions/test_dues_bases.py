"""Bases and exemptions (O07)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from members.actions.dues_bases import decide_base, set_base
from members.models import DuesBase, DuesEntry
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.members import MembershipFactory
from tests.factories.transfers import DuesBaseFactory, DuesEntryFactory, DuesMonthFactory

pytestmark = pytest.mark.django_db

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)


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
def member(branch):
    return MembershipFactory(organization=branch).member


@pytest.fixture
def secretary(branch):
    return make_user_with_post("secretary", branch)


@pytest.fixture
def staff(committee):
    return make_user_with_post("staff", committee)


@pytest.fixture
def settle(member, branch, secretary):
    def made(kind="working", amount=Decimal(6000), effective_from=MARCH, **fields):
        return set_base(by=actor(secretary), member=member, organization=branch, kind=kind, amount=amount,
                        effective_from=effective_from, **fields)  # fmt: skip

    return made


def test_o07_a_base_counts_at_once_and_the_open_months_are_reckoned_again(settle, member, branch):
    DuesEntryFactory(member=member, organization=branch, month=MARCH)

    base = settle(amount=Decimal(12000))

    assert (base.state, base.approved_at) == ("in_force", None)
    assert DuesEntry.objects.get().due == 240


def test_o07_the_base_of_the_same_month_steps_back(settle):
    first, second = settle(amount=Decimal(5000)), settle(amount=Decimal(7000))

    assert dict(DuesBase.objects.values_list("pk", "state")) == {first.pk: "superseded", second.pk: "in_force"}


def test_o07_a_closed_month_is_not_reckoned_again(settle, member, branch):
    DuesEntryFactory(member=member, organization=branch, month=MARCH)
    DuesMonthFactory(organization=branch, month=MARCH, closed_at="2026-03-10T00:00:00Z")

    with pytest.raises(ValidationError, match="2026年3月已结账"):
        settle()
    settle(effective_from=date(2026, 4, 1))
    assert DuesEntry.objects.get().due == 90


def test_o07_an_exemption_waits_for_the_superior(settle, member, branch, staff):
    DuesBaseFactory(member=member)
    DuesEntryFactory(member=member, organization=branch, month=MARCH)

    asked = settle("exempt", Decimal(0), reason="重病，家庭困难", until=MARCH)
    assert asked.state == "asked"
    assert DuesEntry.objects.get().due == 90
    assert Notice.objects.get(user=staff).text.endswith("请审批。")

    decided = decide_base(by=actor(staff), base=asked, organization=branch, approve=True)
    assert (decided.state, decided.approved_by) == ("in_force", staff)
    assert (DuesEntry.objects.get().kind, DuesEntry.objects.get().due) == ("exempt", 0)


def test_o07_a_refused_exemption_changes_nothing(settle, member, branch, staff, secretary):
    DuesEntryFactory(member=member, organization=branch, month=MARCH)
    asked = settle("exempt", Decimal(0), reason="家庭困难")

    with pytest.raises(ValidationError, match="请填写不批准的原因"):
        decide_base(by=actor(staff), base=asked, organization=branch, approve=False)
    decide_base(by=actor(staff), base=asked, organization=branch, approve=False, note="不符合条件")

    assert DuesEntry.objects.get().due == 90
    assert "未获批准：不符合条件" in Notice.objects.get(user=secretary).text
    with pytest.raises(ValidationError, match="不能再审批"):
        decide_base(by=actor(staff), base=asked, organization=branch, approve=True)


def test_o07_nobody_approves_what_his_own_organisation_asked(member, branch, staff):
    asked = set_base(by=actor(staff), member=member, organization=branch, kind="exempt", amount=Decimal(0),
                     effective_from=MARCH, reason="家庭困难")  # fmt: skip

    with pytest.raises(ValidationError, match="由上级党组织审批"):
        decide_base(by=actor(staff), base=asked, organization=branch, approve=True)


def test_o07_a_fixed_sum_of_the_rules_needs_no_approval_another_does(settle):
    assert settle("fixed", Decimal("0.20")).state == "in_force"
    assert settle("fixed", Decimal("5.00"), reason="收入减少").state == "asked"


def test_o07_an_exemption_has_a_reason_and_waits_alone(settle):
    with pytest.raises(ValidationError, match="请填写原因"):
        settle("exempt", Decimal(0))
    settle("exempt", Decimal(0), reason="家庭困难")
    with pytest.raises(ValidationError, match="已有一项申请待批准"):
        settle("exempt", Decimal(0), reason="家庭困难")


def test_o07_an_approved_exemption_stands_beside_the_base_of_its_month(settle, branch, staff):
    ordinary = settle(effective_from=JANUARY)
    asked = settle("exempt", Decimal(0), JANUARY, reason="家庭困难", until=JANUARY)

    decide_base(by=actor(staff), base=asked, organization=branch, approve=True)

    assert set(DuesBase.objects.in_force()) == {ordinary, asked}
