"""Needs and pledges: what the actions do and refuse (C13, C14)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.permissions import Actor
from campaigns.actions import needs, pledges
from campaigns.actions.need_imports import IMPORTER
from campaigns.actions.work_reminders import (
    remind_claims,
    remind_contests,
    remind_needs,
    remind_pledges,
    remind_projects,
    remind_topics,
)
from campaigns.models import Need, Pledge
from campaigns.rules.needs import NeedState
from campaigns.rules.pledges import PledgeState
from office.models import Notice
from tests.factories.branches import BranchFactory, UserFactory, actor, make_user_with_post
from tests.factories.campaigns_honours import (
    ApplicationFactory,
    ClaimFactory,
    ContestFactory,
    NeedFactory,
    PledgeFactory,
    ProjectFactory,
    TopicFactory,
)
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post(Role.SECRETARY, branch))


@pytest.fixture
def superior(branch):
    return actor(make_user_with_post(Role.STAFF, branch.parent))


@pytest.fixture
def member(branch):
    return MembershipFactory(organization=branch, member=MemberFactory(user=UserFactory())).member


def told(by: Actor) -> int:
    return Notice.objects.filter(user_id=by.user_id).count()


def values(owner, **changes):
    return {
        "kind": "masses", "asker_kind": "masses", "asker": "王某", "phone": "05108270", "title": "加装扶手",
        "content": "", "owner": owner, "responsible": None, "raised_on": DAY, "due_on": date(2026, 4, 4), **changes,
    }  # fmt: skip


def test_c13_a_need_is_handed_down_done_rated_and_closed(branch, secretary, superior, member):
    need = needs.register_need(by=superior, organization=branch.parent, **values(branch))
    assert needs.register_need(by=superior, organization=branch.parent, **values(branch)) == need
    assert told(secretary) == 1
    need = needs.change_need(by=secretary, need=need, responsible=member)
    needs.move_need(by=secretary, need=need, verb="progress", text="已实地查看")
    need = needs.move_need(by=secretary, need=need, verb="finish", text="已经装好")
    with pytest.raises(ValidationError, match="请选择满意度"):
        needs.move_need(by=superior, need=need, verb="rate")
    need = needs.move_need(by=superior, need=need, verb="rate", satisfaction="bad", text="还有一处没有装")
    with pytest.raises(ValidationError, match="不能销号"):
        needs.move_need(by=secretary, need=need, verb="close")
    need = needs.move_need(by=superior, need=need, verb="redo", text="请补装")
    assert (need.state, need.satisfaction, need.done_on) == (NeedState.DOING, "", None)
    needs.move_need(by=secretary, need=need, verb="finish", text="全部装好")
    needs.move_need(by=superior, need=need, verb="rate", satisfaction="good")
    need = needs.move_need(by=secretary, need=need, verb="close")
    assert (need.state, need.closed_on, need.rated_by_id) == (NeedState.CLOSED, DAY, superior.user_id)
    assert [note.label for note in need.notes.all()] == [
        "登记实事", "记录进展", "办结", "登记评价：不满意", "重新办理", "办结", "登记评价：满意", "销号",
    ]  # fmt: skip


def test_c13_the_asker_is_kept_encrypted(branch, secretary):
    from django.db import connection

    need = needs.register_need(by=secretary, organization=branch, **values(branch))
    with connection.cursor() as cursor:
        cursor.execute("SELECT asker, phone FROM campaigns_need WHERE id = %s", [need.pk])
        kept = cursor.fetchone()
    assert "王某" not in kept[0]
    assert "05108270" not in kept[1]
    assert Need.objects.get().asker == "王某"


@pytest.mark.parametrize(
    "changes", [{"raised_on": date(2026, 3, 6)}, {"due_on": date(2026, 3, 4)}, {"title": " "}, {"kind": "none"}]
)
def test_c13_days_and_words_that_cannot_be_are_refused(branch, secretary, changes):
    with pytest.raises(ValidationError):
        needs.register_need(by=secretary, organization=branch, **values(branch, **changes))


def test_c13_the_responsible_stands_on_the_owners_roster(branch, secretary):
    with pytest.raises(ValidationError, match="承办党组织名册"):
        needs.register_need(by=secretary, organization=branch, **values(branch, responsible=MemberFactory()))


def test_c13_the_owner_does_not_urge_himself(branch, superior):
    own = actor(make_user_with_post(Role.STAFF, branch))
    need = NeedFactory(organization=branch)
    with pytest.raises(ValidationError, match="由上级党组织办理"):
        needs.move_need(by=own, need=need, verb="urge", text="请抓紧")
    assert needs.move_need(by=superior, need=need, verb="urge", text="请抓紧").notes.get().label == "督办"


def test_c13_a_workbook_is_taken_whole_row_by_row_and_twice_is_once(branch, secretary):
    table = read_rows(
        [
            {"title": "加装扶手", "raised_on": "2026-03-02", "kind": "服务企业有求必应", "asker": "王某"},
            {"title": "", "raised_on": "2026-03-02"},
            {"title": "晚了", "raised_on": "2026-03-09"},
        ]
    )
    result = IMPORTER.run(by=secretary, table=table, under=branch, write=True)
    assert (result.created, result.failed) == (1, 2)
    need = Need.objects.get()
    assert (need.kind, need.owner, need.due_on) == ("enterprise", branch, date(2026, 4, 1))
    again = IMPORTER.run(by=secretary, table=table, under=branch, write=True)
    assert (again.created, again.unchanged) == (0, 1)


def read_rows(rows):
    from io import BytesIO
    from tempfile import NamedTemporaryFile

    from campaigns.rules.need_imports import COLUMNS
    from partybuild.lib.workbook import Sheet, read_table, write_table

    titles = {column.field: column.title for column in COLUMNS}
    file = BytesIO()
    lines = [[row.get(name, "") for name in titles] for row in rows]
    write_table(file, [Sheet("实事清单", list(titles.values()), lines)])
    with NamedTemporaryFile(suffix=".xlsx") as kept:
        kept.write(file.getvalue())
        kept.flush()
        return read_table(kept.name, COLUMNS)


def pledge(by, branch, members, **changes):
    asked = {"kind": "deed", "text": "每月参加志愿服务", "due_on": date(2026, 12, 31), **changes}
    return pledges.make_pledges(by=by, organization=branch, members=members, **asked)


def test_c14_the_branch_writes_down_pledges_of_many_and_judges_them(branch, secretary, member):
    other = MembershipFactory(organization=branch).member
    made = pledge(secretary, branch, [member, other], is_public=True)
    assert pledge(secretary, branch, [member, other], is_public=True) == []
    assert [row.state for row in made] == [PledgeState.PUBLISHED] * 2
    own = Actor(user_id=member.user_id, organization_id=branch.pk, member_id=member.pk)
    mine = pledges.move_pledge(by=own, pledge=made[0], verb="report", text="参加十二次")
    with pytest.raises(ValidationError, match="不能评定本人"):
        pledges.move_pledge(by=own, pledge=mine, verb="keep")
    assert pledges.move_pledge(by=secretary, pledge=mine, verb="keep").closed_on == DAY
    broken = pledges.move_pledge(by=secretary, pledge=made[1], verb="break", text="长期外出")
    assert broken.state == PledgeState.BROKEN
    assert broken.notes.last().text == "长期外出"


def test_c14_an_integrity_pledge_names_its_project(branch, secretary, member):
    with pytest.raises(ValidationError, match="名称"):
        pledge(secretary, branch, [member], kind="project")
    with pytest.raises(ValidationError, match="只有重大项目"):
        pledge(secretary, branch, [member], project="新区道路")
    made = pledge(secretary, branch, [member], kind="project", project="新区道路")
    assert [(row.project, row.state) for row in made] == [("新区道路", PledgeState.DRAFT)]


def test_c14_strangers_and_days_that_are_past_are_refused(branch, secretary):
    with pytest.raises(ValidationError, match="名册中的党员"):
        pledge(secretary, branch, [MemberFactory()])
    with pytest.raises(ValidationError, match="不能早于今天"):
        pledge(secretary, branch, [], due_on=date(2026, 3, 4))


def test_c14_a_branchs_own_pledge_is_judged_above(branch, secretary, superior):
    (own,) = pledge(secretary, branch, [], is_public=True)
    own = pledges.move_pledge(by=secretary, pledge=own, verb="report", text="已兑现")
    with pytest.raises(ValidationError, match="由上级党组织办理"):
        pledges.move_pledge(by=secretary, pledge=own, verb="keep")
    assert pledges.move_pledge(by=superior, pledge=own, verb="keep").state == PledgeState.KEPT


def test_c12_who_has_not_applied_is_reminded_three_days_before_and_on_the_last_day(branch, secretary):
    system = Actor.system()
    contest = ContestFactory(issuer=branch.parent, ends_on=date(2026, 3, 31))
    applied = ApplicationFactory(contest=contest, organization=BranchFactory(parent=branch.parent))
    elsewhere = BranchFactory()
    for organization in (applied.organization, elsewhere):
        make_user_with_post(Role.SECRETARY, organization)
    days = [27, 28, 28, 29, 31, 31]
    assert [remind_contests(by=system, on=date(2026, 3, day)) for day in days] == [0, 1, 0, 0, 1, 0]
    assert remind_contests(by=system, on=date(2026, 4, 1)) == 0
    near, last = Notice.objects.order_by("pk")
    assert {near.user_id, last.user_id} == {secretary.user_id}
    assert near.text == f"争创活动“{contest}”将于2026年3月31日截止申报，准备申报的请及时办理。"
    assert last.text == f"争创活动“{contest}”今天截止申报，准备申报的请及时办理。"


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_of_a_contest_that_takes_no_applications_nobody_is_reminded(branch, secretary, state):
    ContestFactory(issuer=branch.parent, ends_on=date(2026, 3, 31), state=state)
    assert remind_contests(by=Actor.system(), on=date(2026, 3, 31)) == 0


def test_who_took_an_application_back_is_reminded_again(branch, secretary):
    contest = ContestFactory(issuer=branch.parent, ends_on=date(2026, 3, 31))
    ApplicationFactory(contest=contest, organization=branch, state="withdrawn")
    assert remind_contests(by=Actor.system(), on=date(2026, 3, 31)) == 1


def test_y05_everybody_is_reminded_once(branch, secretary, superior, member):
    system, on = Actor.system(), date(2026, 3, 29)
    TopicFactory(issuer=branch.parent)
    assert [remind_topics(by=system, on=on) for _ in range(2)] == [1, 0]
    ProjectFactory(organization=branch, ends_on=date(2026, 4, 1))
    assert [remind_projects(by=system, on=on) for _ in range(2)] == [1, 0]
    assert remind_projects(by=system, on=date(2026, 4, 2)) == 2
    ClaimFactory(task__organization=branch, member=member, task__due_on=date(2026, 4, 1))
    assert [remind_claims(by=system, on=on) for _ in range(2)] == [1, 0]
    NeedFactory(organization=branch)
    assert [remind_needs(by=system, on=on) for _ in range(2)] == [1, 0]
    assert remind_needs(by=system, on=date(2026, 4, 1)) == 2
    PledgeFactory(organization=branch, member=member, due_on=date(2026, 4, 1))
    assert [remind_pledges(by=system, on=on) for _ in range(2)] == [1, 0]
    assert remind_pledges(by=system, on=date(2026, 4, 2)) == 2
    assert Pledge.objects.late(date(2026, 4, 2)).count() == 1
