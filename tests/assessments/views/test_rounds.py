"""Pages of rounds: who sees the list and the standing, what they show, and the steps."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from assessments.actions import rounds as actions
from assessments.actions import sheets as sheet_actions
from assessments.models import Round, Submission
from branches.models import AuditEntry
from branches.permissions import Actor
from tests.factories.assessments import OPENED_AT, RoundFactory, SubmissionFactory, make_story, month_due
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory, TargetFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def story(move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    return make_story()


@pytest.fixture
def as_role(client, story):
    def log_in(role, organization):
        client.force_login(make_user_with_post(role, organization))
        return client

    return log_in


def url(name, *args):
    return reverse(f"assessments:{name}", args=args)


def lead_to(story, status, points="8"):
    """Bring the round into a stage by its own steps."""
    for step in ("check", "final"):
        for organization in (story.branch, story.sibling):
            sheet_actions.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries=story.entries(points), comment="")
        actions.advance(by=SYSTEM, round_=story.round)
        if step == status:
            return
    if status == "published":
        actions.publish(by=SYSTEM, round_=story.round)


def test_the_list_shows_progress_and_ones_own_sheet(story, as_role):
    sheet_actions.hand_in(by=SYSTEM, sheet=story.sheet(), entries=story.entries("8"), comment="")

    page = as_role("secretary", story.branch).get(url("round_list")).content.decode()

    assert story.round.name in page
    assert url("sheet_detail", story.sheet().pk) in page
    assert "1 / 1" in page
    assert url("round_create") not in page


def test_the_list_tells_why_it_is_empty(client):
    client.force_login(make_user_with_post("staff", OrganizationFactory()))

    page = client.get(url("round_list")).content.decode()

    assert "还没有开展评估" in page
    assert url("round_create") in page


def queries_of(client, address) -> int:
    """How many queries a page takes, once everything that is kept is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_take_as_many_queries_with_three_rows_as_with_one(client):
    root = OrganizationFactory()
    round_ = RoundFactory(scheme__campaign__issuer=root, computed_at=OPENED_AT)
    client.force_login(make_user_with_post("staff", root))
    address = url("round_detail", round_.pk)
    SubmissionFactory(round=round_, organization__parent__parent=root, total=Decimal(80))
    one = queries_of(client, url("round_list")), queries_of(client, address)

    for _ in range(2):
        SubmissionFactory(round=round_, organization__parent__parent=root, total=Decimal(70))
        RoundFactory(scheme__campaign__issuer=root, computed_at=OPENED_AT)

    assert (queries_of(client, url("round_list")), queries_of(client, address)) == one
    assert max(one) <= 30


def test_before_publication_the_issuers_staff_sees_the_ranking(story, as_role):
    response = as_role("staff", story.root).get(url("round_detail", story.round.pk))

    rows = response.context["rows"]
    assert [(row["sheet"].organization, row["sheet"].rank, row["sheet"].total) for row in rows] == [
        (story.sibling, 1, Decimal("50.00")),
        (story.branch, 2, Decimal("41.65")),
    ]
    assert "公布前只有发布单位党务干部能看到名次" in response.content.decode()


def test_before_publication_an_organisation_sees_its_own_sheet_without_points(story, as_role):
    response = as_role("secretary", story.branch).get(url("round_detail", story.round.pk))
    page = response.content.decode()

    assert [row["sheet"].organization for row in response.context["rows"]] == [story.branch]
    assert "41.65" not in page
    assert "名次公布后可见" in page


def test_before_publication_a_committee_sees_the_points_below_it_without_ranks(story, as_role):
    response = as_role("staff", story.committee).get(url("round_detail", story.round.pk))
    page = response.content.decode()

    assert {row["sheet"].organization for row in response.context["rows"]} == {story.branch, story.sibling}
    assert "41.65" in page
    assert "sort=rank" not in page


def test_a_committee_does_not_see_its_own_points_while_they_are_weighed(story, as_role):
    SubmissionFactory(round=story.round, organization=story.committee, total=Decimal("77.77"), full=1, earned=1)

    page = as_role("staff", story.committee).get(url("round_detail", story.round.pk) + "?kind=all").content.decode()

    assert "77.77" not in page


def test_after_publication_all_in_the_round_see_the_ranking_but_open_only_their_own(story, as_role):
    lead_to(story, "published")

    response = as_role("secretary", story.branch).get(url("round_detail", story.round.pk))

    rows = response.context["rows"]
    assert [(row["sheet"].organization, row["sheet"].rank, row["grade"]) for row in rows] == [
        (story.sibling, 1, "好"),
        (story.branch, 2, "较好"),
    ]
    assert [bool(row["url"]) for row in rows] == [False, True]


def test_the_standing_is_filtered_and_ranks_stay(story, as_role):
    client = as_role("staff", story.root)
    address = url("round_detail", story.round.pk)
    other = CommitteeFactory(parent=story.root)
    SubmissionFactory(round=story.round, organization=other, total=Decimal(10))
    SubmissionFactory(round=story.round, organization=BranchFactory(parent=other, name="税务支部"), total=Decimal(5))

    def listed(query):
        return [
            (row["sheet"].organization.pk, row["sheet"].rank) for row in client.get(address + query).context["rows"]
        ]

    usual = listed("")
    assert len(usual) == 3
    assert listed("?kind=committee") == [(other.pk, 1)]
    assert len(listed("?kind=all")) == 4
    assert [rank for _, rank in listed(f"?unit={other.pk}")] == [3]
    assert [rank for _, rank in listed("?q=税务")] == [3]
    assert listed("?grade=good") == []
    assert len(listed("?state=open")) == 3
    assert listed("?state=handed_in") == []
    assert [rank for _, rank in listed("?sort=total")] == [3, 2, 1]
    assert [rank for _, rank in listed("?sort=-total")] == [1, 2, 3]


@pytest.mark.parametrize("query", ["?unit=x", "?unit=999999", "?kind=club", "?state=lost", "?grade=A"])
def test_a_filter_that_cannot_be_read_is_422(story, as_role, query):
    assert as_role("staff", story.root).get(url("round_detail", story.round.pk) + query).status_code == 422


def test_a_page_that_is_not_there_is_404(story, as_role):
    assert as_role("staff", story.root).get(url("round_detail", story.round.pk) + "?page=9").status_code == 404


def test_the_standing_is_exported_with_a_trace(story, as_role):
    response = as_role("staff", story.root).get(url("round_export", story.round.pk) + "?sort=-rank")

    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]
    assert rows[0][:3] == ["名次", "党组织", "党组织编码"]
    assert [row[1] for row in rows[1:]] == [story.branch.name, story.sibling.name]
    assert rows[1][5:9] == [8.33, 20, 41.65, "差"]
    assert "尚未公布，仅供工作使用" in book.active["A2"].value
    entry = AuditEntry.objects.get(verb="导出评估结果")
    assert (entry.object_id, entry.detail) == (story.round.pk, {"count": 2})


@pytest.mark.parametrize("role", ["staff", "secretary"])
def test_an_export_of_the_ranking_waits_for_publication(story, as_role, role):
    client = as_role(role, story.committee if role == "staff" else story.branch)

    assert client.get(url("round_export", story.round.pk)).status_code == 403
    lead_to(story, "published")
    assert client.get(url("round_export", story.round.pk)).status_code == 200


def test_a_round_is_opened_with_its_scheme(client, move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    root = OrganizationFactory()
    branch = BranchFactory(parent=CommitteeFactory(parent=root))
    campaign = CampaignFactory(issuer=root)
    month_due(TargetFactory(task__campaign=campaign), branch, 3, "on_time")
    client.force_login(make_user_with_post("staff", root))
    data = {
        "campaign": campaign.pk,
        "part": "H1",
        "opens_on": "2026-06-08",
        "self_check_by": "2026-06-15",
        "check_by": "2026-06-23",
        "final_by": "2026-06-30",
    }

    response = client.post(url("round_create"), data)

    round_ = Round.objects.get()
    assert response.headers["Location"] == url("round_detail", round_.pk)
    assert (round_.key, round_.ends_on, round_.scheme.campaign) == ("2026H1", date(2026, 6, 30), campaign)
    assert Submission.objects.get().total == Decimal("100.00")


def test_the_form_proposes_days(client, move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    client.force_login(make_user_with_post("staff", OrganizationFactory()))

    page = client.get(url("round_create")).content.decode()

    assert 'value="2026-06-08"' in page
    assert 'value="2026-06-30"' in page


def test_days_out_of_order_and_a_foreign_campaign_are_refused(client, move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    client.force_login(make_user_with_post("staff", OrganizationFactory()))
    data = {
        "campaign": CampaignFactory().pk,
        "part": "H1",
        "opens_on": "2026-06-08",
        "self_check_by": "2026-06-01",
        "check_by": "2026-06-23",
        "final_by": "2026-06-30",
    }

    response = client.post(url("round_create"), data)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"campaign", "self_check_by"}
    assert "不能早于自评开始日期" in response.content.decode()


def test_what_the_action_refuses_is_told_in_the_form(client, move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    root = OrganizationFactory()
    campaign = TargetFactory(task__campaign=CampaignFactory(issuer=root)).task.campaign
    client.force_login(make_user_with_post("staff", root))
    days = {"opens_on": "2026-06-08", "self_check_by": "2026-06-15", "check_by": "2026-06-23", "final_by": "2026-06-30"}

    response = client.post(url("round_create"), {"campaign": campaign.pk, "part": "H1", **days})

    assert response.status_code == 422
    assert "没有可以评估的党组织" in response.content.decode()


def test_a_round_is_led_on_when_its_stage_is_over(story, as_role, move_clock):
    client = as_role("staff", story.root)
    address = url("round_advance", story.round.pk)

    waiting = client.get(address).content.decode()
    assert "还有 2 个党组织的评分表未提交" in waiting
    assert client.post(address).status_code == 422

    move_clock("2026-06-16T09:00:00+08:00")
    assert "提交" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert Round.objects.get().status == "check"


def test_a_step_out_of_its_stage_leads_back(story, as_role):
    client = as_role("staff", story.root)

    assert client.get(url("round_publish", story.round.pk)).status_code == 302
    lead_to(story, "final")
    assert client.get(url("round_advance", story.round.pk)).status_code == 302


def test_publishing_asks_for_the_name(story, as_role):
    lead_to(story, "final")
    client = as_role("staff", story.root)
    address = url("round_publish", story.round.pk)

    assert client.post(address, {"name": "年中评估"}).status_code == 422
    assert Round.objects.get().status == "final"

    assert client.post(address, {"name": story.round.name}).status_code == 302
    assert Round.objects.get().status == "published"


def test_scoring_again_by_a_button(story, as_role):
    client = as_role("staff", story.root)

    response = client.post(url("round_rescore", story.round.pk), follow=True)

    assert "已重新计分，得分没有变化。" in response.content.decode()
    assert client.get(url("round_rescore", story.round.pk)).status_code == 405


def test_the_scheme_shows_every_indicator_with_its_points(story, as_role):
    response = as_role("secretary", story.branch).get(url("scheme_detail", story.round.scheme_id))

    page = response.content.decode()
    (group,) = response.context["groups"]
    assert (group.points, len(group.indicators)) == (20, 2)
    assert "主题党日" in page
    assert "提升服务质量" in page
