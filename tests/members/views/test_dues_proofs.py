"""Receipts of what dues were spent on, in the browser (O07)."""

from io import BytesIO

import docx
import pytest

from members.models import DuesUse, DuesUseProof
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.transfers import DuesUseFactory, DuesUseProofFactory, receipt

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(), name="一支部", code="B1")


@pytest.fixture
def enter(client):
    def enter(role, organization):
        client.force_login(make_user_with_post(role, organization), BACKEND)

    return enter


def test_o07_a_use_is_recorded_with_its_receipt_and_opened_again(client, enter, branch):
    enter("secretary", branch)
    given = {"used_on": "2026-03-10", "purpose": "购书", "amount": "86.50", "evidence": "记字第 3 号"}

    answer = client.post(f"/members/dues/uses/new/{branch.pk}/", {**given, "upload": receipt()})

    assert answer.status_code == 302
    use, proof = DuesUse.objects.get(), DuesUseProof.objects.get()
    assert "票据 1 份" in client.get("/members/dues/uses/").text
    assert "收据.txt" in client.get(f"/members/dues/uses/{use.pk}/").text
    opened = client.get(f"/members/dues/uses/proofs/{proof.pk}/")
    assert b"".join(opened.streaming_content) == "收款收据".encode()


def test_o07_a_receipt_comes_later_and_is_taken_away(client, enter, branch):
    enter("secretary", branch)
    use = DuesUseFactory(organization=branch)
    page = f"/members/dues/uses/{use.pk}/"

    assert "没有票据文件" in client.get(page).text
    assert client.post(page, {}).status_code == 422
    refused = client.post(page, {"upload": receipt("程序.exe", b"MZ")})
    assert (refused.status_code, DuesUseProof.objects.count()) == (422, 0)
    assert client.post(page, {"upload": receipt()}).status_code == 302
    proof = DuesUseProof.objects.get()
    assert client.post(f"/members/dues/uses/proofs/{proof.pk}/remove/").status_code == 302
    assert not DuesUseProof.objects.exists()


def test_o07_receipts_of_others_are_not_found(client, enter, branch):
    other = DuesUseProofFactory(use__organization=BranchFactory(parent=CommitteeFactory()))
    enter("secretary", branch)

    assert client.get(f"/members/dues/uses/proofs/{other.pk}/").status_code == 404
    assert client.get(f"/members/dues/uses/{other.use_id}/").status_code == 404
    assert client.post(f"/members/dues/uses/{other.use_id}/", {"upload": receipt()}).status_code == 404
    assert client.post(f"/members/dues/uses/proofs/{other.pk}/remove/").status_code == 404


def test_o07_a_use_that_was_struck_out_shows_its_receipt_and_takes_no_other(client, enter, branch):
    proof = DuesUseProofFactory(use=DuesUseFactory(organization=branch, void_reason="重复登记"))
    enter("secretary", branch)

    shown = client.get(f"/members/dues/uses/{proof.use_id}/").text

    assert "已作废：重复登记" in shown
    assert "收据.txt" in shown
    assert "添加票据" not in shown
    assert client.post(f"/members/dues/uses/{proof.use_id}/", {"upload": receipt("发票.txt")}).status_code == 422


def test_o07_the_report_says_how_many_receipts_there_are(client, enter, branch):
    enter("secretary", branch)
    use = DuesUseFactory(organization=branch)
    DuesUseProofFactory(use=use)

    answer = client.get(f"/members/dues/{branch.pk}/year/2026/report/")

    rows = docx.Document(BytesIO(answer.getvalue())).tables[1].rows
    assert rows[1].cells[3].text == "记字第 12 号（附票据 1 份）"


@pytest.mark.parametrize("rows", [1, 3])
def test_o07_the_list_takes_the_same_queries(client, enter, branch, rows, django_assert_num_queries):
    enter("secretary", branch)
    for _ in range(rows):
        DuesUseProofFactory(use=DuesUseFactory(organization=branch))
    client.get("/members/dues/uses/")

    with django_assert_num_queries(12):
        client.get("/members/dues/uses/")
