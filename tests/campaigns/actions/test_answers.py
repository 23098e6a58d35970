"""Answers to assignments that no record can measure."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.actions.answers import file_answer, save_answer, withdraw_answer
from campaigns.actions.attachments import add_attachment
from campaigns.actions.reviews import approve, return_for_rework
from campaigns.models import Answer, AnswerVersion, Assignment, Credit
from campaigns.rules.activities import RecordError
from campaigns.rules.content import AnswerDraft, MarkLine
from partybuild.lib.clock import ZONE
from tests.factories.campaigns import ChecklistItemFactory
from tests.factories.district import District

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZONE)


@pytest.fixture
def district(move_clock) -> District:
    move_clock(NOON)
    return District()


@pytest.fixture
def asked(district) -> Assignment:
    assignment = district.due("manual", title="落实责任制")
    ChecklistItemFactory(task=assignment.task, text="制定计划", needs_evidence=True)
    ChecklistItemFactory(task=assignment.task, text="明确分工")
    return assignment


def draft(assignment: Assignment, *states: str, note: str = "已报备案。", reason: str = "新成立") -> AnswerDraft:
    items = assignment.task.checklist.all()
    marks = (
        MarkLine(state, item.pk, note=reason if state == "not_applicable" else "")
        for item, state in zip(items, states, strict=False)
    )
    return AnswerDraft(tuple(marks), note=note)


def attach(district: District, answer: Answer, item=None) -> None:
    file = SimpleUploadedFile("计划.txt", "年度计划".encode(), "text/plain")
    add_attachment(by=district.by, record=answer, upload=file, item=item)


def test_an_assignment_has_one_answer(district, asked):
    save_answer(by=district.by, assignment=asked, draft=draft(asked, "done"))
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "not_done", "done"))
    assert Answer.objects.count() == 1
    assert list(answer.marks.values_list("state", flat=True)) == ["not_done", "done"]


def test_filing_counts_for_the_assignment(district, asked):
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "done", "done"))
    attach(district, answer, asked.task.checklist.first())
    filed = file_answer(by=district.by, answer=answer)

    asked.refresh_from_db()
    assert (filed.status, filed.version, filed.counts_from, filed.review_unit) == ("filed", 1, NOON, district.committee)
    assert (filed.needs_review, asked.state, asked.done) == (False, "done", Decimal(1))
    assert AnswerVersion.objects.get().content["attachments"][0]["text"] == "计划.txt"


def test_what_is_not_carried_out_counts_in_part_and_is_told(district, asked):
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "not_done", "done"))
    filed = file_answer(by=district.by, answer=answer)
    asked.refresh_from_db()
    assert [flag["code"] for flag in filed.flags] == ["not_done"]
    assert (filed.needs_review, asked.done, asked.state) == (True, Decimal("0.50"), "progress")


def test_what_does_not_apply_is_left_out_of_the_share(district, asked):
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "not_applicable", "done"))
    file_answer(by=district.by, answer=answer)
    asked.refresh_from_db()
    assert asked.done == 1


def test_every_item_is_to_be_answered_and_material_to_be_there(district, asked):
    first, second = asked.task.checklist.values_list("pk", flat=True)
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "done"))
    with pytest.raises(RecordError) as refused:
        file_answer(by=district.by, answer=answer)
    assert refused.value.message_dict == {
        f"state-{first}": ["此项须附材料，请上传后再提交。"],
        f"state-{second}": ["请选择落实情况。"],
    }


def test_a_number_of_people_is_at_most_those_expected(district):
    assignment = district.due("evaluation.final", members_expected=3, subject="member")
    answer = save_answer(by=district.by, assignment=assignment, draft=AnswerDraft(amount=Decimal(4), note="已签订"))
    with pytest.raises(RecordError, match="不能多于应完成的 3 人"):
        file_answer(by=district.by, answer=answer)
    save_answer(by=district.by, assignment=assignment, draft=AnswerDraft(amount=Decimal(2), note="已签订"))
    file_answer(by=district.by, answer=answer)
    assignment.refresh_from_db()
    assert (assignment.done, assignment.state) == (Decimal(2), "progress")


def test_a_number_is_asked_for(district):
    assignment = district.due("evaluation.final")
    answer = save_answer(by=district.by, assignment=assignment, draft=AnswerDraft(note="已报送"))
    with pytest.raises(RecordError, match="请填写完成数量"):
        file_answer(by=district.by, answer=answer)


def test_an_open_checklist_takes_items_of_one_s_own(district):
    assignment = district.due("manual")
    assignment.task.is_open = True
    assignment.task.save()
    answer = save_answer(by=district.by, assignment=assignment, draft=AnswerDraft(note="见附件"))
    with pytest.raises(RecordError, match="请至少填写一项"):
        file_answer(by=district.by, answer=answer)
    own = AnswerDraft((MarkLine("done", text="设立党员先锋岗"),))
    answer = save_answer(by=district.by, assignment=assignment, draft=own)
    assert file_answer(by=district.by, answer=answer).status == "filed"
    assert answer.marks.get().text == "设立党员先锋岗"


def test_what_records_measure_is_not_answered(district):
    with pytest.raises(RecordError, match="由活动记录或台账自动计数"):
        save_answer(by=district.by, assignment=district.due(), draft=AnswerDraft())


def test_what_is_exempt_is_not_answered(district):
    exempt = district.due("manual", state="exempt", exempt_reason="新成立")
    with pytest.raises(RecordError, match="免报：新成立"):
        save_answer(by=district.by, assignment=exempt, draft=AnswerDraft())


def test_withdrawing_takes_the_count_back(district, asked):
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "not_applicable", "done"))
    withdrawn = withdraw_answer(by=district.by, answer=file_answer(by=district.by, answer=answer))
    asked.refresh_from_db()
    assert (withdrawn.status, withdrawn.counts_from, asked.done) == ("draft", None, Decimal(0))
    assert Credit.objects.get().counted is False


def test_a_filed_answer_is_not_written_any_more(district, asked):
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "not_applicable", "done"))
    file_answer(by=district.by, answer=answer)
    with pytest.raises(RecordError, match="不能保存"):
        save_answer(by=district.by, assignment=asked, draft=draft(asked, "done", "done"))


def test_an_answer_is_returned_and_approved_as_a_record_is(district, asked):
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "not_done", "done"))
    file_answer(by=district.by, answer=answer)
    item = asked.task.checklist.first()
    returned = return_for_rework(
        by=district.reviewer, record=answer, version=1, items={f"item-{item.pk}": "请写明何时落实"}
    )
    asked.refresh_from_db()
    assert (returned.status, asked.state) == ("returned", "returned")

    save_answer(by=district.by, assignment=asked, draft=draft(asked, "not_applicable", "done"))
    again = file_answer(by=district.by, answer=answer)
    assert (again.version, again.needs_review, again.counts_from) == (2, True, NOON)
    assert approve(by=district.reviewer, record=again, version=2).status == "approved"
    asked.refresh_from_db()
    assert asked.state == "done"
