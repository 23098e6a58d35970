"""The pages of the register of party staff (O12)."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from members.models import PartyWorker
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.terms import PartyWorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(move_clock):
    move_clock("2026-11-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(name="财政局机关党委", code="C1")


@pytest.fixture
def branch(committee):
    return BranchFactory(name="一支部", parent=committee)


@pytest.fixture(autouse=True)
def staff(client, committee):
    user = make_user_with_post("staff", committee)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


def names(answer):
    return [worker.member.name for worker, _ in answer.context["rows"]]


@pytest.fixture
def workers(committee):
    PartyWorkerFactory(organization=committee, member=MemberFactory(name="甲"), starts_on=date(2021, 11, 20))
    PartyWorkerFactory(
        organization=committee, member=MemberFactory(name="乙"), starts_on=date(2021, 11, 21), kind="part_time",
        duty="office",
    )  # fmt: skip
    PartyWorkerFactory(organization=committee, member=MemberFactory(name="丙"), ends_on=date(2026, 11, 20))
    PartyWorkerFactory(member=MemberFactory(name="外人"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["甲", "乙"]),
        ("?state=rotation", ["甲"]),
        ("?state=left", ["丙"]),
        ("?state=all", ["甲", "乙", "丙"]),
        ("?kind=part_time", ["乙"]),
        ("?duty=deputy_secretary", ["甲"]),
        ("?q=乙", ["乙"]),
        ("?organization=C1&sort=-starts_on", ["乙", "甲"]),
    ],
)
def test_o12_the_register_with_its_filters(client, workers, query, shown):
    assert names(client.get(f"/members/party-workers/{query}")) == shown


@pytest.mark.parametrize("count", [1, 3])
def test_o12_as_many_queries_for_three_as_for_one(client, committee, count, django_assert_num_queries):
    for _ in range(count):
        PartyWorkerFactory(organization=committee)
    client.get("/members/party-workers/")

    with django_assert_num_queries(14):
        client.get("/members/party-workers/")


def test_o12_gaps_are_listed_with_their_rule(client, committee):
    shown = client.get("/members/party-workers/gaps/").text

    assert "没有配备专职副书记" in shown
    PartyWorkerFactory(organization=committee)
    assert "没有配备专职副书记" not in client.get("/members/party-workers/gaps/").text


def test_o12_a_member_is_registered_and_leaves(client, committee, branch):
    member = MembershipFactory(organization=branch, member=MemberFactory(name="王立")).member
    data = {
        "organization": "C1", "member": "王立", "kind": "full_time", "duty": "deputy_secretary",
        "starts_on": "2024-03-01", "resume": "2018年起从事党务工作",
    }  # fmt: skip

    answer = client.post("/members/party-workers/new/", data)

    worker = PartyWorker.objects.get(member=member)
    assert answer.url == f"/members/party-workers/{worker.pk}/"
    assert "2018年起从事党务工作" in client.get(answer.url).text
    client.post(f"{answer.url}end/", {"ends_on": "2026-11-20"})
    worker.refresh_from_db()
    assert worker.ends_on == date(2026, 11, 20)


@pytest.mark.parametrize(("written", "words"), [("外人", "名册中没有这名党员"), ("王立", "名册中有同名党员")])
def test_o12_who_is_meant_must_be_clear(client, committee, branch, written, words):
    for one in (branch, BranchFactory(parent=committee)):
        MembershipFactory(organization=one, member=MemberFactory(name="王立"))
    MembershipFactory(member=MemberFactory(name="外人"))
    data = {"organization": "C1", "member": written, "kind": "full_time", "duty": "office", "starts_on": "2024-03-01"}

    answer = client.post("/members/party-workers/new/", data)

    assert answer.status_code == 422
    assert words in answer.context["form"].errors["member"][0]


def test_o12_two_of_one_name_are_told_apart_by_their_branch(client, committee, branch):
    wanted = MembershipFactory(organization=branch, member=MemberFactory(name="王立")).member
    MembershipFactory(organization=BranchFactory(parent=committee), member=MemberFactory(name="王立"))
    data = {
        "organization": "C1", "member": "王立（一支部）", "kind": "full_time", "duty": "office",
        "starts_on": "2024-03-01",
    }  # fmt: skip

    client.post("/members/party-workers/new/", data)

    assert PartyWorker.objects.get().member == wanted


def test_o12_the_workbook_has_a_sheet_of_gaps(client, workers):
    answer = client.get("/members/party-workers/export/")

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))

    assert book.sheetnames == ["党务干部", "配备缺口"]
    assert [row[1] for row in book["党务干部"].values][3:] == ["甲", "乙"]


def test_r34_filters_that_cannot_be_read(client):
    assert client.get("/members/party-workers/?state=guest").status_code == 422
