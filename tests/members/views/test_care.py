"""激励关怀帮扶 in the browser: for those named for it, each look in the trail."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from branches.models import AuditEntry
from members.models import CareCase
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.restricted import CareCaseFactory, CareVisitFactory, make_custodian

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="一支部")


@pytest.fixture(autouse=True)
def custodian(client, committee):
    user = make_custodian(committee, "care")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


def test_o14_a_case_is_opened_helped_and_ended(client, branch):
    MembershipFactory(organization=branch, member=MemberFactory(name="李敏"))
    data = {"member": "李敏", "group": "mind", "need": "近期压力大", "starts_on": "2026-03-01"}

    answer = client.post("/members/care/new/", data)

    case = CareCase.objects.get()
    assert answer.url == f"/members/care/{case.pk}/"
    visit = {"visited_on": "2026-03-05", "help": "谈心疏导", "amount": ""}
    assert client.post(f"/members/care/{case.pk}/visits/", visit).status_code == 302
    shown = client.get(answer.url).text
    assert "近期压力大" in shown
    assert "谈心疏导" in shown
    assert client.post(f"/members/care/{case.pk}/end/", {"ends_on": "2026-03-06"}).status_code == 302
    case.refresh_from_db()
    assert case.ends_on == date(2026, 3, 6)


def test_o14_every_look_is_in_the_trail_without_content(client, branch):
    case = CareCaseFactory(organization=branch, member=MemberFactory(name="周知"))

    client.get("/members/care/")
    client.get(f"/members/care/{case.pk}/")

    entries = AuditEntry.objects.filter(verb__startswith="查阅").order_by("pk")
    assert [entry.verb for entry in entries] == ["查阅关怀帮扶目录", "查阅关怀帮扶"]
    told = "".join(f"{entry.object_label}{entry.detail}" for entry in entries)
    assert "周知" not in told
    assert "患病" not in told


def test_o14_the_list_does_not_say_the_need(client, branch):
    CareVisitFactory(case=CareCaseFactory(organization=branch, member=MemberFactory(name="周知")), amount=500)

    shown = client.get("/members/care/").text

    assert "周知" in shown
    assert "500" in shown
    assert "长期患病" not in shown


def test_o14_filters(client, branch):
    CareVisitFactory(case=CareCaseFactory(organization=branch, member=MemberFactory(name="受访人")))
    CareCaseFactory(organization=branch, member=MemberFactory(name="未访人"), group="retired")
    CareCaseFactory(organization=branch, member=MemberFactory(name="结束人"), ends_on=date(2026, 1, 1))

    def found(query):
        shown = client.get(f"/members/care/?{query}").text
        return {name for name in ("受访人", "未访人", "结束人") if name in shown}

    assert found("state=open") == {"受访人", "未访人"}
    assert found("state=unvisited") == {"未访人"}
    assert found("state=ended") == {"结束人"}
    assert found("group=retired") == {"未访人"}
    assert found("q=受访") == {"受访人"}


def test_o14_beyond_the_scope_is_not_found(client):
    assert client.get(f"/members/care/{CareCaseFactory().pk}/").status_code == 404


def test_o14_the_register_is_taken_out_for_a_reason(client, branch):
    CareCaseFactory(organization=branch, member=MemberFactory(name="周知"))

    assert client.post("/members/care/export/", {}).status_code == 422
    answer = client.post("/members/care/export/", {"reason": "节日走访安排"})

    cells = str(list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values))
    assert "周知" in cells
    assert "患病" not in cells
    assert "节日走访" in AuditEntry.objects.get(verb="导出关怀帮扶台账").detail["note"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(client, branch, count, django_assert_num_queries):
    for _ in range(count):
        CareCaseFactory(organization=branch)
    client.get("/members/care/")

    with django_assert_num_queries(11):
        client.get("/members/care/")
