"""Contacts from Excel: good rows are taken once, bad ones say why, the workbook of the list can be sent back."""

from datetime import date

import pytest

from branches.actions.uploads import import_table, read
from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions.contact_imports import IMPORTER
from campaigns.models import Contact
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.plans_and_links import ContactFactory
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db
HEADINGS = ("党组织", "类别", "年度", "联系人", "联系对象", "对象类别", "目标任务", "成效", "开始日期")
GOOD = {
    "类别": "党建联系点", "年度": 2026, "联系人": "周敏", "联系对象": "幸福社区", "目标任务": "每季走访",
    "开始日期": "2026年1月15日",
}  # fmt: skip


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(name="机关党委")


@pytest.fixture
def branch(committee):
    return BranchFactory(name="第一支部", parent=committee)


@pytest.fixture
def leader(branch):
    return MembershipFactory(organization=branch, member=MemberFactory(name="周敏")).member


@pytest.fixture
def bring(branch, leader, tmp_path):
    secretary = actor(make_user_with_post("secretary", branch))

    def bring(*rows, dry_run=False, by=secretary, under=branch):
        path = tmp_path / "联系点.xlsx"
        path.write_bytes(workbook(HEADINGS, [[row.get(name) for name in HEADINGS] for row in rows]))
        return import_table(by=by, importer=IMPORTER, table=read(path, IMPORTER), under=under, dry_run=dry_run)

    return bring


def counts(result):
    return result.created, result.updated, result.unchanged, result.failed


def reasons(result):
    return [(error.column, error.reason) for error in result.errors]


def test_c11_good_rows_are_taken_once(bring, branch, leader):
    rows = [GOOD, {"类别": "结对共建", "联系对象": "红星村"}]

    assert counts(bring(*rows, dry_run=True)) == (2, 0, 0, 0)
    assert Contact.objects.count() == AuditEntry.objects.filter(verb="登记联系点").count() == 0
    assert counts(bring(*rows)) == (2, 0, 0, 0)
    assert counts(bring(*rows)) == (0, 0, 2, 0)

    fields = ("organization", "kind", "year", "leader", "partner", "partner_kind", "aim", "starts_on")
    assert list(Contact.objects.order_by("pk").values_list(*fields)) == [
        (branch.pk, "point", 2026, leader.pk, "幸福社区", "community", "每季走访", date(2026, 1, 15)),
        (branch.pk, "pairing", 2026, None, "红星村", "village", "", date(2026, 3, 20)),
    ]
    assert AuditEntry.objects.filter(verb="登记联系点").count() == 2


def test_what_the_file_tells_besides_is_brought_up_to_date(bring):
    bring(GOOD)

    assert counts(bring(GOOD | {"目标任务": None, "成效": "解决三个问题"})) == (0, 1, 0, 0)
    assert (Contact.objects.get().aim, Contact.objects.get().effect) == ("每季走访", "解决三个问题")


def test_a_partner_within_reach_is_linked(bring, committee):
    other = BranchFactory(parent=committee, name="第二支部")

    bring({"党组织": "机关党委", "类别": "结对共建", "联系对象": "第二支部"}, by=Actor.system(), under=committee)

    assert (Contact.objects.get().partner_organization, Contact.objects.get().partner_kind) == (other, "branch")


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"党组织": "无此支部"}, "党组织", "导入范围内没有这个党组织"),
        ({"类别": "朋友"}, "类别", "应为党建联系点、片区联系、双联系一共建双推进、挂钩联系、包帮包街之一"),
        ({"类别": None}, "类别", "请填写类别"),
        ({"年度": "去年"}, "年度", "应为 2000 至 2100 之间的年份"),
        ({"年度": "9" * 20}, "年度", "应为 2000 至 2100 之间的年份"),
        ({"年度": "９９"}, "年度", "应为 2000 至 2100 之间的年份"),
        ({"联系人": None}, "联系人", "党建联系点由书记或者领导干部包抓，请填写联系人"),
        ({"联系人": "无此人"}, "联系人", "名册中没有这名党员"),
        ({"联系对象": None}, "联系对象", "请填写联系对象"),
        ({"对象类别": "星球"}, "对象类别", "应为党组织、社区、村、企业、街道、其他单位之一"),
        ({"开始日期": "2026-02-30"}, "开始日期", "2026年2月没有 30 日"),
        ({"年度": 2025}, "开始日期", "开始日期不能晚于所选年度"),
        ({"联系对象": "同" * 129}, "联系对象", "超过 128 个字"),
    ],
)
def test_a_bad_row_says_where_and_why(bring, values, column, reason):
    result = bring(GOOD | values, {"类别": "片区联系", "联系对象": "老城片区"})

    assert (counts(result), reasons(result)) == ((1, 0, 0, 1), [(column, reason)])


def test_a_leader_has_one_point_a_year(bring, branch, leader):
    ContactFactory(organization=branch, leader=leader, year=2026, kind="point", partner="别处")

    assert reasons(bring(GOOD)) == [("联系人", "该同志本年度已有联系点，请先结束原来的联系点")]


def test_one_of_two_of_a_name_must_be_chosen_on_the_page(bring, branch):
    MembershipFactory(organization=branch, member=MemberFactory(name="周敏"))

    assert reasons(bring(GOOD)) == [("联系人", "名册中有多名同名党员，请在页面上登记")]


def test_staff_register_for_their_own_organisation_alone(bring, branch, committee):
    staff = actor(make_user_with_post("staff", committee))

    result = bring(GOOD, GOOD | {"党组织": "第一支部"}, by=staff, under=committee)

    assert (counts(result), reasons(result)) == ((1, 0, 0, 1), [("党组织", "无权在第一支部办理")])
    assert Contact.objects.get().organization == committee


def test_a_dissolved_organisation_takes_nothing(bring, committee):
    BranchFactory(parent=committee, name="旧支部", dissolved_on=date(2026, 1, 31))

    result = bring(GOOD | {"党组织": "旧支部"}, by=Actor.system(), under=committee)

    assert reasons(result) == [("党组织", "该党组织已于2026年1月31日撤销")]
