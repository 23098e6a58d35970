"""Pages of topics, projects, claims, contests, awards, needs and pledges (C09, C12, C13, C14)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.permissions import Grant, Scope
from branches.queries.access import scope_of
from campaigns.models import Application, Award, Claim, Contest, Need, Pledge, Project, Topic
from campaigns.queries.claims import claim_tasks_for, claims_to_confirm
from campaigns.queries.contests import facts_of_model_post
from campaigns.queries.projects import facts_of_project
from members.models import OpinionRequest
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns_honours import (
    ApplicationFactory,
    AwardFactory,
    ClaimFactory,
    ClaimTaskFactory,
    ContestFactory,
    NeedFactory,
    NoteFileFactory,
    PledgeFactory,
    ProjectFactory,
    TopicFactory,
    WorkNoteFactory,
)
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(name="财政局机关党委"), name="第一支部")


@pytest.fixture
def people(branch):
    """Who acts: the branch's secretary, staff above, and a member of the branch."""
    member = MembershipFactory(
        organization=branch, member=MemberFactory(name="周敏", user=make_user_with_post(Role.MEMBER, branch))
    ).member
    return {
        "secretary": make_user_with_post(Role.SECRETARY, branch),
        "staff": make_user_with_post(Role.STAFF, branch.parent),
        "member": member.user,
        "person": member,
    }


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def test_c09_from_the_topic_to_acceptance(client, branch, people):
    client.force_login(people["staff"])
    asked = {"year": 2026, "title": "优化窗口服务", "kinds": ["branch"], "claim_by": "2026-03-31"}
    client.post(url("topic_new"), asked)
    topic = Topic.objects.get()

    client.force_login(people["secretary"])
    assert "待领办的项目题目" in client.get("/").text
    assert "优化窗口服务" in client.get(url("project_new") + f"?topic={topic.pk}").text
    values = {
        "title": "窗口服务提升", "goal": "时限压缩", "responsible": people["person"].pk, "starts_on": "2026-03-05",
        "ends_on": "2026-09-30",
    }  # fmt: skip
    client.post(url("project_new") + f"?topic={topic.pk}", values)
    project = Project.objects.get()
    assert (project.topic, project.organization) == (topic, branch)
    assert client.post(url("project_act", project.pk, "progress"), {"text": ""}).status_code == 422
    client.post(url("project_act", project.pk, "submit"), {"text": "已经完成"})
    assert client.post(url("project_act", project.pk, "accept"), {"text": "同意"}).status_code == 403

    client.force_login(people["staff"])
    assert "项目待验收" in client.get("/").text
    client.post(url("project_act", project.pk, "accept"), {"text": "同意", "is_excellent": "on"})
    page = client.get(url("project_detail", project.pk)).text
    assert "优秀项目" in page
    assert client.post(url("project_act", project.pk, "unknown"), {"text": "同意"}).status_code == 404


def test_c09_what_a_superior_sets_is_seen_by_whom_it_addresses(client, branch, people):
    mine = TopicFactory(issuer=branch.parent.parent)
    TopicFactory(issuer=branch.parent.parent, kinds=["general_branch"])
    TopicFactory()
    TopicFactory(issuer=branch)
    for who, seen in (("secretary", 2), ("member", 2), ("staff", 2)):
        client.force_login(people[who])
        page = client.get(url("topic_list")).context["page"]
        assert len(page.object_list) == seen, who
        assert client.get(url("topic_detail", mine.pk)).status_code == 200
    scope = Scope(user_id=1, grant=Grant(1, branch.pk, branch.path, Role.SECRETARY))
    assert Topic.objects.visible_to(scope).filter(pk=mine.pk).exists()


def test_c09_a_member_claims_and_the_branch_confirms(client, branch, people):
    task = ClaimTaskFactory(organization=branch)
    client.force_login(people["member"])
    assert "可以认领的任务" in client.get("/").text
    client.post(url("claim_task_take", task.pk))
    claim = Claim.objects.get()
    assert "我认领的任务" in client.get(url("claim_task_list")).text
    client.post(url("claim_act", claim.pk, "report"), {"text": "已完成"})
    assert client.post(url("claim_act", claim.pk, "confirm"), {}).status_code == 403
    client.force_login(people["secretary"])
    client.post(url("claim_act", claim.pk, "confirm"), {})
    claim.refresh_from_db()
    assert claim.confirmed_on == date(2026, 3, 5)
    other = MembershipFactory(organization=branch).member
    client.post(url("claim_task_give", task.pk), {"member": other.pk})
    assert Claim.objects.count() == 2


def test_c12_from_the_preset_to_the_award_and_back(client, branch, people):
    client.force_login(people["staff"])
    page = client.get(url("contest_new") + "?preset=excellent_member").text
    assert "文件没有列明争创条件" in page
    values = {
        "preset": "excellent_member", "title": "优秀共产党员", "year": 2026, "subject": "member", "kinds": ["branch"],
        "criteria": "作用突出｜事迹材料", "starts_on": "2026-03-01", "ends_on": "2026-03-31",
    }  # fmt: skip
    client.post(url("contest_new"), values)
    contest = Contest.objects.get()
    client.post(url("contest_publish", contest.pk))

    client.force_login(people["member"])
    criterion = contest.criteria.get()
    sent = {"statement": "认真", f"evidence_{criterion.pk}": "见材料"}
    assert "已申报，等待党支部推荐。" in client.post(url("application_new", contest.pk), sent, follow=True).text
    application = Application.objects.get()
    assert (application.member, application.state) == (people["person"], "applied")
    assert client.post(url("application_act", application.pk, "recommend"), {}).status_code == 403

    client.force_login(people["secretary"])
    sent = {"text": "同意推荐"}
    recommended = client.post(url("application_act", application.pk, "recommend"), sent, follow=True).text
    assert "已推荐，等待上级核验。" in recommended
    assert "<details open>" not in recommended  # taking back is offered, and does not stand open
    client.force_login(people["staff"])
    assert "争创申报待核验" in client.get("/").text
    client.post(url("application_verify", application.pk), {f"met_{criterion.pk}": "yes"})
    refused = client.post(url("application_award", application.pk), {"awarded_on": "2026-03-05"})
    assert refused.status_code == 422
    assert "目前还没有征求。" in client.get(url("application_detail", application.pk)).text
    client.post(url("application_ask", application.pk))
    assert "请等待回复，期限为" in client.get(url("application_detail", application.pk)).text

    client.force_login(people["secretary"])
    request = OpinionRequest.objects.get()
    client.post(reverse("members:opinion_answer", args=[request.pk]), {"answer": "agreed", "met_on": "2026-03-05"})
    client.force_login(people["staff"])
    client.post(url("application_award", application.pk), {"awarded_on": "2026-03-05", "number": "机委〔2026〕3号"})
    assert "机委〔2026〕3号" in client.get(url("award_list")).text
    awarded = client.get(url("application_detail", application.pk)).text
    assert "撤销称号" in awarded
    assert "<details open>" not in awarded
    client.post(url("application_act", application.pk, "revoke"), {"text": "弄虚作假"})
    assert Award.objects.get().reason == "弄虚作假"


def test_c13_the_asker_is_masked_for_who_does_not_work_on_it(client, branch, people):
    need = NeedFactory(organization=branch, asker="王小明", phone="13900001234")
    seen = {}
    for who in ("secretary", "staff", "member"):
        client.force_login(people[who])
        page = client.get(url("need_detail", need.pk)).text
        seen[who] = ("王小明" in page, "13900001234" in page, "王＊＊" in page)
    assert seen == {
        "secretary": (True, True, False), "staff": (True, True, False), "member": (False, False, True),
    }  # fmt: skip


def test_c13_taken_in_above_done_below_rated_above(client, branch, people):
    client.force_login(people["staff"])
    values = {
        "kind": "masses", "asker_kind": "masses", "title": "加装扶手", "raised_on": "2026-03-05", "owner": branch.code,
        "due_on": "2026-04-04",
    }  # fmt: skip
    client.post(url("need_new"), values)
    need = Need.objects.get()
    assert (need.organization, need.owner) == (branch.parent, branch)
    client.force_login(people["secretary"])
    client.post(url("need_act", need.pk, "finish"), {"text": "已经装好"})
    client.force_login(people["staff"])
    client.post(url("need_act", need.pk, "rate"), {"satisfaction": "good"})
    client.post(url("need_act", need.pk, "close"), {})
    need.refresh_from_db()
    assert (need.state, need.satisfaction) == ("closed", "good")
    assert "100 %" in client.get(url("need_summary")).text


def test_c14_a_member_pledges_and_his_branch_makes_it_public(client, branch, people):
    client.force_login(people["member"])
    client.post(url("pledge_new"), {"kind": "post", "text": "首问负责", "due_on": "2026-12-31"})
    pledge = Pledge.objects.get()
    assert (pledge.member, pledge.state) == (people["person"], "draft")
    assert client.post(url("pledge_act", pledge.pk, "publish"), {}).status_code == 403
    client.force_login(people["secretary"])
    client.post(url("pledge_act", pledge.pk, "publish"), {})
    client.force_login(people["member"])
    client.post(url("pledge_act", pledge.pk, "report"), {"text": "全年做到"})
    client.force_login(people["secretary"])
    client.post(url("pledge_act", pledge.pk, "keep"), {})
    board = client.get(url("pledge_board", branch.pk)).text
    assert "首问负责" in board
    assert "已兑现" in board


def test_c14_drafts_of_others_are_not_seen_by_members(client, branch, people):
    PledgeFactory(organization=branch, state="draft", published_on=None)
    client.force_login(people["member"])
    assert len(client.get(url("pledge_list")).context["page"].object_list) == 0


def test_c14_the_branch_writes_down_many_at_once(client, branch, people):
    other = MembershipFactory(organization=branch).member
    client.force_login(people["secretary"])
    members = [people["person"].pk, other.pk]
    values = {"kind": "deed", "text": "志愿服务", "due_on": "2026-12-31", "members": members, "is_public": "on"}
    client.post(url("pledge_new"), values)
    assert list(Pledge.objects.values_list("state", flat=True)) == ["published", "published"]


def test_c09_the_file_of_a_note_is_given_to_who_sees_the_project(client, branch, people):
    file = NoteFileFactory(note=WorkNoteFactory(project=ProjectFactory(organization=branch)))
    client.force_login(people["staff"])
    answer = client.get(url("note_file", file.pk))
    assert b"".join(answer.streaming_content)[:4] == b"\x89PNG"
    client.force_login(make_user_with_post(Role.STAFF, CommitteeFactory()))
    assert client.get(url("note_file", file.pk)).status_code == 404


def test_c09_facts_of_projects_and_n25_of_model_posts(branch):
    ProjectFactory(organization=branch)
    done = ProjectFactory(organization=branch, state="accepted", result="完成", accepted_at="2026-06-20T10:00:00+08:00")
    facts = facts_of_project([branch.pk], date(2026, 1, 1), date(2026, 12, 31))
    assert sorted((fact.counted, fact.key == f"project:{done.pk}") for fact in facts) == [(False, False), (True, True)]
    contest = ContestFactory(subject="post", preset="model_post", issuer=branch.parent)
    post = {"contest": contest, "organization": branch, "member": MemberFactory()}
    ApplicationFactory(**post, post_name="甲窗口")
    ApplicationFactory(**post, post_name="乙窗口", state="met", verified_at="2026-04-01T10:00:00+08:00")
    ApplicationFactory(organization=branch)
    facts = facts_of_model_post([branch.pk], date(2026, 1, 1), date(2026, 12, 31))
    assert sorted((fact.counted, fact.reason) for fact in facts) == [
        (False, "已参与党员示范岗创建，尚未核验达标"), (True, ""),
    ]  # fmt: skip


LISTS = {
    "topic": lambda branch: TopicFactory(issuer=branch.parent),
    "project": lambda branch: ProjectFactory(organization=branch),
    "claim_task": lambda branch: ClaimFactory(task__organization=branch),
    "contest": lambda branch: ApplicationFactory(contest__issuer=branch.parent, organization=branch),
    "application": lambda branch: ApplicationFactory(organization=branch),
    "award": lambda branch: AwardFactory(application__organization=branch),
    "need": lambda branch: NeedFactory(organization=branch),
    "pledge": lambda branch: PledgeFactory(organization=branch),
}


@pytest.mark.parametrize("noun", LISTS)
def test_lists_take_as_many_queries_for_three_as_for_one(client, branch, people, noun):
    client.force_login(people["staff"])
    address = url(f"{noun}_list")
    LISTS[noun](branch)
    client.get(address)
    counts = []
    for more in (0, 2):
        for _ in range(more):
            LISTS[noun](BranchFactory(parent=branch.parent))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("noun", sorted(set(LISTS) - {"contest"}))
def test_lists_go_out_as_workbooks(client, branch, people, noun):
    LISTS[noun](branch)
    client.force_login(people["staff"])
    answer = client.get(url(f"{noun}_export"))
    assert b"".join(answer.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize("noun", LISTS)
def test_lists_are_filtered_and_the_hub_counts_them(client, branch, people, noun):
    LISTS[noun](branch)
    client.force_login(people["staff"])
    address = url(f"{noun}_list")
    assert len(client.get(address + "?year=1999").context["page"].object_list) == 0
    assert client.get(address + "?year=x").status_code == 422
    assert len(client.get(address + f"?organization={branch.parent.code}&q=").context["page"].object_list) == 1
    assert client.get(url("work_list")).status_code == 200


def test_an_account_without_a_member_is_told_so(client, branch):
    client.force_login(make_user_with_post(Role.MEMBER, branch))
    task = ClaimTaskFactory(organization=branch)
    client.post(url("claim_task_take", task.pk))
    assert not Claim.objects.exists()
    answer = client.post(url("pledge_new"), {"kind": "post", "text": "首问负责", "due_on": "2026-12-31"})
    assert answer.status_code == 422


def test_c09_tasks_with_reports_to_confirm_show_all_their_claims(branch, people, client):
    task = ClaimTaskFactory(organization=branch)
    ClaimFactory(task=task, state="reported")
    ClaimFactory(task=task, state="reported")
    ClaimFactory(task=task)
    scope = scope_of(people["secretary"].pk, date(2026, 3, 5))

    found = claim_tasks_for(scope, state="waiting")

    assert [(row.pk, row.taken) for row in found] == [(task.pk, 3)]
    assert claims_to_confirm(scope) == 1
