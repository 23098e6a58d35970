"""Lists of special work as workbooks: what the page shows under the same filters, and a trace of who took it out."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from branches.enums import Role
from branches.models import AuditEntry
from campaigns.rules.agreements import AgreementState
from campaigns.rules.cleanups import CleanupState
from campaigns.rules.contests import ContestState
from campaigns.rules.problems import State
from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    GroupFactory,
    OrganizationFactory,
    UserFactory,
    make_user_with_post,
)
from tests.factories.campaigns_honours import ContestFactory, NeedFactory
from tests.factories.plans_and_links import AgreementFactory
from tests.factories.problems import CleanupFactory, ProblemFactory, SnapshotFactory

pytestmark = pytest.mark.django_db

SENT_AT = datetime(2026, 2, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory(name="区直机关工委", short_name="区直机关工委")


@pytest.fixture
def committee(root):
    return CommitteeFactory(parent=root, name="财政局机关党委", short_name="财政局机关党委")


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="第一支部", short_name="第一支部")


@pytest.fixture
def staff(client, root):
    client.force_login(make_user_with_post(Role.STAFF, root))
    return client


def rows_of(client, name, query=""):
    """The rows below the headings, and what the trail says of it."""
    answer = client.get(f"{reverse(f'campaigns:{name}')}{query}")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [list(row) for row in sheet.values]
    headings = next(number for number, row in enumerate(rows) if row[0] == "序号")
    said = AuditEntry.objects.latest("pk")
    return rows[headings + 1 :], (said.verb, said.detail["count"])


def test_c12_contests_go_out_as_they_are_filtered(staff, root):
    ContestFactory(issuer=root, title="四强支部", levels=["一星", "二星"], quota=3)
    ContestFactory(issuer=root, title="模范机关", state=ContestState.CLOSED)

    rows, trail = rows_of(staff, "contest_export", "?state=published")

    assert rows == [
        [
            1, 2026, "四强支部", "党组织", "党支部", "区直机关工委", "2026年3月1日", "2026年3月31日", "一星、二星",
            3, 0, 0, "已发布",
        ]
    ]  # fmt: skip
    assert trail == ("导出争创活动", 1)
    assert (
        f'href="{reverse("campaigns:contest_export")}?state=published"'
        in staff.get(f"{reverse('campaigns:contest_list')}?state=published").content.decode()
    )


def test_r06_cleanups_go_out_with_their_problems(staff, root, branch):
    running = CleanupFactory(issuer=root, name="作风整治", source="WX 20")
    CleanupFactory(issuer=root, state=CleanupState.DRAFT)
    ProblemFactory(organization=branch, cleanup=running, cleanup_class="治庸")

    rows, trail = rows_of(staff, "cleanup_export", "?state=running")

    assert rows == [
        [
            1, "作风整治", "区直机关工委", "WX 20", "治庸、治懒", "2026年3月1日", "2026年3月31日", "2026年6月30日", 1,
            0, running.get_state_display(), None,
        ]
    ]  # fmt: skip
    assert trail == ("导出专项整治", 1)


def test_r01_reports_of_members_go_out_with_their_answer(staff, branch):
    someone = UserFactory(name="周敏")
    SnapshotFactory(organization=branch, user=someone, text="走廊堆放杂物。", place="三楼")

    rows, trail = rows_of(staff, "snapshot_export")

    assert [row[:5] for row in rows] == [[1, "第一支部", "周敏", "走廊堆放杂物。", "三楼"]]
    assert rows[0][6:] == ["2026年3月9日", "待受理", None, None, None, None]
    assert trail == ("导出随手拍", 1)


def test_r01_a_member_takes_out_only_his_own_reports(client, branch):
    member = make_user_with_post(Role.MEMBER, branch)
    SnapshotFactory(organization=branch, user=member, text="灯不亮。")
    SnapshotFactory(organization=branch, text="别人的。")
    client.force_login(member)

    rows, _ = rows_of(client, "snapshot_export")

    assert [row[3] for row in rows] == ["灯不亮。"]


def test_r05_the_board_goes_out_with_its_sum(staff, root, committee, branch):
    ProblemFactory(organization=branch, raised_on=date(2026, 1, 9), due_on=date(2026, 2, 9))
    ProblemFactory(organization=root, raised_on=date(2026, 3, 2), due_on=date(2026, 4, 2), raised_at=root)

    rows, trail = rows_of(staff, "problem_board_export", "?year=2026")

    assert rows == [
        [1, "区直机关工委（本级）", 1, 0, 0, 0, 0, 0, 0],
        [2, "财政局机关党委", 1, 0, 0, 0, 1, 0, 0],
        [None, "合计", 2, 0, 0, 0, 1, 0, 0],
    ]
    assert trail == ("导出问题整改情况", 3)
    assert ProblemFactory._meta.model.objects.filter(state=State.CLOSED).count() == 0


def test_r05_the_board_of_a_foreign_organization_does_not_go_out(staff):
    foreign = OrganizationFactory()
    assert staff.get(f"{reverse('campaigns:problem_board_export')}?under={foreign.pk}").status_code == 404


def test_c13_the_figures_of_needs_follow_every_filter(staff, committee, branch):
    NeedFactory(organization=branch, raised_on=date(2026, 2, 1), due_on=date(2026, 3, 1))
    NeedFactory(organization=branch, title="修路灯")
    other = BranchFactory(parent=committee, name="第二支部", short_name="第二支部")
    NeedFactory(organization=other)

    everything, trail = rows_of(staff, "need_summary_export")
    lamps, _ = rows_of(staff, "need_summary_export", "?q=路灯")

    assert everything == [[1, "第一支部", 2, 2, 1, 0, 0, None], [2, "第二支部", 1, 1, 0, 0, 0, None]]
    assert lamps == [[1, "第一支部", 1, 1, 0, 0, 0, None]]
    assert trail == ("导出实事清单各单位情况", 2)


@pytest.mark.parametrize(
    "name", ["contest_export", "need_summary_export", "problem_board_export", "agreement_coverage_export"]
)
def test_filters_that_cannot_be_read_give_no_workbook(staff, name):
    assert staff.get(f"{reverse(f'campaigns:{name}')}?year=x").status_code == 400


@pytest.fixture
def agreements(root, committee, branch):
    """Of the root's two committees one has signed; of the committee's two branches one waits for it."""
    second = CommitteeFactory(parent=root, name="教育局机关党委", short_name="教育局机关党委")
    BranchFactory(parent=committee, name="第二支部", short_name="第二支部")
    GroupFactory(parent=branch)
    signed = {"superior_signed_at": SENT_AT, "own_signed_at": SENT_AT, "signed_on": date(2026, 2, 3)}
    people = {"superior_signed_by": UserFactory(), "own_signed_by": UserFactory()}
    AgreementFactory(organization=committee, state=AgreementState.SIGNED, sent_at=SENT_AT, **signed, **people)
    AgreementFactory(organization=second)
    AgreementFactory(organization=branch, state=AgreementState.SENT, sent_at=SENT_AT)


def test_c08_coverage_counts_for_each_superior_those_directly_below(staff, agreements):
    rows, trail = rows_of(staff, "agreement_coverage_export", "?year=2026")

    assert rows == [
        [1, "区直机关工委", 2, 1, 0, 1, "教育局机关党委"],
        [2, "财政局机关党委", 2, 0, 1, 1, "第二支部"],
    ]
    assert trail == ("导出责任书签订情况", 2)


def test_c08_coverage_leads_to_the_agreements_that_it_counts(staff, agreements, committee):
    page = staff.get(f"{reverse('campaigns:agreement_coverage')}?year=2026").content.decode()
    link = f"{reverse('campaigns:agreement_list')}?superior={committee.code}&amp;year=2026&amp;state=sent"
    assert f'href="{link}">1</a>' in page

    listed = staff.get(link.replace("&amp;", "&")).context["rows"]
    assert [one.organization.name for one in listed] == ["第一支部"]


def test_c08_coverage_of_another_year_is_all_missing(staff, agreements):
    rows, _ = rows_of(staff, "agreement_coverage_export", "?year=2025")
    assert [row[2:6] for row in rows] == [[2, 0, 0, 2], [2, 0, 0, 2]]


@pytest.mark.parametrize("more", [0, 2])
def test_c08_coverage_takes_the_same_queries_however_many(
    staff, agreements, committee, more, django_assert_num_queries
):
    for _ in range(more):
        BranchFactory(parent=committee)
    staff.get(reverse("campaigns:agreement_coverage"))
    with django_assert_num_queries(9):
        staff.get(reverse("campaigns:agreement_coverage"))
