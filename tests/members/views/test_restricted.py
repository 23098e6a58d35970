"""Restricted records in the browser: named posts only, every look in the trail, the text for a reason."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from branches.models import AuditEntry
from members.models import RestrictedRecord
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.restricted import (
    CareCaseFactory,
    CustodianFactory,
    DisciplineFactory,
    DutyFactory,
    OccasionFactory,
    RestrictedRecordFactory,
    make_custodian,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="一支部")


@pytest.fixture
def enter(client):
    def enter(user):
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return user

    return enter


@pytest.fixture
def record(branch):
    return RestrictedRecordFactory(
        organization=branch, member=MemberFactory(name="周知"), content="绝密内容", basis="某号文件"
    )


def verbs():
    return list(AuditEntry.objects.filter(verb__contains="查阅").order_by("pk").values_list("verb", flat=True))


def test_o10_staff_with_every_usual_right_who_is_not_named_learns_nothing(client, enter, committee, branch, record):
    """The negative control: the same person, once named, sees what he was refused."""
    CareCaseFactory(organization=branch)
    user = enter(make_user_with_post("staff", committee))
    addresses = ["/members/restricted/", "/members/discipline/", "/members/care/", f"/members/restricted/{record.pk}/"]

    assert [client.get(address).status_code for address in addresses] == [403] * 4
    assert client.post(f"/members/restricted/{record.pk}/open/", {"reason": "核查"}).status_code == 403
    hub = client.get("/members/registers/").text
    assert [word for word in ("限定记录", "违纪处理", "激励关怀帮扶") if word in hub] == []
    MembershipFactory(member=record.member, organization=branch)
    assert "限定记录" not in client.get(f"/members/{record.member_id}/").text

    for kind in ("talk", "discipline", "care"):
        CustodianFactory(post=user.posts.get(), kind=kind)
    assert [client.get(address).status_code for address in addresses] == [200] * 4
    hub = client.get("/members/registers/").text
    assert [word for word in ("限定记录", "违纪处理", "激励关怀帮扶") if word not in hub] == []
    assert "查阅目录" in client.get(f"/members/{record.member_id}/").text


def test_o10_another_kind_is_not_found(client, enter, branch, record):
    enter(make_custodian(branch, "discipline"))

    assert client.get(f"/members/restricted/{record.pk}/").status_code == 404
    assert "周知" not in client.get("/members/restricted/").text
    assert client.get("/members/care/").status_code == 403
    assert client.get("/members/restricted/?kind=talk").status_code == 422


def test_o10_every_look_is_in_the_trail_without_content(client, enter, committee, record):
    enter(make_custodian(committee))

    client.get("/members/restricted/")
    client.get("/members/discipline/")
    client.get(f"/members/restricted/{record.pk}/")
    client.post(f"/members/restricted/{record.pk}/open/", {"reason": "年度核查"})

    assert verbs() == ["查阅限定记录目录", "查阅违纪处理目录", "查阅谈话记录", "查阅谈话记录全文"]
    kept = AuditEntry.objects.filter(object_type="members.RestrictedRecord", object_id=record.pk)
    assert kept.last().detail == {"note": "原因：年度核查"}
    told = "".join(f"{entry.verb}{entry.object_label}{entry.detail}" for entry in AuditEntry.objects.all())
    assert "绝密内容" not in told
    assert "周知" not in told


def test_o10_the_text_takes_a_reason_and_shows_who_reads(client, enter, committee, record):
    user = enter(make_custodian(committee))

    assert "绝密内容" not in client.get(f"/members/restricted/{record.pk}/").text
    assert client.get(f"/members/restricted/{record.pk}/open/").status_code == 405
    refused = client.post(f"/members/restricted/{record.pk}/open/", {"reason": " "})
    assert refused.status_code == 422
    assert "绝密内容" not in refused.text

    shown = client.post(f"/members/restricted/{record.pk}/open/", {"reason": "核查"}).text
    assert "绝密内容" in shown
    assert f"查阅人：{user.name}" in shown


def test_o10_a_record_is_filed_with_a_paper_that_is_logged_when_taken(client, enter, branch):
    enter(make_custodian(branch, "form"))
    MembershipFactory(organization=branch, member=MemberFactory(name="李敏"))
    data = {
        "member": "李敏", "happened_on": "2026-03-05", "form": "first", "content": "提醒谈话情况",
        "measure": "批评教育", "file": SimpleUploadedFile("笔录.txt", "第一页".encode(), "text/plain"),
    }  # fmt: skip

    answer = client.post("/members/restricted/new/?kind=form", data)

    record = RestrictedRecord.objects.get()
    assert answer.url == f"/members/restricted/{record.pk}/"
    assert (record.kind, record.form, record.organization) == ("form", "first", branch)
    paper = client.get(f"/members/restricted/papers/{record.papers.get().pk}/")
    assert b"".join(paper.streaming_content).decode() == "第一页"
    assert AuditEntry.objects.filter(verb="下载监督执纪四种形态材料", object_id=record.pk).count() == 1


def test_o10_a_kind_for_which_one_is_not_named_cannot_be_filed(client, enter, branch):
    enter(make_custodian(branch, "thought"))
    MembershipFactory(organization=branch, member=MemberFactory(name="李敏"))

    client.post(
        "/members/restricted/new/?kind=talk", {"member": "李敏", "happened_on": "2026-03-05", "content": "内容"}
    )

    assert RestrictedRecord.objects.get().kind == "thought"


def test_o10_a_member_beyond_the_scope_cannot_be_named(client, enter, branch):
    enter(make_custodian(branch, "talk"))
    MembershipFactory(member=MemberFactory(name="外人"))

    answer = client.post("/members/restricted/new/", {"member": "外人", "happened_on": "2026-03-05", "content": "内容"})

    assert answer.status_code == 422
    assert not RestrictedRecord.objects.exists()


def test_o10_the_list_is_taken_out_for_a_reason_and_without_text(client, enter, branch, record):
    enter(make_custodian(branch, "talk"))

    assert client.post("/members/restricted/export/", {}).status_code == 422
    answer = client.post("/members/restricted/export/?kind=talk", {"reason": "交接"})

    cells = str(list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values))
    assert "周知" in cells
    assert "绝密内容" not in cells
    assert "交接" in AuditEntry.objects.get(verb="导出限定记录目录").detail["note"]


def test_o10_what_is_destroyed_shows_kind_and_dates_only(client, enter, branch, record):
    enter(make_custodian(branch, "talk"))

    assert client.post(f"/members/restricted/{record.pk}/destroy/", {"reason": "误录"}).status_code == 302

    shown = client.get(f"/members/restricted/{record.pk}/").text
    assert "周知" not in shown
    assert "已销毁" in client.get("/members/restricted/?kept=destroyed").text
    assert client.get(f"/members/restricted/{record.pk}/destroy/").status_code == 403
    assert client.post(f"/members/restricted/{record.pk}/open/", {"reason": "核查"}).status_code == 422


def test_o04_discipline_lists_sanctions_whose_talk_is_due(client, enter, branch):
    enter(make_custodian(branch, "discipline"))
    late = DisciplineFactory(organization=branch, member=MemberFactory(name="周知"))
    DisciplineFactory(organization=branch, member=MemberFactory(name="李敏"))
    occasion = OccasionFactory(record=late, member=late.member, organization=branch, kind="sanction")
    DutyFactory(occasion=occasion, member=late.member, organization=branch)

    shown = client.get("/members/discipline/?talk=due").text
    assert "周知" in shown
    assert "李敏" not in shown
    hub = client.get("/members/registers/").text
    assert "1 件受处分后未谈话" in hub
    assert "七项重点任务" in hub


def test_o04_discipline_by_the_time_of_its_effect(client, enter, branch, move_clock):
    move_clock("2026-09-05T10:00:00+08:00")
    enter(make_custodian(branch, "discipline"))
    DisciplineFactory(organization=branch, member=MemberFactory(name="周知"))
    DisciplineFactory(organization=branch, member=MemberFactory(name="李敏"), impact_until=date(2026, 9, 4))

    shown = client.get("/members/discipline/?effect=in").text
    assert "周知" in shown
    assert "李敏" not in shown


@pytest.mark.parametrize("query", ["q=%00", "kind=care", "since=x", "organization=没有", "member=x"])
def test_r34_filters_that_cannot_be_read_list_nobody(client, enter, branch, record, query):
    enter(make_custodian(branch, "talk"))

    answer = client.get(f"/members/restricted/?{query}")

    assert answer.status_code == 422
    assert "周知" not in answer.text


@pytest.mark.parametrize("address", ["/members/restricted/", "/members/discipline/"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(
    client, enter, committee, address, count, django_assert_num_queries
):
    for _ in range(count):
        DisciplineFactory(organization=BranchFactory(parent=committee))
    enter(make_custodian(committee))
    client.get(address)

    with django_assert_num_queries(12):
        client.get(address)
