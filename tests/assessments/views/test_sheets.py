"""The score sheet: 分数说明 down to the record, and the form of each stage on the same page."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import rounds, sheets
from assessments.models import StageScore
from assessments.rules.sheets import Entry
from branches.actions.posts import open_post
from branches.permissions import Actor
from campaigns.models import Assignment
from tests.factories.assessments import make_story
from tests.factories.branches import OrganizationFactory, actor, make_user_with_post
from tests.factories.campaigns import CreditFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def story(move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    return make_story()


@pytest.fixture
def address(story):
    return reverse("assessments:sheet_detail", args=[story.sheet().pk])


@pytest.fixture
def as_role(client):
    def log_in(role, organization, **user):
        made = make_user_with_post(role, organization, **user)
        client.force_login(made)
        return client

    return log_in


def in_check(story):
    for organization in (story.branch, story.sibling):
        sheets.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries=story.entries("8"), comment="")
    rounds.advance(by=SYSTEM, round_=story.round)


def score(story, indicator, stage):
    return StageScore.objects.get(submission=story.sheet(), indicator=indicator, stage=stage)


def test_each_point_is_explained_down_to_the_record(story, as_role, address):
    march = Assignment.objects.get(organization=story.branch, period="2026-03")
    credit = CreditFactory(assignment=march, activity__title="3月学习条例")
    rounds.rescore(by=SYSTEM, round_=story.round)

    page = as_role("secretary", story.branch).get(address).content.decode()

    assert "应完成 6 · 按时 5 · 补报 0 · 未完成 0 · 尚未完成 1" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "10 × 5 ÷ 6 = 8.33" in page
    assert "应完成 6 期，按时每期得 1.67 分，补报得一半，缺 1 期扣 1.67 分。" in page
    assert "6月在 2026年7月8日前完成，可得 1.67 分" in page
    assert reverse("campaigns:assignment_detail", args=[march.pk]) in page
    assert reverse("campaigns:activity_detail", args=[credit.activity_id]) in page
    assert "3月学习条例" in page
    assert "起施行的规则表" in page


def test_the_number_of_queries_does_not_grow_with_the_records(story, as_role, address):
    client = as_role("secretary", story.branch)
    first, *others = Assignment.objects.filter(organization=story.branch, state="done")
    CreditFactory(assignment=first)
    rounds.rescore(by=SYSTEM, round_=story.round)
    before = queries_of(client, address)
    for assignment in others:
        CreditFactory(assignment=assignment)
    rounds.rescore(by=SYSTEM, round_=story.round)

    assert queries_of(client, address) == before
    assert before <= 30


def queries_of(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_branch_fills_its_self_check_in_and_hands_it_in(story, as_role, address):
    client = as_role("secretary", story.branch)
    pk = story.by_hand.pk
    data = {f"points-{pk}": "7.5", f"note-{pk}": "完成四项", f"evidence-{pk}": "台账", "comment": "防汛顺延"}

    assert client.post(address, {**data, "save": "1"}).status_code == 302
    assert story.sheet().self_checked_at is None
    assert client.post(address, {**data, "hand_in": "1"}).status_code == 302

    assert story.sheet().self_checked_at is not None
    row = score(story, story.by_hand, "self_check")
    assert (row.points, row.note, row.evidence) == (Decimal("7.5"), "完成四项", "台账")
    page = client.get(address).content.decode()
    assert "撤回修改" in page
    assert "防汛顺延" in page
    assert f'name="points-{pk}"' not in page


def test_the_self_check_offers_only_what_is_graded_by_hand(story, as_role, address):
    page = as_role("secretary", story.branch).get(address).content.decode()

    assert f'name="points-{story.by_hand.pk}"' in page
    assert f'name="points-{story.metered.pk}"' not in page
    assert f'name="reason-{story.by_hand.pk}"' not in page


def test_extra_fields_change_nothing(story, as_role, address):
    client = as_role("secretary", story.branch)
    pk = story.by_hand.pk
    data = {f"points-{pk}": "7", f"points-{story.metered.pk}": "10", "total": "100", "self_checked_at": "2026-01-01"}

    client.post(address, {**data, "save": "1"})

    assert score(story, story.metered, "self_check").points == Decimal("8.33")
    assert story.sheet().self_checked_at is None


@pytest.mark.parametrize("points", ["", "11", "-1", "abc", "NaN", "1.005", "1e9", "9" * 400])
def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(story, as_role, address, points):
    client = as_role("secretary", story.branch)
    pk = story.by_hand.pk

    response = client.post(address, {f"points-{pk}": points, f"note-{pk}": "完成四项", "hand_in": "1"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"points-{pk}"]
    assert "完成四项" in response.content.decode()
    assert score(story, story.by_hand, "self_check").points is None


def test_a_branch_takes_its_sheet_back(story, as_role, address):
    client = as_role("secretary", story.branch)
    sheets.hand_in(by=SYSTEM, sheet=story.sheet(), entries=story.entries("8"), comment="")

    client.post(reverse("assessments:sheet_take_back", args=[story.sheet().pk]))

    assert story.sheet().self_checked_at is None


def test_a_sheet_is_scored_anew_by_a_button(story, as_role, address):
    client = as_role("secretary", story.branch)
    Assignment.objects.filter(organization=story.branch, period="2026-06").update(
        completed_at="2026-06-08T08:00:00+08:00"
    )

    response = client.post(reverse("assessments:sheet_rescore", args=[story.sheet().pk]), follow=True)

    assert "已按最新记录重新计分。" in response.content.decode()
    assert story.sheet().earned == Decimal(10)


def test_the_committee_changes_points_with_a_reason_that_stays_in_sight(story, as_role, address):
    in_check(story)
    client = as_role("staff", story.committee, name="何静")
    pk = story.metered.pk

    refused = client.post(address, {f"points-{pk}": "5", f"points-{story.by_hand.pk}": "8", "save": "1"})
    assert refused.status_code == 422
    assert "由 8.33 分改为 5 分，请写明理由" in refused.content.decode()

    data = {
        f"points-{pk}": "5",
        f"reason-{pk}": "4月、5月记录雷同",
        f"points-{story.by_hand.pk}": "8",
        "comment": "已核实",
    }
    assert client.post(address, {**data, "hand_in": "1"}).status_code == 302

    client = as_role("secretary", story.branch)
    page = client.get(address).content.decode()
    assert "验收由 8.33 分改为 5 分" in page
    assert "4月、5月记录雷同" in page
    assert "何静，今天 09:00" in page
    assert "已核实" in page


def test_what_is_being_weighed_is_not_shown_below(story, as_role, address):
    in_check(story)
    entries = {story.metered.pk: Entry(Decimal("3.21"), reason="核减")}
    staff = make_user_with_post("staff", story.committee)
    sheets.save(by=actor(staff), sheet=story.sheet(), entries=entries, comment="拟核减")

    assert "3.21" in as_role("staff", story.committee).get(address).content.decode()
    below = as_role("secretary", story.branch).get(address).content.decode()
    assert "3.21" not in below
    assert "拟核减" not in below


def test_the_last_stage_is_the_issuers(story, as_role, address):
    in_check(story)
    for organization in (story.branch, story.sibling):
        sheets.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries={}, comment="")
    rounds.advance(by=SYSTEM, round_=story.round)
    pk = story.by_hand.pk

    assert as_role("staff", story.committee).post(address, {f"points-{pk}": "1"}).status_code == 403

    client = as_role("staff", story.root)
    data = {f"points-{pk}": "9", f"reason-{pk}": "有创新做法", f"points-{story.metered.pk}": "8.33"}
    assert client.post(address, {**data, "hand_in": "1"}).status_code == 302
    assert score(story, story.by_hand, "final").points == Decimal(9)


def test_a_published_sheet_is_read_only_and_shows_its_rank(story, as_role, address):
    in_check(story)
    for organization in (story.branch, story.sibling):
        sheets.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries={}, comment="")
    rounds.advance(by=SYSTEM, round_=story.round)
    rounds.publish(by=SYSTEM, round_=story.round)

    page = as_role("secretary", story.branch).get(address).content.decode()
    assert "2 个党支部中第 2 名" in page
    assert "各项得分和依据已经固定" in page
    assert "6月未完成，少得 1.67 分" in page

    client = as_role("staff", story.root)
    response = client.post(address, {f"points-{story.by_hand.pk}": "1"}, follow=True)
    assert "评估结果已公布，评分表不能再改动。" in response.content.decode()
    assert score(story, story.by_hand, "final").points == Decimal(8)


def test_what_does_not_count_is_told(story, as_role, address):
    Assignment.objects.filter(organization=story.branch, target=story.metered.target).update(
        state="exempt", exempt_reason="成立时本周期已过半", completed_at=None
    )
    rounds.rescore(by=SYSTEM, round_=story.round)

    page = as_role("secretary", story.branch).get(address).content.decode()

    assert "评分方案中有 1 项指标对本组织不计分" in page
    assert "评估期内各期均为免报" in page
    assert "其余指标应得 10 分" in page


def test_someone_with_ties_to_the_branch_finds_no_form(story, as_role, address, client):
    in_check(story)
    user = make_user_with_post("staff", story.committee)
    open_post(by=SYSTEM, user=user, organization=story.branch, role="secretary", starts_on=story.round.starts_on)
    client.force_login(user)

    page = client.get(address).content.decode()

    assert "不能为本组织评分" in page
    assert 'name="hand_in"' not in page


@pytest.mark.parametrize(
    ("role", "at", "get", "post"),
    [
        ("secretary", "branch", 200, 302),
        ("secretary", "sibling", 404, 404),
        ("staff", "committee", 200, 403),
        ("leader", "root", 200, 403),
        ("inspector", "root", 200, 403),
        ("member", "branch", 403, 403),
        ("sysadmin", "root", 403, 403),
        ("staff", "elsewhere", 404, 404),
    ],
)
def test_access_in_the_self_check(story, as_role, address, role, at, get, post):
    organization = OrganizationFactory() if at == "elsewhere" else getattr(story, at)
    client = as_role(role, organization)

    assert client.get(address).status_code == get
    assert client.post(address, {f"points-{story.by_hand.pk}": "8", "save": "1"}).status_code == post
    for name in ("sheet_take_back", "sheet_rescore"):
        step = reverse(f"assessments:{name}", args=[story.sheet().pk])
        assert client.get(step).status_code == 405
        assert client.post(step).status_code == post


def test_nobody_logged_in_is_led_to_the_login_page(story, client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")
