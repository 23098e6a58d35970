"""Sheets of standards: opened, answered, submitted, checked (O16)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from branches.enums import Role
from branches.models import AuditEntry
from members.actions import standards
from members.enums import SheetState
from members.models import StandardProof, StandardSheet
from members.queries.standards import StandardResult, standards_of
from office.models import Rule
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.members_rooms import picture
from tests.factories.members_standards import StandardItemFactory, StandardProofFactory, StandardSheetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post(Role.SECRETARY, branch))


@pytest.fixture
def superior(branch):
    return actor(make_user_with_post(Role.STAFF, branch.parent))


def answers(sheet, count):
    items = sheet.items.filter(is_open=False)
    return {item.pk: (place < count, "有记录。" if place < count else "") for place, item in enumerate(items)}


def test_o16_a_sheet_from_opening_to_the_superiors_word(branch, secretary, superior):
    sheet = standards.open_sheet(by=secretary, organization=branch, year=2026)
    assert standards.open_sheet(by=secretary, organization=branch, year=2026) == sheet
    assert (sheet.items.count(), sheet.items.filter(is_open=True).count()) == (13, 7)

    standards.answer_sheet(by=secretary, sheet=sheet, answers=answers(sheet, 4))
    assert standards_of(2026) == {branch.pk: StandardResult(4, 6, False)}
    standards.submit_sheet(by=secretary, sheet=sheet)
    standards.check_sheet(by=superior, sheet=sheet, is_confirmed=True)

    assert standards_of(2026, [branch.pk]) == {branch.pk: StandardResult(4, 6, True)}
    assert standards_of(2026, []) == standards_of(2025) == {}
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {
        "建立支部标准化自查表", "填写支部标准化自查表", "提交支部标准化自查表", "核验支部标准化自查表",
    }  # fmt: skip


def test_o16_met_takes_evidence_and_words(branch, secretary):
    sheet = StandardSheetFactory(organization=branch)
    closed, slot = sheet.items.get(code="standardised.1"), sheet.items.get(code="seven.1")
    with pytest.raises(ValidationError, match="请填写佐证情况"):
        standards.answer_sheet(by=secretary, sheet=sheet, answers={closed.pk: (True, " ")})
    with pytest.raises(ValidationError, match="还没有填写"):
        standards.answer_sheet(by=secretary, sheet=sheet, answers={slot.pk: (True, "有记录。")})


def test_o16_nobody_checks_his_own(branch, secretary):
    sheet = StandardSheetFactory(organization=branch, state=SheetState.SUBMITTED)
    own = actor(make_user_with_post(Role.STAFF, branch))
    with pytest.raises(ValidationError, match="上级党组织核验"):
        standards.check_sheet(by=own, sheet=sheet, is_confirmed=True)


def test_o16_given_back_with_a_remark_and_answered_again(branch, secretary, superior):
    sheet = StandardSheetFactory(organization=branch, state=SheetState.SUBMITTED)
    with pytest.raises(ValidationError, match="与实际不符"):
        standards.check_sheet(by=superior, sheet=sheet, is_confirmed=False)
    standards.check_sheet(by=superior, sheet=sheet, is_confirmed=False, remark="没有制度。")
    with pytest.raises(ValidationError, match="不在待核验状态"):
        standards.check_sheet(by=superior, sheet=sheet, is_confirmed=True)

    sheet = standards.answer_sheet(by=secretary, sheet=sheet, answers=answers(sheet, 1))

    assert (sheet.state, sheet.checked_at, sheet.check_remark) == (SheetState.DRAFT, None, "")


def test_o16_a_confirmed_sheet_is_taken_back_before_it_is_changed(branch, secretary, superior):
    sheet = StandardSheetFactory(organization=branch, state=SheetState.SUBMITTED)
    sheet = standards.check_sheet(by=superior, sheet=sheet, is_confirmed=True)
    with pytest.raises(ValidationError, match="先撤回"):
        standards.answer_sheet(by=secretary, sheet=sheet, answers={})
    sheet = standards.reopen_sheet(by=secretary, sheet=sheet)
    assert (sheet.state, sheet.checked_by) == (SheetState.DRAFT, None)


def test_o16_items_follow_the_rule_table(branch, secretary):
    sheet = standards.open_sheet(by=secretary, organization=branch, year=2026)
    row = Rule.objects.get(code="standard.items.seven")
    Rule.objects.create(
        code=row.code, name=row.name, value=["一套制度", "第二项：待填写"], unit="", basis="工委通知",
        effective_from=date(2026, 1, 1), recorded_at="2026-01-01T09:00:00+08:00",
    )  # fmt: skip

    standards.renew_items(by=secretary, sheet=sheet)

    items = sheet.items.filter(code__startswith="seven.").values_list("label", "is_open")
    assert list(items) == [("一套制度", False), ("第二项：待填写", True)]


def test_o16_only_branches_and_no_year_to_come(secretary):
    with pytest.raises(ValidationError, match="现有的党支部"):
        standards.open_sheet(by=secretary, organization=CommitteeFactory(), year=2026)
    with pytest.raises(ValidationError, match="还没有开始"):
        standards.open_sheet(by=secretary, organization=BranchFactory(), year=2099)


def test_o16_a_file_is_kept_once(branch, secretary):
    item = StandardSheetFactory(organization=branch).items.get(code="standardised.1")
    first = standards.add_proof(by=secretary, item=item, upload=picture())
    assert standards.add_proof(by=secretary, item=item, upload=picture()) == first
    standards.remove_proof(by=secretary, proof=first)
    assert not StandardProof.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"state": "lost"}, {"year": 1900}, {"state": SheetState.CONFIRMED}, {"check_remark": "", "state": "x"}]
)
def test_o16_the_database_refuses_a_sheet(wrong):
    with pytest.raises(IntegrityError):
        StandardSheetFactory(**wrong)


def test_o16_the_database_refuses_giving_back_without_a_remark():
    sheet = StandardSheetFactory()
    with pytest.raises(IntegrityError):
        StandardSheet.objects.filter(pk=sheet.pk).update(state="returned", checked_at="2026-03-02T09:00:00+08:00")


@pytest.mark.parametrize(
    "wrong", [{"label": ""}, {"is_open": True, "is_met": True, "evidence": "有。"}, {"is_met": True}]
)
def test_o16_the_database_refuses_an_item(wrong):
    with pytest.raises(IntegrityError):
        StandardItemFactory(**wrong)


def test_o16_the_database_keeps_one_sheet_a_year(branch):
    StandardSheetFactory(organization=branch)
    with pytest.raises(IntegrityError):
        StandardSheetFactory(organization=branch)


def test_o16_the_database_keeps_an_item_once():
    item = StandardItemFactory()
    with pytest.raises(IntegrityError):
        StandardItemFactory(sheet=item.sheet, code=item.code)


def test_o16_the_database_keeps_a_file_once():
    proof = StandardProofFactory()
    with pytest.raises(IntegrityError):
        StandardProofFactory(item=proof.item, file=proof.file)
