"""The pages of the structure check and of its requests (O03)."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from members.models import StructureApproval, StructureTask
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import make_roster
from tests.factories.terms import StructureTaskFactory

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def today(move_clock):
    move_clock("2026-11-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(name="财政局机关党委", code="C1")


@pytest.fixture
def branch(committee):
    """A branch of two without a secretary."""
    branch = BranchFactory(name="一支部", code="B1", parent=committee)
    make_roster(branch, 2)
    return branch


@pytest.fixture
def staff(client, committee, branch):
    user = make_user_with_post("staff", committee)
    client.force_login(user, BACKEND)
    return user


@pytest.fixture
def secretary(client, branch):
    user = make_user_with_post("secretary", branch)
    client.force_login(user, BACKEND)
    return user


def found(answer):
    return [(line.place.name, line.finding.code.value) for line in answer.context["rows"]]


def test_o03_the_findings_with_their_rules(client, staff):
    answer = client.get("/members/structure/")

    assert found(answer) == [
        ("财政局机关党委", "committee_small"),
        ("财政局机关党委", "no_secretary"),
        ("一支部", "too_few"),
        ("一支部", "no_secretary"),
    ]
    assert "建议与邻近单位成立联合党支部" in answer.text
    assert "《中国共产党支部工作条例（试行）》" in answer.text
    assert {code: count for code, _, count in answer.context["chips"]}["no_secretary"] == 2


@pytest.mark.parametrize(
    ("query", "count"), [("?code=too_few", 1), ("?organization=B1", 2), ("?q=财政局", 2), ("?code=too_many", 0)]
)
def test_o03_filtered(client, staff, query, count):
    assert len(found(client.get(f"/members/structure/{query}"))) == count


def test_o03_a_secretary_sees_his_own(client, secretary):
    assert found(client.get("/members/structure/")) == [("一支部", "too_few"), ("一支部", "no_secretary")]


@pytest.mark.parametrize("count", [1, 3])
def test_o03_as_many_queries_for_three_as_for_one(client, staff, committee, count, django_assert_num_queries):
    for _ in range(count):
        StructureTaskFactory(organization=BranchFactory(parent=committee))
    client.get("/members/structure/")

    with django_assert_num_queries(15):
        client.get("/members/structure/")


def test_o03_the_workbook(client, staff):
    answer = client.get("/members/structure/export/?code=too_few")

    rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)

    assert rows[3][2:5] == ("一支部", "财政局机关党委", "正式党员过少")
    assert rows[3][6] == "党支部正式党员最少 3 人"


def test_r34_filters_that_cannot_be_read(client, staff):
    assert client.get("/members/structure/?code=guest").status_code == 422
    assert client.get("/members/structure/export/?code=guest").status_code == 400
    assert client.get("/members/structure/tasks/?state=guest").status_code == 422


def test_o03_from_asking_to_accepting(client, staff, branch, committee):
    marked = [f"{branch.pk}:no_secretary", f"{branch.pk}:too_few", f"{BranchFactory().pk}:no_secretary", "x:y"]

    client.post("/members/structure/ask/", {"marked": marked, "due_on": "2026-12-20", "note": "请抓紧"})

    assert StructureTask.objects.count() == 2
    task = StructureTask.objects.get(code="no_secretary")
    client.logout()
    client.force_login(make_user_with_post("secretary", branch), BACKEND)
    assert "设置问题待整改" in client.get("/").text
    address = f"/members/structure/tasks/{task.pk}/"
    assert "说明情况" in client.get(address).text
    client.post(f"{address}answer/", {"answer": "人选正在考察"})
    assert client.post(f"{address}judge/", {"accept": "yes"}).status_code == 403
    client.logout()
    client.force_login(staff, BACKEND)
    assert "设置问题说明待审核" in client.get("/").text
    client.post(f"{address}judge/", {"accept": "yes"})
    task.refresh_from_db()
    assert task.closed_how == "accepted"
    assert "说明已采纳" in client.get("/members/structure/tasks/?state=closed").text


def test_o03_nothing_marked_is_told(client, staff):
    answer = client.post("/members/structure/ask/", {"due_on": "2026-12-20"})

    assert answer.status_code == 422
    assert "请先在检查结果中勾选" in answer.text


def test_o03_an_explanation_is_returned_with_a_reason(client, staff, branch):
    task = StructureTaskFactory(organization=branch, answer="说明", answered_on=date(2026, 11, 20))
    address = f"/members/structure/tasks/{task.pk}/judge/"

    assert client.post(address, {"accept": "no"}).status_code == 422
    client.post(address, {"accept": "no", "remark": "请写明时间"})

    task.refresh_from_db()
    assert task.answered_on is None


def test_o03_the_panel_on_the_page_of_the_organisation(client, secretary, branch):
    address = f"/members/structure/organizations/{branch.pk}/"

    assert address in client.get(f"/organizations/{branch.pk}/").text
    shown = client.get(address, headers=HTMX).text
    assert "正式党员过少" in shown
    assert "<html" not in shown


def test_o03_the_superior_approves_and_ends_it(client, committee, branch):
    client.force_login(make_user_with_post("staff", committee.parent), BACKEND)
    address = f"/members/structure/organizations/{committee.pk}/"
    data = {"code": "committee_small", "approved_on": "2026-11-20", "document": "区直工委〔2026〕3号"}

    client.post(f"{address}approval/", data)

    approval = StructureApproval.objects.get()
    assert "committee_small" not in [code for _, code in found(client.get(address))]
    client.post(f"/members/structure/approvals/{approval.pk}/end/", {"ends_on": "2026-11-20"})
    assert "committee_small" in [code for _, code in found(client.get(address))]


def test_o03_nobody_approves_his_own(client, staff, committee):
    data = {"code": "committee_small", "approved_on": "2026-11-20", "document": "区直工委〔2026〕3号"}

    answer = client.post(f"/members/structure/organizations/{committee.pk}/approval/", data)

    assert answer.status_code == 422
    assert "由上级党组织办理" in answer.text
