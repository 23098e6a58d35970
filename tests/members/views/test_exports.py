from io import BytesIO

import openpyxl
import pytest

from branches.models import AuditEntry
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MembershipFactory, OfficeFactory, make_roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return BranchFactory(name="一支部", code="B1")


@pytest.fixture
def secretary(client, branch):
    user = make_user_with_post("secretary", branch)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


def cells(answer):
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_export_hides_the_middle_of_numbers(client, secretary, branch):
    place = MembershipFactory(organization=branch)
    MembershipFactory()

    rows = cells(client.get("/members/export/"))

    assert len(rows) == 4
    assert rows[3][1] == place.member.name
    assert place.member.id_number not in str(rows)
    assert AuditEntry.objects.filter(verb="导出党员名册", detail__count=1, user_id=secretary.pk).exists()


def test_the_full_one_is_a_post_with_a_reason(client, secretary, branch):
    place = MembershipFactory(organization=branch)

    assert client.post("/members/export/full/", {"reason": ""}).status_code == 422
    rows = cells(client.post("/members/export/full/", {"reason": "年度统计"}))

    assert place.member.id_number in rows[3]
    assert AuditEntry.objects.get(verb="导出党员名册（含完整号码）").detail["note"] == "共 1 条，原因：年度统计"


def test_filtered_as_the_list_is_shown(client, secretary, branch):
    make_roster(branch, 2, probationary=1)

    assert len(cells(client.get("/members/export/?kind=probationary"))) == 4


def test_r34_filters_that_cannot_be_read(client, secretary):
    assert client.get("/members/export/?kind=guest").status_code == 400


class TestPanel:
    HTMX = {"HX-Request": "true"}

    def test_counts_and_offices(self, client, secretary, branch):
        make_roster(branch, 2, probationary=1)
        OfficeFactory(organization=branch)

        shown = client.get(f"/members/organizations/{branch.pk}/", headers=self.HTMX).text

        assert "<b>3</b>" in shown
        assert "书记" in shown
        assert "还没有登记书记" not in shown
        assert "<html" not in shown

    def test_a_branch_without_a_secretary_is_told(self, client, secretary, branch):
        assert "还没有登记书记" in client.get(f"/members/organizations/{branch.pk}/", headers=self.HTMX).text

    def test_without_htmx_the_list_answers(self, client, secretary, branch):
        assert client.get(f"/members/organizations/{branch.pk}/").url == "/members/?organization=B1"

    def test_it_stands_on_the_page_of_the_organisation(self, client, secretary, branch):
        assert f"/members/organizations/{branch.pk}/" in client.get(f"/organizations/{branch.pk}/").text

    def test_not_for_those_without_the_right(self, client, branch):
        root = branch.parent.parent
        client.force_login(make_user_with_post("inspector", root), "django.contrib.auth.backends.ModelBackend")

        assert f"/members/organizations/{branch.pk}/" not in client.get(f"/organizations/{branch.pk}/").text

    def test_a_superior_counts_all_below(self, client):
        committee = CommitteeFactory()
        make_roster(BranchFactory(parent=committee), 2)
        make_roster(BranchFactory(parent=committee), 1)
        client.force_login(make_user_with_post("staff", committee), "django.contrib.auth.backends.ModelBackend")

        assert "<b>3</b>" in client.get(f"/members/organizations/{committee.pk}/", headers=self.HTMX).text
