"""Pages of the risk points (O13)."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from branches.enums import Role
from members.models import RiskPoint
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.members_standards import RiskPointFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(), name="第一支部")


@pytest.fixture
def secretary(client, branch):
    user = make_user_with_post(Role.SECRETARY, branch)
    client.force_login(user)
    return user


def test_o13_a_secretary_registers_and_reviews_a_point(client, secretary, branch):
    MembershipFactory(organization=branch, member=MemberFactory(name="周敏"))
    data = {
        "organization": branch.code, "post": "采购岗", "field": "物资采购", "link": "验收", "description": "走过场。",
        "level": "high", "measures": "三人验收。", "responsible": "周敏", "found_on": "2025-03-02",
    }  # fmt: skip
    answer = client.post(reverse("members:risk_new"), data)
    risk = RiskPoint.objects.get()
    assert answer.url == reverse("members:risk_detail", args=[risk.pk])
    assert "逾期未复查" in client.get(answer.url).text
    assert "周敏（第一支部）" in client.get(reverse("members:risk_edit", args=[risk.pk])).text

    client.post(reverse("members:risk_review", args=[risk.pk]), {"reviewed_on": "2026-05-06", "verdict": "valid"})

    risk.refresh_from_db()
    assert risk.reviewed_on == date(2026, 5, 6)
    assert "仍然有效" in client.get(answer.url).text


def test_o13_overdue_points_are_listed_counted_and_wait(client, secretary, branch):
    late = RiskPointFactory(organization=branch, found_on=date(2020, 1, 1))
    RiskPointFactory(organization=branch, found_on=date(2020, 1, 1), closed_on=date(2021, 1, 1), closed_reason="撤销。")

    page = client.get(reverse("members:risk_list") + "?state=overdue")

    assert [line.risk for line in page.context["rows"]] == [late]
    assert "1 个廉政风险点逾期未复查" in client.get(reverse("members:register_list")).text
    assert "逾期未复查的廉政风险点" in client.get("/").text


@pytest.mark.parametrize(
    ("query", "found"), [("", 2), ("?level=high", 1), ("?state=closed", 1), ("?state=all", 3), ("?q=验收", 1)]
)
def test_o13_filters(client, secretary, branch, query, found):
    RiskPointFactory(organization=branch, level="high")
    RiskPointFactory(organization=branch, link="验收")
    RiskPointFactory(organization=branch, closed_on=date(2026, 4, 1), closed_reason="撤销。")
    RiskPointFactory()

    assert len(client.get(reverse("members:risk_list") + query).context["rows"]) == found


def test_o13_the_list_goes_out_as_a_workbook(client, secretary, branch):
    RiskPointFactory(organization=branch, link="验收环节")
    answer = client.get(reverse("members:risk_export"))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True) for cell in row]
    assert "验收环节" in cells


def test_o13_the_list_takes_as_many_queries_for_three_as_for_one(client, secretary, branch, django_assert_num_queries):
    url = reverse("members:risk_list")
    RiskPointFactory(organization=branch)
    client.get(url)
    with django_assert_num_queries(10):
        client.get(url)
    RiskPointFactory.create_batch(2, organization=branch)
    with django_assert_num_queries(10):
        client.get(url)


def test_o13_a_bad_review_comes_back_with_what_was_typed(client, secretary, branch):
    risk = RiskPointFactory(organization=branch)
    answer = client.post(
        reverse("members:risk_review", args=[risk.pk]), {"reviewed_on": "2026-05-06", "verdict": "closed"}
    )
    assert answer.status_code == 422
    assert "请写明变化情况或者消除的原因" in answer.text
