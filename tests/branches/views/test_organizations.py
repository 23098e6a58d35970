from datetime import date
from io import BytesIO

import openpyxl
import pytest

from branches.models import AuditEntry, Organization
from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    GroupFactory,
    OrganizationFactory,
    make_user_with_post,
)
from tests.factories.members import MemberFactory, OfficeFactory
from tests.factories.terms import TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return OrganizationFactory(name="区直机关工委", code="Q")


@pytest.fixture
def committee(root):
    return CommitteeFactory(parent=root, name="财政局机关党委", code="F1", contact="李敏")


@pytest.fixture
def staff(client, committee):
    user = make_user_with_post("staff", committee)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


def names(answer):
    """What the completion offers."""
    return [line.split('"')[1] for line in answer.text.split("<option ")[1:]]


def test_the_tree_begins_open_at_the_own_organisation(client, staff, committee):
    BranchFactory(parent=committee, name="一支部")

    shown = client.get("/organizations/").text

    assert "财政局机关党委" in shown
    assert "一支部" in shown
    assert "区直机关工委" not in shown


def test_a_level_is_fetched_when_a_node_is_opened(client, staff, committee):
    branch = BranchFactory(parent=committee, name="一支部")
    GroupFactory(parent=branch, name="一小组")

    level = client.get(f"/organizations/?under={branch.pk}", headers={"HX-Request": "true"})

    assert f'id="below-{branch.pk}"' in level.text
    assert "一小组" in level.text
    assert "<html" not in level.text


@pytest.mark.parametrize("under", ["0", "x", "", "99999999999999999999"])
def test_r34_a_level_of_nothing_is_not_found(client, staff, under):
    assert client.get(f"/organizations/?under={under}").status_code == 404


def test_r13_a_level_beyond_the_scope_is_not_found(client, staff, root):
    assert client.get(f"/organizations/?under={root.pk}").status_code == 404


def test_a_search_lists_flat(client, staff, committee):
    BranchFactory(parent=committee, name="国库支部", initials="gkzb")
    BranchFactory(parent=committee, name="预算支部", initials="yszb")

    shown = client.get("/organizations/?q=gk").text

    assert "国库支部" in shown
    assert "预算支部" not in shown


def test_o01_the_tree_is_not_drawn_at_once(client, staff, committee, django_assert_max_num_queries):
    for number in range(3):
        BranchFactory(parent=BranchFactory(parent=committee), name=f"下级{number}")

    with django_assert_max_num_queries(12):
        shown = client.get("/organizations/").text
    assert "下级0" not in shown


def test_one_organisation(client, staff, committee):
    branch = BranchFactory(parent=committee, name="一支部")
    make_user_with_post("secretary", branch, name="王立")

    shown = client.get(f"/organizations/{branch.pk}/").text

    assert "区直机关工委" in shown
    assert f'href="/organizations/{committee.pk}/"' in shown
    assert "王立" in shown
    assert "新增下级党组织" in shown


def test_a_superior_out_of_scope_is_named_without_a_link(client, staff, committee, root):
    assert f'href="/organizations/{root.pk}/"' not in client.get(f"/organizations/{committee.pk}/").text


def test_a_new_one_below(client, staff, committee):
    data = {"kind": "branch", "name": "二支部", "code": "", "phone": "010-12345678", "position": ""}

    answer = client.post(f"/organizations/new/?parent={committee.pk}", data)

    made = Organization.objects.get(name="二支部")
    assert answer.url == f"/organizations/{made.pk}/"
    assert (made.parent, made.phone) == (committee, "010-12345678")
    assert "新增党组织" in client.get(answer.url).text


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kind": "group"}, "请从列出的选项中选择"),
        ({"name": ""}, "请填写"),
        ({"phone": "12"}, "联系电话应为 11 位手机号码"),
        ({"founded_on": "2099-01-01"}, "成立时间晚于今天"),
        ({"code": "F1"}, "已存在"),
    ],
)
def test_a_wrong_form_says_why(client, staff, committee, changed, reason):
    data = {"kind": "branch", "name": "二支部", "code": "", "phone": "", "position": "0"}

    answer = client.post(f"/organizations/new/?parent={committee.pk}", data | changed)

    assert answer.status_code == 422
    assert reason in answer.text
    assert not Organization.objects.filter(name="二支部").exists()


def test_nothing_is_founded_beyond_the_scope(client, staff, root):
    assert client.post(f"/organizations/new/?parent={root.pk}", {"kind": "branch", "name": "x"}).status_code == 404


def test_an_edit(client, staff, committee):
    data = {"name": "财政局党委", "code": "F1", "short_name": "", "contact": "李敏", "position": "3"}

    client.post(f"/organizations/{committee.pk}/edit/", data)

    committee.refresh_from_db()
    assert (committee.name, committee.position) == ("财政局党委", 3)
    assert "更名：财政局机关党委 → 财政局党委" in client.get(f"/organizations/{committee.pk}/").text


def test_r15_extra_keys_change_nothing(client, staff, committee, root):
    path, kind = committee.path, committee.kind
    data = {
        "name": "财政局党委",
        "code": "F1",
        "kind": "branch",
        "path": "1/",
        "parent": "",
        "dissolved_on": "2020-01-01",
    }

    client.post(f"/organizations/{committee.pk}/edit/", data)

    committee.refresh_from_db()
    assert (committee.path, committee.kind, committee.parent, committee.dissolved_on) == (path, kind, root, None)


def test_names_are_offered_within_the_right(client, staff, committee):
    BranchFactory(name="财政局下属支部", code="X1")

    assert names(client.get("/organizations/names/?q=财政")) == ["财政局机关党委（F1）"]
    assert names(client.get("/organizations/names/?q=财政&permission=grant_post")) == []
    assert names(client.get("/organizations/names/?q=%00")) == []


def test_the_export_can_be_read_again(client, staff, committee):
    BranchFactory(parent=committee, name="=1+1支部", code="F1-1")

    answer = client.get("/organizations/export/")

    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[2][:6] == ["党组织编码", "党组织名称", "简称", "组织类别", "上级党组织", "上级党组织编码"]
    assert [row[1] for row in rows[3:]] == ["财政局机关党委", "=1+1支部"]
    assert sheet.cell(5, 2).data_type == "s"
    assert AuditEntry.objects.filter(verb="导出党组织名册", detail__count=2).exists()


def test_o01_the_export_holds_secretary_and_term_where_they_are_known(client, staff, committee):
    OfficeFactory(organization=committee, member=MemberFactory(name="王立"), starts_on=date(2024, 1, 5))
    TermFactory(organization=committee, elected_on=date(2019, 1, 5), due_on=date(2024, 1, 5), ended_on=date(2024, 1, 8))
    TermFactory(organization=committee, elected_on=date(2024, 1, 8), due_on=date(2029, 1, 8))

    answer = client.get("/organizations/export/")

    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    headings, row = ([cell.value for cell in line] for line in sheet.iter_rows(min_row=3, max_row=4))
    told = dict(zip(headings, row, strict=True))
    assert told["书记"] == "王立"
    days = [told[name] for name in ("任命时间", "应换届时间", "实际换届时间")]
    assert days == ["2024年1月8日", "2029年1月8日", "2024年1月8日"]


def test_hostile_text_is_shown_as_text(client, staff, committee):
    branch = BranchFactory(parent=committee, name="<script>alert(1)</script>")

    for path in ("/organizations/", f"/organizations/{branch.pk}/", "/organizations/names/?q=script"):
        assert "<script>alert" not in client.get(path).text
