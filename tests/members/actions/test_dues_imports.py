"""Bases of dues from Excel: by number or by branch and name, from a month on; exemptions are not among them."""

from datetime import date
from decimal import Decimal

import pytest

from branches.actions.uploads import import_table, read
from members.actions.dues_imports import IMPORTER
from members.models import DuesBase, DuesEntry, Member
from partybuild.lib.crypto import keyed_hash
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory, id_number
from tests.factories.transfers import DuesBaseFactory, DuesEntryFactory, DuesMonthFactory
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db
HEADINGS = ("所在党支部", "姓名", "身份证号", "缴费类别", "缴纳基数", "起缴月份", "截止月份", "核定依据")
GOOD = {"所在党支部": "第一支部", "姓名": "周敏", "缴纳基数": 6500, "起缴月份": "2026年3月"}
MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(name="机关党委")


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="第一支部")


@pytest.fixture
def member(branch):
    number = id_number(7)
    one = MemberFactory(name="周敏", id_number=number)
    Member.objects.filter(pk=one.pk).update(id_number_hash=keyed_hash(number))
    return MembershipFactory(organization=branch, member=one).member


@pytest.fixture
def bring(branch, member, tmp_path):
    secretary = actor(make_user_with_post("secretary", branch))

    def bring(*rows, dry_run=False, by=secretary, under=branch):
        path = tmp_path / "基数.xlsx"
        path.write_bytes(workbook(HEADINGS, [[row.get(name) for name in HEADINGS] for row in rows]))
        return import_table(by=by, importer=IMPORTER, table=read(path, IMPORTER), under=under, dry_run=dry_run)

    return bring


def counts(result):
    return result.created, result.updated, result.unchanged, result.failed


def reasons(result):
    return [(error.column, error.reason) for error in result.errors]


def test_o07_good_rows_are_taken_once(bring, branch, member):
    other = MembershipFactory(organization=branch, member__name="李四").member
    rows = [
        GOOD,
        {"姓名": "李四", "缴费类别": "退休", "缴纳基数": "5,000.50元", "起缴月份": "2026.01", "核定依据": "退休金"},
    ]

    assert counts(bring(*rows, dry_run=True)) == (2, 0, 0, 0)
    assert DuesBase.objects.count() == 0
    assert counts(bring(*rows)) == (2, 0, 0, 0)
    assert counts(bring(*rows)) == (0, 0, 2, 0)

    fields = ("member", "kind", "amount", "effective_from", "basis", "state")
    assert list(DuesBase.objects.order_by("pk").values_list(*fields)) == [
        (member.pk, "working", Decimal(6500), MARCH, "", "in_force"),
        (other.pk, "retired", Decimal("5000.50"), date(2026, 1, 1), "退休金", "in_force"),
    ]


def test_a_number_finds_the_member_without_a_branch(bring, committee, member):
    staff = actor(make_user_with_post("staff", committee))

    result = bring(GOOD | {"所在党支部": None, "身份证号": id_number(7)}, by=staff, under=committee)

    assert (counts(result), DuesBase.objects.get().member) == ((1, 0, 0, 0), member)


def test_another_base_for_the_month_takes_its_place_and_what_is_due_follows(bring, branch, member):
    DuesBaseFactory(member=member, amount=Decimal(6000), effective_from=MARCH)
    entry = DuesEntryFactory(member=member, organization=branch, month=MARCH)

    assert counts(bring(GOOD)) == (0, 1, 0, 0)

    assert DuesBase.objects.in_force().get(member=member).amount == 6500
    assert DuesEntry.objects.get(pk=entry.pk).due == Decimal("97.50")


def test_a_month_that_is_closed_is_not_reckoned_again(bring, branch, member):
    DuesEntryFactory(member=member, organization=branch, month=MARCH)
    DuesMonthFactory(organization=branch, month=MARCH, closed_at="2026-03-15T09:00:00+08:00")

    ((column, reason),) = reasons(bring(GOOD))

    assert column == "起缴月份"
    assert reason.startswith("2026年3月已结账")


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"所在党支部": "无此支部"}, "所在党支部", "导入范围内没有这个党组织"),
        ({"所在党支部": "远方支部"}, "所在党支部", "导入范围内没有这个党组织"),
        ({"姓名": "无此人"}, "姓名", "该党支部的名册中没有这名党员"),
        ({"姓名": None}, "姓名", "请填写姓名"),
        ({"身份证号": "110101198005060011"}, "身份证号", "身份证号校验码不正确，请核对号码"),
        ({"身份证号": id_number(9)}, "身份证号", "导入范围内的名册中没有这个身份证号"),
        ({"身份证号": id_number(7), "姓名": "周明"}, "姓名", "姓名与名册中该身份证号的姓名不一致"),
        ({"缴费类别": "志愿者"}, "缴费类别", "应为在职、离退休或者定额"),
        ({"缴费类别": "免交"}, "缴费类别", "免交党费须逐人申请，由上级党组织批准，请在页面上办理"),
        ({"缴费类别": "定额", "缴纳基数": 1}, "缴纳基数", "少交党费须逐人申请，由上级党组织批准，请在页面上办理"),
        ({"缴纳基数": None}, "缴纳基数", "请填写计算基数"),
        ({"缴纳基数": "六千"}, "缴纳基数", "应为金额"),
        ({"缴纳基数": -5}, "缴纳基数", "应大于 0，不超过 99999999.99"),
        ({"缴纳基数": "1e30"}, "缴纳基数", "应大于 0，不超过 99999999.99"),
        ({"缴纳基数": "NaN"}, "缴纳基数", "应大于 0，不超过 99999999.99"),
        ({"缴纳基数": "6500.123"}, "缴纳基数", "最多保留两位小数"),
        ({"起缴月份": None}, "起缴月份", "请填写起算月份"),
        ({"起缴月份": "2026年13月"}, "起缴月份", "没有 13 月"),
        ({"截止月份": "2026-01"}, "截止月份", "截止月份早于起算月份"),
    ],
)
def test_a_bad_row_says_where_and_why(bring, branch, values, column, reason):
    BranchFactory(name="远方支部")
    MembershipFactory(organization=branch, member__name="李四")

    result = bring(GOOD | values, GOOD | {"姓名": "李四"})

    assert (counts(result), reasons(result)) == ((1, 0, 0, 1), [(column, reason)])


def test_two_of_a_name_are_told_apart_by_the_number(bring, branch):
    MembershipFactory(organization=branch, member__name="周敏")

    result = bring(GOOD, GOOD | {"身份证号": id_number(7)})

    assert (counts(result), reasons(result)) == ((1, 0, 0, 1), [("姓名", "该党支部有同名党员，请填写身份证号")])


def test_a_member_of_another_branch_is_not_taken_for_this_one(bring, committee):
    BranchFactory(parent=committee, name="第二支部")

    result = bring(GOOD | {"所在党支部": "第二支部", "身份证号": id_number(7)}, under=committee)

    assert reasons(result) == [("所在党支部", "该党员不在这个党支部的名册中")]


def test_who_may_not_keep_dues_there_is_refused(bring, branch):
    leader = actor(make_user_with_post("leader", branch))

    assert reasons(bring(GOOD, by=leader)) == [("所在党支部", "无权核定第一支部的党费")]
