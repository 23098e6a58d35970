"""Pages of transfers: who sees what, and what each side may press (O06)."""

from datetime import date
from io import BytesIO

import docx
import pytest

from members.models import Membership, Transfer
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory, id_number
from tests.factories.transfers import TransferFactory

pytestmark = pytest.mark.django_db

LIST_QUERIES = 10
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(parent=OrganizationFactory())


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="一支部", code="B1")


@pytest.fixture
def other(committee):
    return BranchFactory(parent=committee, name="二支部", code="B2")


@pytest.fixture
def member(branch):
    return MembershipFactory(organization=branch, member=MemberFactory(name="李敏", phone="13800138000")).member


@pytest.fixture
def sign_in(client):
    def enter(role, organization):
        user = make_user_with_post(role, organization)
        client.force_login(user, BACKEND)
        return user

    return enter


def test_o06_from_the_start_to_the_new_roster(client, sign_in, member, branch, other):
    sign_in("secretary", branch)
    started = client.post(f"/members/{member.pk}/transfer/", {"to": "二支部（B2）", "reason": "工作调动"})
    transfer = Transfer.objects.get()
    assert started.url == f"/members/transfers/{transfer.pk}/"
    assert "撤回" in client.get(started.url).text

    sign_in("secretary", other)
    page = client.get(started.url).text
    assert "李敏" in page
    assert "138****8000" in page
    assert "13800138000" not in page
    assert member.id_number not in page
    accept = f"/members/transfers/{transfer.pk}/accept/"
    assert f'action="{accept}"' in page

    assert client.post(accept).url == started.url
    assert Membership.objects.get(member=member, ends_on=None).organization == other
    assert "已接收" in client.get(started.url).text


def test_o02_the_addressee_sees_the_transfer_and_nothing_else_of_the_member(client, sign_in, branch, other):
    transfer = TransferFactory(from_organization=branch, to_organization=other)
    sign_in("secretary", other)

    assert client.get(f"/members/transfers/{transfer.pk}/").status_code == 200
    assert client.get(f"/members/{transfer.member_id}/").status_code == 404
    assert client.get(f"/members/{transfer.member_id}/dues/").status_code == 404


def test_o02_what_is_not_yet_approved_is_not_addressed(client, sign_in, branch, other):
    transfer = TransferFactory(from_organization=branch, to_organization=other, state="started", sent_on=None)
    sign_in("secretary", other)

    assert client.get(f"/members/transfers/{transfer.pk}/").status_code == 404
    assert "没有待我办理的转接" in client.get("/members/transfers/").text


def test_o06_leaders_see_the_course_but_no_personal_data(client, sign_in, committee, branch, other):
    transfer = TransferFactory(from_organization=branch, to_organization=other)
    sign_in("leader", committee)

    page = client.get(f"/members/transfers/{transfer.pk}/").text
    assert "办理进度" in page
    assert "身份证号" not in page
    assert client.post(f"/members/transfers/{transfer.pk}/accept/").status_code == 403


def test_o06_a_branch_beyond_the_scope_is_found_by_its_name(client, sign_in, member, branch):
    far = BranchFactory(parent=CommitteeFactory(parent=branch.parent.parent), name="远方支部", code="F1")
    BranchFactory(name="外系统支部")
    sign_in("secretary", branch)

    assert "远方支部" in client.get("/members/transfers/branches/?q=远方").text
    assert "外系统支部" not in client.get("/members/transfers/branches/?q=外系统").text
    client.post(f"/members/{member.pk}/transfer/", {"to": "F1", "reason": "工作调动"})
    assert Transfer.objects.get().to_organization == far


@pytest.mark.parametrize("to", ["没有", "", "一支部"])
def test_o06_a_wrong_branch_is_refused_at_its_field(client, sign_in, member, branch, to):
    sign_in("secretary", branch)

    answer = client.post(f"/members/{member.pk}/transfer/", {"to": to, "reason": "工作调动"})

    assert answer.status_code == 422
    assert "to" in answer.context["form"].errors


def test_o06_the_letter_holds_its_three_parts_and_the_download_is_noted(client, sign_in, committee, member, trail):
    sign_in("staff", committee)
    client.post(
        f"/members/{member.pk}/transfer/?direction=out", {"outside_name": "外省某机关党委", "reason": "调往外地"}
    )
    transfer = Transfer.objects.get()

    answer = client.get(f"/members/transfers/{transfer.pk}/letter/")

    text = "\n".join(line.text for line in docx.Document(BytesIO(answer.getvalue())).paragraphs)
    for part in ("（存根）", "（回执）", "外省某机关党委：", "〔2026〕1号", member.id_number, "系中共正式党员"):
        assert part in text
    assert trail().last().verb == "下载组织关系介绍信"


def test_o06_the_receipt_ends_the_membership(client, sign_in, committee, member):
    sign_in("staff", committee)
    client.post(
        f"/members/{member.pk}/transfer/?direction=out", {"outside_name": "外省某机关党委", "reason": "调往外地"}
    )
    transfer = Transfer.objects.get()

    client.post(f"/members/transfers/{transfer.pk}/receipt/", {"on": "2026-03-16"})

    assert not Membership.objects.filter(member=member, ends_on=None).exists()
    transfer.refresh_from_db()
    assert (transfer.state, transfer.effective_on) == ("accepted", date(2026, 3, 16))


def test_o06_somebody_comes_from_outside(client, sign_in, branch):
    sign_in("secretary", branch)
    given = {
        "outside_name": "外省某机关党委", "outside_letter": "〔2026〕18号", "reason": "工作调动", "to": "B1",
        "on": "2026-03-10", "name": "王立", "id_number": "", "sex": "male", "kind": "full",
    }  # fmt: skip
    assert client.post("/members/transfers/admit/", given).status_code == 422

    answer = client.post("/members/transfers/admit/", given | {"id_number": id_number(9), "dues_until": "2026-02-11"})
    made = Transfer.objects.get()
    assert answer.url == f"/members/transfers/{made.pk}/"
    assert (made.dues_until, made.to_organization) == (date(2026, 2, 1), branch)
    reply = client.get(f"/members/transfers/{made.pk}/letter/")
    assert "〔2026〕18号" in "\n".join(line.text for line in docx.Document(BytesIO(reply.getvalue())).paragraphs)


@pytest.mark.parametrize("rows", [1, 3])
def test_o06_the_list_takes_the_same_queries(client, sign_in, branch, other, rows, django_assert_num_queries):
    sign_in("secretary", branch)
    for _ in range(rows):
        TransferFactory(from_organization=branch, to_organization=other)
    client.get("/members/transfers/")

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/members/transfers/")
    assert page.text.count("工作调动") == rows


def test_o06_filters(client, sign_in, branch, other):
    going = TransferFactory(from_organization=branch, to_organization=other)
    coming = TransferFactory(from_organization=other, to_organization=branch)
    sign_in("secretary", branch)

    def shown(query):
        return {row.pk for row in client.get(f"/members/transfers/?{query}").context["page"]}

    assert shown("side=waiting") == {coming.pk} == shown("side=in")
    assert shown("side=out") == {going.pk}
    assert shown(f"q={going.member.name}") == {going.pk}
    assert shown("state=accepted") == set()
    assert client.get("/members/transfers/?state=x").status_code == 422


def test_o06_the_list_as_a_workbook(client, sign_in, branch, other, trail):
    TransferFactory(from_organization=branch, to_organization=other)
    sign_in("secretary", branch)

    answer = client.get("/members/transfers/export/")

    assert answer["Content-Disposition"].endswith(".xlsx")
    assert trail().last().detail["count"] == 1
