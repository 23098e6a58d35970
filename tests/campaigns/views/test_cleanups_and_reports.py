"""Pages of clean-ups, of common problems and of members' reports (R01, R02, R06)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from campaigns.models import Cleanup, Problem, Snapshot
from campaigns.rules.cleanups import CleanupState
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory, TargetFactory, TaskFactory
from tests.factories.members_rooms import picture
from tests.factories.problems import CleanupFactory, ProblemFactory, SnapshotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory(short_name="区直机关工委")


@pytest.fixture
def committee(root):
    return CommitteeFactory(parent=root, short_name="财政局机关党委")


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, short_name="第一支部")


@pytest.fixture
def enter(client):
    def enter(role, organization):
        user = make_user_with_post(role, organization)
        client.force_login(user)
        return user

    return enter


@pytest.fixture
def common(root):
    task = TaskFactory(campaign=CampaignFactory(issuer=root), nature="problem", title="督促检查不够")
    TargetFactory(
        task=task, metric="manual", period="once", unit="项", audience_kinds=["committee"], audience_group="direct"
    )
    return task


def test_r02_an_addressed_organization_claims_on_the_page(client, enter, committee, common):
    enter(Role.STAFF, committee)
    page = client.get(reverse("campaigns:common_list"))
    assert "督促检查不够" in page.text
    assert "对照认领" in page.text
    data = {"applies": "yes", "word": "对支部督查少", "deadline": "immediate"}
    form = client.get(reverse("campaigns:common_claim", args=[common.pk])).context["form"]
    data["applies"] = form.fields["applies"].choices[0][0]
    client.post(reverse("campaigns:common_claim", args=[common.pk]), data)
    assert Problem.objects.get().organization == committee
    assert "查看整改" in client.get(reverse("campaigns:common_list")).text


def test_r02_who_issued_the_plan_sees_how_far_the_others_are_and_has_no_list_of_his_own(
    client, enter, root, committee, common
):
    enter(Role.STAFF, root)
    page = client.get(reverse("campaigns:common_list"))
    assert "本组织对照检查" not in page.text
    assert "财政局机关党委" in page.text
    assert "<b>0</b> / 1 个党组织已全部对照" in page.text


def test_r06_drawn_up_from_a_document_begun_checked_and_ended(client, enter, root, committee):
    enter(Role.STAFF, root)
    form = client.get(reverse("campaigns:cleanup_new"), {"offer": "six"}).context["form"]
    assert form.initial.get("source", "") == "“四型机关”工作方案"
    cleanup = CleanupFactory(issuer=root, audience_kinds=["committee"], classes=["治庸"], state=CleanupState.DRAFT)
    client.post(reverse("campaigns:cleanup_begin", args=[cleanup.pk]))
    enter(Role.STAFF, committee)
    address = reverse("campaigns:cleanup_detail", args=[cleanup.pk])
    assert "本组织自查" in client.get(address).text
    check = reverse("campaigns:cleanup_check", args=[cleanup.pk, 1])
    offered = client.get(check).context["form"].fields["is_found"].choices
    found = next(code for code, label in offered if "未" in label)
    client.post(check, {"is_found": found, "word": "经自查未发现。", "deadline": "immediate"})
    assert "经自查未发现。" in client.get(address).text
    enter(Role.STAFF, root)
    assert "尚未自查完的党组织" in client.get(reverse("campaigns:cleanup_end", args=[cleanup.pk])).text
    client.post(reverse("campaigns:cleanup_end", args=[cleanup.pk]), {"summary": "全部完成自查。"})
    assert Cleanup.objects.get().state == CleanupState.ENDED
    assert client.get(reverse("campaigns:cleanup_report", args=[cleanup.pk])).status_code == 200


def test_r06_the_end_says_who_has_not_checked_himself_and_what_is_open(client, enter, root, committee):
    cleanup = CleanupFactory(issuer=root, audience_kinds=["committee"])
    ProblemFactory(organization=committee, cleanup=cleanup, cleanup_class=cleanup.classes[0])
    enter(Role.STAFF, root)
    facts = client.get(reverse("campaigns:cleanup_end", args=[cleanup.pk])).context["facts"]
    assert facts == [("尚未自查完的党组织", committee.label), ("尚未销号的问题", "1 个")]


def test_r06_who_is_not_addressed_is_told_so(client, enter, root, branch):
    cleanup = CleanupFactory(issuer=root, audience_kinds=["committee"])
    enter(Role.SECRETARY, branch)
    page = client.get(reverse("campaigns:cleanup_detail", args=[cleanup.pk]))
    assert "第一支部不需要填报" in page.text
    assert "按问题类型" not in page.text


def test_r01_a_member_reports_and_the_branch_takes_it_up(client, enter, branch):
    member = enter(Role.MEMBER, branch)
    data = {"text": "宣传栏内容过期。", "place": "一楼大厅", "photo": picture()}
    client.post(reverse("campaigns:snapshot_new"), data)
    snapshot = Snapshot.objects.get()
    assert snapshot.user == member
    enter(Role.MEMBER, branch)
    address = reverse("campaigns:snapshot_detail", args=[snapshot.pk])
    assert client.get(address).status_code == 404
    enter(Role.SECRETARY, branch)
    photo = reverse("campaigns:snapshot_photo", args=[snapshot.photos.get().pk])
    assert client.get(photo).status_code == 200
    answer = reverse("campaigns:snapshot_answer", args=[snapshot.pk])
    assert client.post(answer, {"decision": "decline", "deadline": "immediate", "answer": ""}).status_code == 422
    client.post(answer, {"decision": "take", "deadline": "immediate", "answer": "马上更换。"})
    assert Problem.objects.get().text == "宣传栏内容过期。"


def test_an_empty_answer_of_a_filter_offers_the_way_back(client, enter, branch):
    enter(Role.SECRETARY, branch)
    for name, state in (("snapshot_list", "waiting"), ("cleanup_list", "ended"), ("problem_list", "closed")):
        address = reverse(f"campaigns:{name}")
        page = client.get(address, {"state": state})
        told = page.text.partition("没有符合条件的")[2].partition("list-foot")[0]
        assert f'href="{address}"' in told


@pytest.mark.parametrize("name", ["cleanup_list", "snapshot_list", "common_list"])
def test_lists_take_as_many_queries_for_three_as_for_one(client, enter, root, committee, common, name):
    def add():
        CleanupFactory(issuer=root)
        SnapshotFactory(organization=BranchFactory(parent=CommitteeFactory(parent=root)))

    enter(Role.STAFF, root)
    add()
    address = reverse(f"campaigns:{name}")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)
