"""Pages of plans, information, contacts, agreements, lists, mass organisations and calls."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from branches.enums import Role
from campaigns.models import Agreement, BranchPlan, Call, Contact, InfoItem, MassOrganization, WorkList
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import FiledActivityFactory
from tests.factories.members import MembershipFactory
from tests.factories.plans_and_links import (
    AgreementFactory,
    ApprovedPlanFactory,
    CallFactory,
    ContactFactory,
    ContactVisitFactory,
    MassOrganizationFactory,
    PlanItemFactory,
    SentInfoFactory,
    WorkListFactory,
    WorkListItemFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(), name="第一支部")


@pytest.fixture
def staff(client, branch):
    user = make_user_with_post(Role.STAFF, branch.parent)
    client.force_login(user)
    return user


@pytest.fixture
def secretary(client, branch):
    user = make_user_with_post(Role.SECRETARY, branch)
    client.force_login(user)
    return user


def _page(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def test_c07_a_plan_from_writing_to_the_record(client, branch, staff, secretary):
    data = {"organization": branch.code, "year": "2026", "title": "2026年度计划", "text": "要点"}
    answer = client.post(_page("branch_plan_new"), data)
    plan = BranchPlan.objects.get()
    assert answer.url == _page("branch_plan_detail", plan.pk)
    client.post(_page("planned_new", plan.pk), {"month": "3", "kind": "theme_day", "title": "主题党日"})
    client.post(_page("branch_plan_submit", plan.pk))

    client.force_login(staff)
    assert "支部计划待审核" in client.get("/").text
    client.post(_page("branch_plan_decide", plan.pk), {"decision": "approve", "remark": ""})
    client.force_login(secretary)
    page = client.get(_page("branch_plan_detail", plan.pk)).text
    assert f"{_page('activity_create')}?organization={branch.pk}&amp;kind=theme_day" in page
    record = FiledActivityFactory(organization=branch)

    page = client.get(_page("planned_list")).text
    assert "已开展" in page
    assert _page("activity_detail", record.pk) in page


def test_c07_only_who_may_record_is_offered_to(client, branch, staff, secretary):
    PlanItemFactory(plan=ApprovedPlanFactory(organization=branch), month=3)
    for user, offered in ((secretary, True), (staff, False)):
        client.force_login(user)
        assert (_page("activity_create") in client.get(_page("planned_list")).text) is offered


def test_c07_returning_without_a_word_says_so_and_keeps_the_page(client, branch, staff):
    plan = ApprovedPlanFactory(organization=branch)

    answer = client.post(_page("branch_plan_decide", plan.pk), {"decision": "return", "remark": ""})

    assert answer.status_code == 422
    assert "请填写退回意见。" in answer.text


def test_c10_an_item_from_writing_to_the_exchange(client, branch, staff, secretary):
    data = {"organization": branch.code, "kind": "practice", "title": "三步工作法", "text": "第一步。"}
    client.post(_page("info_new"), data)
    item = InfoItem.objects.get()
    client.post(_page("info_submit", item.pk))
    client.force_login(staff)
    client.post(_page("info_adopt", item.pk), {"level": "own", "remark": ""})
    client.post(_page("info_publish", item.pk))

    client.force_login(make_user_with_post(Role.MEMBER, BranchFactory(parent=branch.parent)))
    assert "三步工作法" in client.get(_page("experience_list")).text
    assert client.get(_page("experience_detail", item.pk)).status_code == 200
    assert client.get(_page("info_detail", item.pk)).status_code == 404


def test_c11_a_pairing_with_its_papers_and_a_visit(client, branch, secretary):
    data = {
        "organization": branch.code, "kind": "pairing", "year": "2026", "partner_kind": "community",
        "partner": "幸福社区", "starts_on": "2026-01-05",
    }  # fmt: skip
    client.post(_page("contact_new"), data)
    contact = Contact.objects.get()
    client.post(_page("visit_new", contact.pk), {"visited_on": "2026-03-01", "visitors": "周敏"})

    page = client.get(_page("contact_detail", contact.pk)).text
    assert "缺方案、协议、效果。" in page
    assert "周敏" in page
    assert list(client.get(_page("contact_list") + "?state=gaps").context["page"]) == [contact]


def test_c08_an_agreement_is_drawn_up_signed_and_downloaded(client, branch, staff, secretary):
    client.force_login(staff)
    client.post(_page("agreement_draw_up"), {"year": "2026", "organizations": [branch.pk]})
    agreement = Agreement.objects.get()
    client.post(_page("agreement_send", agreement.pk))
    client.post(_page("agreement_sign", agreement.pk))
    client.force_login(secretary)
    assert "责任书待签订" in client.get("/").text
    client.post(_page("agreement_sign", agreement.pk))

    agreement.refresh_from_db()
    assert agreement.state == "signed"
    answer = client.get(_page("agreement_paper", agreement.pk))
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    words = "".join(paragraph.text for paragraph in document.paragraphs)
    assert "2026年度机关党建工作目标责任书" in words
    assert branch.name in document.tables[0].cell(1, 1).text


def test_c06_a_list_on_screen_in_excel_and_in_word(client, branch, secretary):
    client.post(_page("worklist_new"), {"organization": branch.code, "kind": "duty", "year": "2026"})
    work_list = WorkList.objects.get()
    client.post(_page("worklist_item_new", work_list.pk), {"what": "规范组织生活", "post": "组织委员"})

    assert "组织委员" in client.get(_page("worklist_detail", work_list.pk)).text
    answer = client.get(_page("worklist_paper", work_list.pk))
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    assert document.tables[0].cell(1, 1).text == "规范组织生活"
    assert client.get(_page("worklist_workbook", work_list.pk)).status_code == 200
    client.post(_page("worklist_confirm", work_list.pk))
    work_list.refresh_from_db()
    assert work_list.state == "confirmed"


def test_c15_a_mass_organisation_counts_its_activities(client, branch, secretary):
    client.post(_page("mass_new"), {
        "organization": branch.code, "kind": "union", "name": "机关工会", "members_count": "30",
    })  # fmt: skip
    mass = MassOrganization.objects.get()
    record = FiledActivityFactory(organization=branch, kind="mass_activity", title="职工运动会")
    client.post(_page("mass_link", mass.pk), {"activity": record.pk})

    assert "职工运动会" in client.get(_page("mass_detail", mass.pk)).text
    assert [row.held for row in client.get(_page("mass_list")).context["page"]] == [1]


def test_c15_a_member_answers_a_call_for_himself(client, branch):
    call = CallFactory(issuer=branch.parent, state="open")
    user = make_user_with_post(Role.MEMBER, branch)
    member = MembershipFactory(organization=branch, member__user=user).member
    client.force_login(user)

    client.post(_page("piece_new", call.pk), {"title": "读后感", "text": "有感。"})

    assert [(piece.member, piece.organization) for piece in call.pieces.all()] == [(member, branch)]
    assert Call.objects.get().pieces.count() == 1


def _fill(kind, branch, number):
    beside = BranchFactory(parent=branch.parent)
    match kind:
        case "branch_plan_list" | "planned_list":
            PlanItemFactory(plan=ApprovedPlanFactory(organization=beside))
            FiledActivityFactory(organization=beside)
        case "info_list":
            SentInfoFactory(organization=beside)
        case "experience_list":
            SentInfoFactory(
                organization=beside, receiver=branch.parent, state="published", level="own",
                published_on=date(2026, 3, 3),
            )  # fmt: skip
        case "contact_list":
            ContactVisitFactory(contact=ContactFactory(organization=beside))
        case "agreement_list":
            AgreementFactory(organization=beside)
        case "worklist_list":
            WorkListItemFactory(work_list=WorkListFactory(organization=beside))
        case "mass_list":
            MassOrganizationFactory(organization=beside)
        case "call_list":
            CallFactory(issuer=branch.parent)


LISTS = (
    "branch_plan_list", "planned_list", "info_list", "experience_list", "contact_list", "agreement_list",
    "worklist_list", "mass_list", "call_list", "info_matrix", "branch_plan_coverage",
)  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_c06_to_c15_a_list_asks_as_much_for_three_rows_as_for_one(
    client, branch, staff, name, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    kind = {"info_matrix": "info_list", "branch_plan_coverage": "branch_plan_list"}.get(name, name)
    _fill(kind, branch, 0)
    client.get(_page(name))
    with CaptureQueriesContext(connection) as one:
        assert client.get(_page(name)).status_code == 200
    for number in (1, 2):
        _fill(kind, branch, number)
    with django_assert_num_queries(len(one)):
        client.get(_page(name))
