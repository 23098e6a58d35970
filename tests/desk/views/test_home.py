"""The home page of each role."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from branches.models import AuditEntry
from office.enums import DocumentStatus, Job, RunStatus
from partybuild.lib.clock import ZONE
from tests.factories.branches import AuditEntryFactory, BranchFactory, UserFactory, make_user_with_post
from tests.factories.campaigns import (
    AttendanceFactory,
    CreditFactory,
    FiledActivityFactory,
    ReviewFactory,
    due,
)
from tests.factories.desk import count_again, make_district, stand
from tests.factories.members import MembershipFactory
from tests.factories.office import DocumentFactory, RunFactory
from tests.factories.plans_and_links import ApprovedPlanFactory, PlanItemFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 15, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock(NOW)


@pytest.fixture
def district():
    return make_district()


def home(client, user):
    client.force_login(user)
    return client.get("/")


class TestSecretary:
    @pytest.fixture
    def start(self, client, district):
        branch = district.branches[0]
        self.late = stand(branch, district.targets[0], due_on=date(2026, 3, 18))
        self.soon = stand(branch, district.targets[1], due_on=date(2026, 3, 22))
        self.by_hand = due(branch, "manual", title="专题部署", due_on=date(2026, 3, 23), campaign=district.campaign)
        stand(branch, district.other_target, done_on=date(2026, 3, 12))
        returned = FiledActivityFactory(
            organization=branch, status="returned", title="3 月 12 日支部党员大会", returned_at=NOW,
            resubmit_by=date(2026, 3, 23),
        )  # fmt: skip
        ReviewFactory(activity=returned, decision="return", remark="应到人数未写明，请补充。", reviewer__name="陈立")
        record = FiledActivityFactory(organization=branch)
        for _ in range(3):
            CreditFactory(activity=record, assignment__organization=branch, assignment__due_on=date(2026, 3, 31))
        CreditFactory(activity=record, assignment__organization=branch, counted=False, reason="不足半数。", amount=0)
        DocumentFactory(
            issuer=district.root, title="2 月调度纪要", status=DocumentStatus.ISSUED, number=1, issued_at=NOW
        )
        DocumentFactory(issuer=district.root, title="还没有印发的草稿")
        return home(client, make_user_with_post(Role.SECRETARY, branch))

    def test_what_is_late_or_due_soon_stands_first_with_its_one_button(self, start):
        html = start.content.decode()
        assert [item.assignment_id for item in start.context["due"]] == [self.late.pk, self.soon.pk, self.by_hand.pk]
        assert "逾期 2 天" in html
        assert "还有 2 天" in html
        assert "activities/new/?kind=theme_day" in html or "kind=theme_day" in html
        assert html.count("记活动</a>") == 2
        assert html.count("去填报</a>") == 1

    def test_what_came_back_shows_the_remark_and_the_day(self, start):
        html = start.content.decode()
        assert "“应到人数未写明，请补充。”" in html
        assert "陈立" in html
        assert "3月23日 周一前补正不计迟报" in html

    def test_the_sentence_above_counts_what_is_left(self, start):
        assert start.context["figure"].startswith("3 月还差")
        assert "1 项已逾期" in start.context["figure"]

    def test_filling_in_once_is_counted(self, start):
        assert "本月 1 条记录，计入 <b>3</b> 项任务，少填 2 次。" in start.content.decode()

    def test_only_issued_documents_are_new(self, start):
        html = start.content.decode()
        assert "2 月调度纪要" in html
        assert "还没有印发的草稿" not in html


def test_a_secretary_with_nothing_to_do_is_told_so(client):
    html = home(client, make_user_with_post(Role.SECRETARY, BranchFactory())).content.decode()
    for words in (
        "没有可以补报的逾期任务，3 天内也没有到期的任务",
        "本月没有到期的任务",
        "全年任务下发后显示在这里",
        "本月还没有活动记录",
    ):
        assert words in html
    assert "被退回" not in html


def test_a_secretary_sees_nothing_of_another_branch(client, district):
    stand(district.branches[1], district.targets[0], due_on=date(2026, 3, 18))
    page = home(client, make_user_with_post(Role.SECRETARY, district.branches[0]))
    assert page.context["due"] == []


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.STAFF, Role.INSPECTOR])
def test_as_many_queries_for_few_tasks_as_for_many(client, role):
    counts = []
    for committees, branches in ((1, 1), (4, 4)):
        made = make_district(committees, branches)
        for branch in made.branches:
            for target in [*made.targets, made.other_target]:
                stand(branch, target, due_on=date(2026, 3, 10))
                stand(branch, target, "2026-02", due_on=date(2026, 3, 21))
        count_again()
        place = made.branches[0] if role == Role.SECRETARY else made.root
        client.force_login(make_user_with_post(role, place))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


class TestStaff:
    @pytest.fixture
    def start(self, client, district):
        one, two, three, *_ = district.branches
        stand(one, district.targets[0], done_on=date(2026, 3, 12))
        stand(two, district.targets[0], due_on=date(2026, 3, 10))
        stand(three, district.targets[0])
        stand(district.root, district.other_target, due_on=date(2026, 3, 21))
        count_again()
        for _ in range(2):
            FiledActivityFactory(organization=one, needs_review=True, review_unit=district.root)
        RunFactory(job=Job.DISPATCH, period="2026-03", status=RunStatus.DONE, finished_at=NOW, expected=3,
                   result={"assignments": 60})  # fmt: skip
        DocumentFactory(issuer=district.root)
        return home(client, make_user_with_post(Role.STAFF, district.root))

    def test_the_four_figures(self, start):
        html = start.content.decode()
        assert (start.context["reviews"], start.context["now"].overdue, start.context["drafts"]) == (2, 1, 1)
        assert "已下发" in html
        assert "60 项任务" in html

    def test_units_are_listed_with_the_latest_first(self, start):
        assert [line.name for line in start.context["units"]] == ["财局机关党委", "司局机关党委", "本级"]

    def test_own_tasks_stand_there_too(self, start):
        assert [item.title for item in start.context["due"]] == ["标准机关主题党日（3月）"]


def test_while_a_dispatch_runs_its_progress_is_shown(client, district):
    RunFactory(job=Job.DISPATCH, period="2026-03", status=RunStatus.RUNNING, expected=60)
    html = home(client, make_user_with_post(Role.STAFF, district.root)).content.decode()
    assert "0 / 60" in html


def test_a_leader_starts_at_the_board(client, district):
    answer = home(client, make_user_with_post(Role.LEADER, district.root))
    assert (answer.status_code, answer["Location"]) == (302, "/board/")


def test_an_inspector_sees_what_has_been_overdue_longest(client, district):
    stand(district.branches[0], district.targets[0], "2026-02")
    stand(district.branches[1], district.targets[0], "2026-01")
    count_again()
    page = home(client, make_user_with_post(Role.INSPECTOR, district.root))
    assert [row["due_on"] for row in page.context["overdue"]] == [date(2026, 1, 31), date(2026, 2, 28)]
    assert page.context["now"].overdue == 2


class TestMember:
    def test_his_year_and_his_branch(self, client, district):
        branch, other = district.branches[:2]
        user = make_user_with_post(Role.MEMBER, branch)
        member = MembershipFactory(member__user=user, organization=branch).member
        days = (date(2026, 1, 9), date(2026, 2, 9), date(2026, 3, 9))
        for day, kind, is_present in zip(days, ("study", "theme_day", "study"), (True, True, False), strict=True):
            record = FiledActivityFactory(organization=branch, held_on=day, kind=kind, hours=Decimal("1.5"))
            AttendanceFactory(activity=record, member=member, is_present=is_present)
        last_year = FiledActivityFactory(organization=branch, held_on=date(2025, 12, 30), kind="study")
        AttendanceFactory(activity=last_year, member=member)
        draft = FiledActivityFactory(organization=branch, held_on=date(2026, 3, 10), kind="study", status="draft")
        AttendanceFactory(activity=draft, member=member)
        FiledActivityFactory(organization=other, held_on=date(2026, 3, 1), title="别的支部的活动")
        page = home(client, user)
        year = page.context["year"]
        assert (year.present, year.expected, year.hours, year.wanted_hours) == (2, 3, Decimal("1.5"), 32)
        assert len(page.context["records"]) == 4
        assert 'href="/campaigns/entries/new/">个人报送</a>' in page.content.decode()
        assert "别的支部的活动" not in page.content.decode()

    def test_an_account_without_a_member_is_told_whom_to_ask(self, client, district):
        html = home(client, make_user_with_post(Role.MEMBER, district.branches[0])).content.decode()
        assert "请联系支部书记" in html
        assert "个人报送</a>" not in html


class TestOfficers:
    def test_the_system_administrator_sees_accounts_and_services(self, client, district, no_worker):
        page = home(client, make_user_with_post(Role.SYSADMIN, district.root))
        assert page.context["missing"] == ["worker"]
        assert "没有响应" in page.content.decode()
        assert page.context["accounts"].active >= 1

    def test_the_security_administrator_sees_accounts_and_no_services(self, client, district):
        page = home(client, make_user_with_post(Role.SECADMIN, district.root))
        assert page.context["missing"] is None
        assert "服务状态" not in page.content.decode()

    def test_the_auditor_sees_the_trail(self, client, district):
        AuditEntryFactory(verb="删除文件", at=NOW, result="refused", organization_path=district.root.path)
        page = home(client, make_user_with_post(Role.AUDITOR, district.root))
        assert page.context["refused"] == 1
        assert "删除文件" in page.content.decode()
        assert page.context["accounts"] is None
        assert AuditEntry.objects.exists()


def test_who_has_no_post_is_told_whom_to_ask(client):
    html = home(client, UserFactory()).content.decode()
    assert "您的账号还没有岗位" in html
    assert "安全管理员" in html


def test_strangers_are_led_to_the_login(client):
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/")


def test_the_top_bar_counts_what_the_home_page_lists(client, district):
    branch = district.branches[0]
    stand(branch, district.targets[0], due_on=date(2026, 3, 18))
    stand(branch, district.targets[1], due_on=date(2026, 3, 22))
    plan = ApprovedPlanFactory(organization=branch)
    PlanItemFactory(plan=plan, month=2)

    page = home(client, make_user_with_post(Role.SECRETARY, branch))

    waiting = {each.source.label: each.count for each in page.context["waiting"]}
    assert (waiting["本月和逾期未完成的任务"], waiting["本月和逾期的计划活动"]) == (2, 1)
    assert page.context["frame"]["todo"] == {"url": "/todo/", "count": sum(waiting.values())}
    assert client.get("/todo/").context["waiting"] == page.context["waiting"]
