"""Planning a change in the browser's forms, the list, cancelling."""

from datetime import date

import pytest

from branches.models import OrganizationChange, PlannedChange
from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    OrganizationFactory,
    PlannedChangeFactory,
    make_user_with_post,
)
from tests.factories.members import make_roster

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def branch(root):
    return BranchFactory(parent=CommitteeFactory(parent=root), name="一支部", code="B1")


@pytest.fixture
def staff(client, root):
    user = make_user_with_post("staff", root, name="周敏")
    client.force_login(user, BACKEND)
    return user


def send(client, organization, deed, **fields):
    common = {"effective_on": "2026-06-01", "reason": "批复〔2026〕3号"}
    return client.post(f"/organizations/{organization.pk}/{deed}/", common | fields, follow=True)


def test_o01_a_day_to_come_is_written_down(client, staff, branch):
    answer = send(client, branch, "rename", name="新支部")

    made = PlannedChange.objects.get()
    assert (made.kind, made.effective_on, made.planned_by) == ("rename", date(2026, 6, 1), staff)
    assert not OrganizationChange.objects.exists()
    assert answer.redirect_chain[-1][0] == f"/organizations/{branch.pk}/planned/"
    for words in ("将于2026年6月1日自动办理", "更名为“新支部”", "批复〔2026〕3号", "待生效", "周敏"):
        assert words in answer.text, words


def test_o01_what_is_in_the_way_is_told(client, staff, branch):
    make_roster(branch, 2)

    assert "名册上还有 2 名党员" in send(client, branch, "dissolve", confirmation="一支部").text


def test_o01_a_mistake_is_shown_at_its_field(client, staff, branch):
    answer = send(client, branch, "move", parent=branch.parent.code)

    assert (answer.status_code, PlannedChange.objects.count()) == (422, 0)
    assert "已隶属于" in answer.text


def test_o01_the_organizations_page_shows_what_will_be(client, staff, branch):
    PlannedChangeFactory(organization=branch, effective_on=date(2026, 6, 1))

    shown = client.get(f"/organizations/{branch.pk}/").text

    assert "更名为“新名称”" in shown
    assert f"/organizations/{branch.pk}/planned/" in shown


def test_o01_the_list_holds_what_the_scope_reaches(client, branch, root):
    PlannedChangeFactory(organization=branch)
    other = CommitteeFactory(parent=root, name="别家党委")
    PlannedChangeFactory(organization=other)
    client.force_login(make_user_with_post("staff", branch.parent), BACKEND)

    shown = client.get("/organizations/planned/").text

    assert ("一支部" in shown, "别家党委" in shown) == (True, False)


def test_o01_the_list_is_filtered_by_state(client, staff, branch):
    PlannedChangeFactory(organization=branch)

    assert "更名为" in client.get("/organizations/planned/?state=planned").text
    assert "没有符合条件的变更" in client.get("/organizations/planned/?state=failed").text


def test_o01_cancelled_with_its_reason(client, staff, branch):
    made = PlannedChangeFactory(organization=branch)

    assert client.post(f"/organizations/planned/{made.pk}/cancel/", {"note": ""}).status_code == 422
    client.post(f"/organizations/planned/{made.pk}/cancel/", {"note": "方案调整"})

    made.refresh_from_db()
    assert (made.state, made.outcome) == ("cancelled", "方案调整")
    assert client.post(f"/organizations/planned/{made.pk}/cancel/", {"note": "再次"}).status_code == 422


def test_o01_who_may_not_change_rosters_cannot_cancel_a_split(client, root, branch):
    made = PlannedChangeFactory(
        organization=branch, kind="split", payload={"fields": {"name": "二支部"}, "members": [1], "children": []}
    )
    client.force_login(make_user_with_post("sysadmin", root), BACKEND)

    assert client.post(f"/organizations/planned/{made.pk}/cancel/", {"note": "不"}).status_code == 403
    assert f"/organizations/planned/{made.pk}/cancel/" not in client.get("/organizations/planned/").text


@pytest.mark.parametrize("count", [1, 3])
def test_o01_the_list_asks_as_often_for_three_as_for_one(client, staff, root, django_assert_num_queries, count):
    for _ in range(count):
        branch = BranchFactory(parent=CommitteeFactory(parent=root))
        PlannedChangeFactory(organization=branch, kind="merge", other=BranchFactory(), payload={})

    with django_assert_num_queries(9):
        client.get("/organizations/planned/")
