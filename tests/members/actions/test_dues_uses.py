"""What dues were spent on, with its receipts (O07)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.dues_uses import MOST_PROOFS, add_proof, record_use, remove_proof, void_use
from members.models import DuesUse, DuesUseProof
from office.models import StoredFile
from partybuild.lib import uploads
from tests.factories.branches import BranchFactory
from tests.factories.transfers import DuesUseFactory, DuesUseProofFactory, receipt

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
TODAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


def record(branch, **changed):
    given = {"used_on": TODAY, "purpose": "购书", "amount": Decimal("86.50"), "evidence": "记字第 3 号"}
    return record_use(by=SYSTEM, organization=branch, **{**given, **changed})


def test_o07_uses_are_struck_out_not_deleted(branch):
    use = record(branch)

    void_use(by=SYSTEM, use=use, note="重复登记")

    with pytest.raises(ValidationError, match="已作废"):
        void_use(by=SYSTEM, use=use, note="重复登记")
    with pytest.raises(ValidationError, match="不能晚于今天"):
        record(branch, used_on=date(2026, 3, 17))


def test_o07_striking_out_needs_a_reason(branch):
    with pytest.raises(ValidationError, match="请填写原因"):
        void_use(by=SYSTEM, use=record(branch), note=" ")


def test_o07_a_second_click_makes_no_second_use(branch, trail):
    first = record(branch)

    assert record(branch) == first
    assert record(branch, evidence="记字第 4 号") != first
    assert DuesUse.objects.count() == 2
    assert trail().filter(verb="登记党费使用").count() == 2


def test_o07_what_was_struck_out_is_recorded_anew(branch):
    first = void_use(by=SYSTEM, use=record(branch), note="金额有误")

    assert record(branch) != first


def test_o07_a_receipt_comes_with_the_use_or_later(branch, trail):
    use = record(branch, upload=receipt())

    later = add_proof(by=SYSTEM, use=use, upload=receipt("发票.txt"))
    again = add_proof(by=SYSTEM, use=use, upload=receipt("发票.txt"))

    assert again == later
    assert [proof.name for proof in use.proofs.all()] == ["收据.txt", "发票.txt"]
    assert [entry.verb for entry in trail()] == ["登记党费使用", "添加党费使用票据", "添加党费使用票据"]


def test_o07_a_refused_file_leaves_no_use(branch):
    with pytest.raises(ValidationError):
        record(branch, upload=receipt("病毒.exe", b"MZ"))

    assert not DuesUse.objects.exists()


def test_o07_a_receipt_is_taken_away_with_its_bytes(trail, django_capture_on_commit_callbacks):
    proof = DuesUseProofFactory()

    with django_capture_on_commit_callbacks(execute=True):
        remove_proof(by=SYSTEM, proof=proof)

    assert not StoredFile.objects.exists()
    assert not uploads.path_of(proof.file.sha256).exists()
    assert trail().get().verb == "移除党费使用票据"


def test_o07_what_was_struck_out_keeps_its_receipts():
    proof = DuesUseProofFactory(use=DuesUseFactory(void_reason="重复"))

    for change in (
        lambda: remove_proof(by=SYSTEM, proof=proof),
        lambda: add_proof(by=SYSTEM, use=proof.use, upload=receipt("发票.txt")),
    ):
        with pytest.raises(ValidationError, match="已作废"):
            change()

    assert list(DuesUseProof.objects.all()) == [proof]


def test_o07_so_many_receipts_and_no_more():
    use = DuesUseFactory()
    for number in range(MOST_PROOFS):
        add_proof(by=SYSTEM, use=use, upload=receipt(f"{number}.txt"))

    with pytest.raises(ValidationError, match="最多保存"):
        add_proof(by=SYSTEM, use=use, upload=receipt("又一份.txt"))
