from datetime import date

import pytest
from django.urls import reverse

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions.campaigns import load_templates
from campaigns.models import Campaign, Template
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.campaigns import (
    AssignmentFactory,
    CadenceFactory,
    CampaignFactory,
    DimensionFactory,
    LeadingGroupSeatFactory,
    MilestoneFactory,
    StageFactory,
    TallyFactory,
    TargetFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
ACTOR = Actor.system()
QUERIES = {"list": 12, "detail": 19}
LIST, NEW = "/campaigns/", "/campaigns/new/"


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(name="财政局机关党委")


@pytest.fixture
def staff(client, committee):
    client.force_login(make_user_with_post("staff", committee))
    return client


def page_of(campaign, step=""):
    return f"/campaigns/{campaign.pk}/{step and step + '/'}"


def draft_of(organization, **fields):
    return CampaignFactory(issuer=organization, status="draft", published_on=None, **fields)


# Access: the allowed role, the same organisation without the right, another organisation, nobody --------------------


@pytest.mark.parametrize("step", ["publish", "review", "delete"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_staff_of_the_issuer_takes_steps_with_a_draft(client, committee, step, method):
    address = page_of(draft_of(committee), step)
    other = CommitteeFactory(parent=committee.parent)
    cast = {"staff": 200, "leader": 403, "secretary": 403}

    statuses = {}
    for role in cast:
        client.force_login(make_user_with_post(role, committee))
        statuses[role] = client.get(address).status_code
    client.force_login(make_user_with_post("staff", other))
    elsewhere = getattr(client, method)(address).status_code
    client.logout()
    nobody = getattr(client, method)(address)

    assert statuses == cast
    assert elsewhere == 404
    assert (nobody.status_code, nobody.url.split("?")[0]) == (302, "/accounts/login/")


def test_a_superior_s_campaign_is_seen_below_and_managed_by_him_alone(client, committee):
    campaign = CampaignFactory(issuer=committee.parent)
    branch = BranchFactory(parent=committee)
    cast = {("staff", committee): 403, ("secretary", branch): 403, ("leader", committee): 403,
            ("staff", committee.parent): 200}  # fmt: skip

    for (role, organization), expected in cast.items():
        client.force_login(make_user_with_post(role, organization))
        assert client.get(page_of(campaign)).status_code == 200
        assert client.get(page_of(campaign, "close")).status_code == expected

    client.force_login(make_user_with_post("staff", OrganizationFactory()))
    assert client.get(page_of(campaign)).status_code == 404


@pytest.mark.parametrize("address", [LIST, NEW])
def test_a_stranger_is_led_to_the_login(client, address):
    assert client.get(address).url == f"/accounts/login/?next={address}"


def test_only_those_who_manage_campaigns_make_one(client, committee):
    client.force_login(make_user_with_post("leader", committee))

    assert client.get(NEW).status_code == 403
    assert client.post(NEW, {}).status_code == 403
    assert "从模板新建" not in client.get(LIST).content.decode()


# The list --------------------


def test_the_list_shows_progress_and_the_next_day(staff, committee):
    campaign = CampaignFactory(issuer=committee, name="创建“四型机关”")
    TallyFactory(organization=committee, campaign=campaign, expected=10, exempt=2, on_time=5, late=1, open=2)
    MilestoneFactory(campaign=campaign, title="完成年中调研评估", due_on=date(2026, 6, 30))
    draft_of(committee, name="草稿活动")

    html = staff.get(LIST).content.decode()

    assert '<progress class="bar" value="6.0" max="8.0" aria-label="6 / 8">' in html
    assert "6月30日 周二" in html
    assert "完成年中调研评估" in html
    assert "草稿活动" in html


def test_nothing_asked_for_is_a_dash(staff, committee):
    CampaignFactory(issuer=committee)

    assert '<td class="num" data-label="完成">—</td>' in staff.get(LIST).content.decode()


@pytest.mark.parametrize(
    "query, names",
    [("", {"甲", "乙"}), ("?year=2025", {"甲"}), ("?status=draft", {"乙"}), ("?year=2025&status=draft", set())],
)
def test_the_list_is_narrowed_by_year_and_status(staff, committee, query, names):
    CampaignFactory(issuer=committee, year=2025, name="甲")
    draft_of(committee, name="乙")

    assert {line.campaign.name for line in staff.get(LIST + query).context["lines"]} == names


def test_a_filter_that_cannot_be_read_is_told_and_a_page_that_is_not_there_is_missing(staff):
    assert staff.get(f"{LIST}?year=x").status_code == 422
    assert staff.get(f"{LIST}?page=9").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(staff, committee, count, django_assert_num_queries):
    for _ in range(count):
        campaign = CampaignFactory(issuer=committee)
        TallyFactory(organization=committee, campaign=campaign)
        MilestoneFactory(campaign=campaign)

    with django_assert_num_queries(QUERIES["list"]):
        staff.get(LIST)


# From a template to a draft --------------------


def test_a_draft_is_made_from_a_template_for_the_own_organisation(staff, committee):
    load_templates(by=ACTOR)

    response = staff.post(NEW, {"template": Template.objects.get(code="SX").pk, "year": "2026"})

    campaign = Campaign.objects.get()
    assert response.url == page_of(campaign)
    assert (campaign.code, campaign.year, campaign.issuer, campaign.status) == ("SX", 2026, committee, "draft")
    assert AuditEntry.objects.get(verb="起草创建活动").user_id is not None


@pytest.mark.parametrize("data", [{}, {"template": "0", "year": "2026"}, {"template": "1", "year": "1999"}])
def test_a_form_that_is_not_in_order_makes_nothing(staff, data):
    response = staff.post(NEW, data)

    assert response.status_code == 422
    assert Campaign.objects.count() == 0


def test_the_same_campaign_is_refused_with_a_sentence(staff, committee):
    load_templates(by=ACTOR)
    CampaignFactory(issuer=committee, code="SX")

    response = staff.post(NEW, {"template": Template.objects.get(code="SX").pk, "year": "2026"})

    assert response.status_code == 422
    assert "财政局机关党委已有 2026 年的这一活动：创建“四型机关”。请直接打开使用。" in response.content.decode()


# One campaign --------------------


def full_campaign(committee, count=1):
    campaign = CampaignFactory(issuer=committee, name="创建“四型机关”")
    for number in range(count):
        dimension = DimensionFactory(campaign=campaign, name=f"类型{number}")
        task = TaskFactory(campaign=campaign, dimension=dimension, number=f"{number}.1", title="严肃组织生活")
        AssignmentFactory(target=TargetFactory(task=task), organization=committee)
        TallyFactory(organization=committee, campaign=campaign, due_month=f"2026-0{number + 1}", expected=1, open=1)
        MilestoneFactory(campaign=campaign)
        StageFactory(campaign=campaign, ends_on=date(2026, 6, 30))
        CadenceFactory(campaign=campaign)
        LeadingGroupSeatFactory(campaign=campaign)
    return campaign


def test_a_campaign_is_shown_whole(staff, committee):
    html = staff.get(page_of(full_campaign(committee))).content.decode()

    for words in ("类型0", "0.1", "严肃组织生活", "主题党日：党支部，每月不少于 1 次", "工委书记", "月调度",
                  "2026年6月30日前", "抽查并审核有提示的", "0 / 1"):  # fmt: skip
        assert words in html


@pytest.mark.parametrize("count", [1, 3])
def test_a_campaign_takes_a_fixed_number_of_queries(staff, committee, count, django_assert_num_queries):
    campaign = full_campaign(committee, count)

    with django_assert_num_queries(QUERIES["detail"]):
        staff.get(page_of(campaign))


@pytest.mark.parametrize(
    "status, shown, hidden",
    [
        ("draft", ["publish", "review", "delete"], ["close"]),
        ("published", ["close"], ["publish", "review", "delete"]),
        ("closed", [], ["publish", "review", "delete", "close"]),
    ],
)
def test_a_page_offers_exactly_the_steps_that_are_legal(staff, committee, status, shown, hidden):
    campaign = CampaignFactory(issuer=committee, status=status)

    html = staff.get(page_of(campaign)).content.decode()

    assert [step for step in shown if f'href="{page_of(campaign, step)}"' not in html] == []
    assert [step for step in hidden if f'href="{page_of(campaign, step)}"' in html] == []


# Steps --------------------


def test_publishing_shows_what_will_be_asked_and_then_publishes(staff, committee):
    BranchFactory(parent=committee)
    draft = draft_of(committee)
    TargetFactory(task__campaign=draft, metric="manual")

    asked = staff.get(page_of(draft, "publish"))
    done = staff.post(page_of(draft, "publish"), follow=True)

    assert "党支部 1 个" in asked.content.decode()
    assert asked.context["burden"].assignments == 9
    draft.refresh_from_db()
    assert (draft.status, draft.published_on) == ("published", date(2026, 3, 20))
    assert "已发布。到期的任务将随月度下发送达各党组织。" in done.content.decode()


def test_publishing_twice_is_told_and_changes_nothing(staff, committee):
    campaign = CampaignFactory(issuer=committee, published_on=date(2026, 1, 1))

    told = staff.get(page_of(campaign, "publish")).content.decode()
    again = staff.post(page_of(campaign, "publish"), follow=True).content.decode()

    assert "确认发布" not in told
    assert "该活动现在是“已发布”状态，不能发布。" in again
    campaign.refresh_from_db()
    assert campaign.published_on == date(2026, 1, 1)


def test_closing_asks_first(staff, committee):
    campaign = CampaignFactory(issuer=committee)

    asked = staff.get(page_of(campaign, "close"))
    campaign.refresh_from_db()
    before = campaign.status
    staff.post(page_of(campaign, "close"))

    campaign.refresh_from_db()
    assert "不再下发新的任务" in asked.content.decode()
    assert (before, campaign.status) == ("published", "closed")


def test_a_draft_is_removed_and_what_is_published_stays(staff, committee):
    draft, published = draft_of(committee), CampaignFactory(issuer=committee)

    removed = staff.post(page_of(draft, "delete"))
    kept = staff.post(page_of(published, "delete"), follow=True)

    assert removed.url == reverse("campaigns:campaign_list")
    assert "不能删除草稿" in kept.content.decode()
    assert list(Campaign.objects.all()) == [published]


def test_the_way_of_review_is_set(staff, committee):
    draft = draft_of(committee)

    response = staff.post(page_of(draft, "review"), {"policy": "every", "levels": "2"})

    draft.refresh_from_db()
    assert response.url == page_of(draft)
    assert (draft.review_policy, draft.review_levels) == ("every", 2)


@pytest.mark.parametrize("data", [{}, {"policy": "none", "levels": "1"}, {"policy": "every", "levels": "9"}])
def test_a_way_of_review_that_is_none_is_refused(staff, committee, data):
    assert staff.post(page_of(draft_of(committee), "review"), data).status_code == 422


def test_the_way_of_review_of_a_published_campaign_is_not_changed(staff, committee):
    response = staff.post(page_of(CampaignFactory(issuer=committee), "review"), {"policy": "every", "levels": "2"})

    assert response.status_code == 422
    assert "不能调整审核方式" in response.content.decode()


def test_x07_levels_above_two_stay_out_of_sight_until_asked_for(staff, committee):
    draft = draft_of(committee)
    page = staff.get(page_of(draft, "review")).content.decode()
    usual, _, further = page.partition("更多级")
    assert "两级" in usual
    assert "三级" not in usual
    assert "三级" in further
    assert '<details class="fold">' in page

    assert staff.post(page_of(draft, "review"), {"policy": "every", "levels": "3"}).status_code == 302
    draft.refresh_from_db()
    assert draft.review_levels == 3
    assert '<details class="fold" open>' in staff.get(page_of(draft, "review")).content.decode()


def test_a_member_is_offered_no_page_that_he_may_not_open(client, committee):
    campaign = full_campaign(committee)
    client.force_login(make_user_with_post("member", BranchFactory(parent=committee)))

    html = client.get(f"/campaigns/{campaign.pk}/").content.decode()

    assert "/campaigns/assignments/" not in html
    assert "应完成" not in html


def test_c02_the_issuers_staff_is_led_to_the_seats(staff, committee):
    seat = LeadingGroupSeatFactory(campaign=CampaignFactory(issuer=committee))
    shown = staff.get(page_of(seat.campaign)).text
    assert reverse("campaigns:seat_new", args=[seat.campaign_id]) in shown
    assert reverse("campaigns:seat_edit", args=[seat.pk]) in shown


def test_c02_the_office_of_the_group_sets_days_and_hands_no_seats_on(client, committee):
    campaign = CampaignFactory(issuer=committee)
    milestone = MilestoneFactory(campaign=campaign, due_on=None, note="由院党委确定")
    user = make_user_with_post("staff", CommitteeFactory())
    LeadingGroupSeatFactory(campaign=campaign, user=user, runs_campaign=True)
    client.force_login(user)
    shown = client.get(page_of(campaign)).text
    assert reverse("campaigns:milestone_edit", args=[milestone.pk]) in shown
    assert reverse("campaigns:seat_new", args=[campaign.pk]) not in shown
