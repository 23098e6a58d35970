"""我的档案, requests for correction, registers and extracts, as people open them."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from branches.models import AuditEntry
from members.models import Correction
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.members_roster import CorrectionFactory, SearchNoteFactory, StandingFactory

pytestmark = pytest.mark.django_db

OWN = reverse("members:own_page")


@pytest.fixture
def branch():
    return BranchFactory(name="一支部")


@pytest.fixture
def member(branch):
    user = make_user_with_post("member", branch)
    return MembershipFactory(
        organization=branch, member=MemberFactory(name="李敏", user=user, phone="13800001234", job="科员")
    ).member


@pytest.fixture
def secretary(branch):
    return make_user_with_post("secretary", branch)


def sheets(answer):
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_a_member_sees_his_own_data_in_full_and_asks(client, member):
    client.force_login(member.user)

    shown = client.get(OWN).content.decode()
    answer = client.post(OWN, {"field": "job", "wanted": "一级科员", "reason": "任职文件"})

    assert member.id_number in shown
    assert answer.status_code == 302
    assert Correction.objects.get().wanted == "一级科员"
    assert "待处理" in client.get(OWN).content.decode()


def test_a_wrong_request_says_why(client, member):
    client.force_login(member.user)

    answer = client.post(OWN, {"field": "joined_on", "wanted": "某日"})

    assert answer.status_code == 422


def test_the_secretary_answers(client, member, secretary, branch):
    correction = CorrectionFactory(member=member, organization=branch)
    other = CorrectionFactory(member=member, organization=branch, field="phone", wanted="13900001234")
    client.force_login(secretary)

    shown = client.get(reverse("members:correction_list"), {"state": "pending"}).content.decode()
    client.post(reverse("members:correction_answer", args=[correction.pk]), {"verb": "adopt"})
    client.post(reverse("members:correction_answer", args=[other.pk]), {"verb": "return", "answer": "号码不对"})

    assert "13900001234" not in shown
    assert "139****1234" in shown
    member.refresh_from_db()
    assert (member.job, member.phone) == ("一级科员", "13800001234")
    assert list(Correction.objects.order_by("pk").values_list("state", flat=True)) == ["adopted", "returned"]


def test_r42_the_own_extract_holds_everything(client, member, branch):
    SearchNoteFactory(standing=StandingFactory(member=member, reason="搬家"))
    client.force_login(member.user)

    found = sheets(client.post(reverse("members:own_extract")))

    assert ["身份证号", member.id_number] in [row[:2] for row in found["基本信息"]]
    assert any("搬家" in map(str, row) for row in found["党员标识"])
    assert any("一支部" in str(row) for row in found["名册变更"])
    assert AuditEntry.objects.filter(verb="导出个人全部数据", object_id=member.pk).exists()


def test_r42_staff_give_a_reason(client, member, secretary):
    url = reverse("members:member_extract", args=[member.pk])
    client.force_login(secretary)

    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "本人书面申请"}).status_code == 200
    assert AuditEntry.objects.get(verb="导出个人全部数据").detail == {"reason": "本人书面申请"}


def test_o04_basic_data_per_branch_and_member(client, member, secretary):
    client.force_login(secretary)

    shown = client.get(reverse("members:basics_list")).content.decode()
    found = sheets(client.get(reverse("members:basics_export")))

    assert "籍贯、学历、参加工作时间" in shown
    assert "资料完整 0 / 1 人" in shown
    assert any(row[0] == "李敏" and "籍贯" in row[3] for row in found["按党员"] if row[0])


def test_o04_lost_with_what_is_due(client, member, secretary, move_clock):
    move_clock("2026-08-01T09:00:00+08:00")
    lost = StandingFactory(member=member, starts_on=date(2026, 1, 1))
    SearchNoteFactory(standing=lost, on=date(2026, 7, 20))
    client.force_login(secretary)

    shown = client.get(reverse("members:lost_list")).content.decode()
    found = sheets(client.get(reverse("members:lost_export")))
    hub = client.get(reverse("members:register_list")).content.decode()

    assert "失联已满 6 个月，应研究停止党籍" in shown
    assert any("李敏" in map(str, row) for row in found["失联党员"])
    assert "失联党员" in hub
    assert "基础台账" in hub


def test_o04_a_search_is_noted_on_its_page(client, member, secretary):
    lost = StandingFactory(member=member, starts_on=date(2026, 1, 1))
    url = reverse("members:search_new", args=[lost.pk])
    client.force_login(secretary)

    client.post(url, {"on": "2026-02-03", "way": "电话", "result": "停机"})

    assert "停机" in client.get(url).content.decode()


def test_o09_every_change_is_seen_with_its_day(client, member, secretary):
    edited = {
        "name": "李敏", "sex": "male", "kind": "full", "ethnicity": "汉族", "joined_on": "2010-07-01",
        "converted_on": "2011-07-01", "born_on": member.born_on, "job": "主任", "phone": "13900001234",
    }  # fmt: skip
    client.force_login(secretary)

    client.post(reverse("members:member_edit", args=[member.pk]), edited)
    shown = client.get(reverse("members:member_detail", args=[member.pk])).content.decode()

    assert "主任" in shown
    assert "已隐去" in shown
    assert "13900001234" not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries(client, branch, secretary, count, django_assert_max_num_queries):
    for _ in range(count):
        one = MembershipFactory(organization=branch).member
        SearchNoteFactory(standing=StandingFactory(member=one))
        CorrectionFactory(member=one, organization=branch)
    client.force_login(secretary)
    client.get(reverse("members:lost_list"))

    found = []
    for name in ("lost_list", "basics_list", "correction_list"):
        with django_assert_max_num_queries(99) as captured:
            client.get(reverse(f"members:{name}"))
        found.append(len(captured))
    assert found == [11, 13, 9]
