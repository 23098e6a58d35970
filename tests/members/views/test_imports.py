"""Importing a roster in the browser: for whom, and what stays private."""

import pytest
from django.urls import reverse

from branches.models import Upload
from members.models import Member, Membership
from tests.factories.branches import BranchFactory, UploadFactory, make_user_with_post
from tests.factories.workbooks import sent, workbook

pytestmark = pytest.mark.django_db

HEADINGS = ("姓名", "性别", "身份证号", "联系电话")
ROWS = [("张明", "男", "", "13800001234"), ("李红", "女", "110101198005060016", "")]


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch, client):
    user = make_user_with_post("secretary", branch)
    client.force_login(user)
    return user


def test_a_secretary_imports_the_own_roster(client, secretary, branch):
    answer = client.post(reverse("members:member_import"), {"file": sent(workbook(HEADINGS, ROWS))})

    upload = Upload.objects.get()
    assert (answer.url, upload.kind) == (reverse("members:upload_detail", args=[upload.token]), "members")
    client.post(reverse("members:upload_confirm", args=[upload.token]))
    assert list(Membership.objects.filter(organization=branch).values_list("member__name", flat=True)) == ["张明"]


def test_numbers_of_bad_rows_are_masked_in_page_and_row(client, secretary):
    client.post(reverse("members:member_import"), {"file": sent(workbook(HEADINGS, ROWS))})

    upload = Upload.objects.get()
    shown = client.get(reverse("members:upload_detail", args=[upload.token])).content.decode()
    assert upload.result["failed"] == 1
    assert "110***********0016" in shown
    assert "110101198005060016" not in shown + str(upload.result)


def test_a_file_of_the_other_kind_is_not_found_here(client, secretary, branch):
    upload = UploadFactory(user=secretary, organization=branch, kind="organizations")

    assert client.get(reverse("members:upload_detail", args=[upload.token])).status_code == 404


def test_a_leader_may_not_import(client, branch):
    client.force_login(make_user_with_post("leader", branch))

    assert client.get(reverse("members:member_import")).status_code == 403
    assert not Member.objects.exists()
