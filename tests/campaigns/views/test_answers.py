"""Answering an assignment."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.actions.answers import file_answer, save_answer
from campaigns.actions.reviews import return_for_rework
from campaigns.models import Answer, Assignment, Attachment
from campaigns.rules.content import AnswerDraft, MarkLine
from tests.factories.campaigns import ChecklistItemFactory
from tests.factories.district import District

pytestmark = pytest.mark.django_db
AUTOSAVE = {"X-Requested-With": "autosave"}


@pytest.fixture
def district(move_clock, client) -> District:
    move_clock("2026-03-12T16:00:00+08:00")
    made = District()
    client.force_login(made.secretary, backend="django.contrib.auth.backends.ModelBackend")
    return made


@pytest.fixture
def asked(district) -> Assignment:
    assignment = district.due("manual", title="落实责任制")
    ChecklistItemFactory(task=assignment.task, text="制定计划")
    ChecklistItemFactory(task=assignment.task, text="明确分工")
    return assignment


def page_of(assignment: Assignment) -> str:
    return f"/campaigns/assignments/{assignment.pk}/answer/"


def typed(assignment: Assignment, *states: str, **changes: str) -> dict[str, str]:
    items = assignment.task.checklist.values_list("pk", flat=True)
    marks = {f"state-{pk}": state for pk, state in zip(items, states, strict=False)}
    return {**marks, "note": "已报机关党委备案。", **changes}


def test_the_page_asks_item_by_item(client, asked):
    text = client.get(page_of(asked)).content.decode()
    for words in ("1. 制定计划", "2. 明确分工", "已落实", "未落实", "不适用", "附材料", "落实责任制（3月）"):
        assert words in text
    assert 'name="amount"' not in text


def test_it_saves_itself_and_files(client, asked):
    assert client.post(page_of(asked), typed(asked, "done"), headers=AUTOSAVE).json()["saved_at"] == "16:00"
    answer = client.post(page_of(asked), typed(asked, "done", "done", action="file"), follow=True)
    asked.refresh_from_db()
    assert (Answer.objects.get().status, asked.state) == ("filed", "done")
    assert "已提交。" in answer.content.decode()
    assert "撤回修改" in answer.content.decode()


def test_sent_twice_it_is_filed_once(client, asked):
    data = typed(asked, "done", "done", action="file")
    assert [client.post(page_of(asked), data).status_code for _ in range(2)] == [302, 302]
    assert Answer.objects.get().version == 1


def test_what_is_lacking_is_said_at_its_item(client, asked):
    answer = client.post(page_of(asked), typed(asked, "done", action="file"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "明确分工：请选择落实情况。" in text
    assert "已报机关党委备案。" in text


def test_what_does_not_apply_wants_a_reason_only_when_filed(client, asked):
    data = typed(asked, "not_applicable", "done")
    assert client.post(page_of(asked), {**data, "action": "save"}).status_code == 302
    answer = client.post(page_of(asked), {**data, "action": "file"})
    assert answer.status_code == 422
    assert "请写明不适用的原因。" in answer.content.decode()
    both = client.post(page_of(asked), typed(asked, "not_applicable", action="file")).content.decode()
    assert "制定计划：请写明不适用的原因。" in both
    assert "明确分工：请选择落实情况。" in both
    assert "制定计划：请选择落实情况。" not in both
    first = asked.task.checklist.first()
    assert client.post(page_of(asked), {**data, f"note-{first.pk}": "新成立", "action": "file"}).status_code == 302


def test_a_number_of_people_is_asked_out_of_those_expected(client, district):
    assignment = district.due("evaluation.final", members_expected=3, subject="member")
    assert "/ 3 人" in client.get(page_of(assignment)).content.decode()
    assert client.post(page_of(assignment), {"amount": "4", "note": "", "action": "file"}).status_code == 422
    client.post(page_of(assignment), {"amount": "3", "note": "已签订", "action": "file"})
    assignment.refresh_from_db()
    assert (assignment.done, assignment.state) == (3, "done")
    assert "3 / 3 人" in client.get(page_of(assignment)).content.decode()


def test_a_share_is_typed_as_a_percentage(client, district):
    assignment = district.due("rate.satisfaction", needed="0.90")
    assignment.target.unit = "%"
    assignment.target.save()
    client.post(page_of(assignment), {"amount": "95", "note": "测评", "action": "save"})
    assert str(Answer.objects.get().amount) == "0.95"
    assert 'name="amount" value="95"' in client.get(page_of(assignment)).content.decode()


def test_an_open_checklist_takes_one_s_own_items(client, district):
    assignment = district.due("manual")
    assignment.task.is_open = True
    assignment.task.save()
    data = {"own-0": "设立党员先锋岗", "own-state-0": "done", "own-1": "", "note": "见附件"}
    client.post(page_of(assignment), {**data, "action": "file"})
    assert Answer.objects.get().marks.get().text == "设立党员先锋岗"


def test_files_come_with_the_form_where_there_is_no_script(client, asked):
    upload = SimpleUploadedFile("计划.txt", "计划".encode(), "text/plain")
    client.post(page_of(asked), {**typed(asked), "action": "save", "uploads": [upload]})
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.slot) == ("计划.txt", "evidence")
    client.post(page_of(asked), {**typed(asked), "action": "save", "remove": str(attachment.pk)})
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"amount": "x"}, {"note": "字" * 5001}, {"state": "maybe"}], ids=["amount", "note", "state"]
)
def test_what_is_not_in_order_is_422(client, district, changes):
    assignment = district.due("evaluation.final")
    item = ChecklistItemFactory(task=assignment.task)
    data = {f"state-{item.pk}" if name == "state" else name: value for name, value in changes.items()}
    assert client.post(page_of(assignment), data).status_code == 422
    assert client.post(page_of(assignment), data, headers=AUTOSAVE).status_code == 422
    assert not Answer.objects.exists()


def test_a_filed_answer_is_withdrawn(client, asked):
    client.post(page_of(asked), typed(asked, "done", "done", action="file"))
    answer = client.post(f"{page_of(asked)}withdraw/", follow=True)
    assert "已撤回" in answer.content.decode()
    assert Answer.objects.get().status == "draft"


def test_a_returned_answer_shows_what_to_put_right(client, district, asked):
    item = asked.task.checklist.first()
    draft = AnswerDraft(tuple(MarkLine("not_done", each.pk) for each in asked.task.checklist.all()))
    answer = file_answer(by=district.by, answer=save_answer(by=district.by, assignment=asked, draft=draft))
    return_for_rework(by=district.reviewer, record=answer, version=1, items={f"item-{item.pk}": "何时落实"})
    assert "制定计划：何时落实" in client.get(page_of(asked)).content.decode()


def test_the_unit_above_reads_what_was_filed_and_no_draft(client, district, asked):
    draft = AnswerDraft(tuple(MarkLine("done", each.pk) for each in asked.task.checklist.all()), note="内部草稿")
    answer = save_answer(by=district.by, assignment=asked, draft=draft)
    client.force_login(district.staff, backend="django.contrib.auth.backends.ModelBackend")
    assert "内部草稿" not in client.get(page_of(asked)).content.decode()
    file_answer(by=district.by, answer=answer)
    text = client.get(page_of(asked)).content.decode()
    assert "内部草稿" in text
    assert "撤回修改" not in text


def test_a_withdrawn_answer_is_a_draft_again(client, district, asked):
    client.post(page_of(asked), typed(asked, "done", "done", action="file"))
    client.post(f"{page_of(asked)}withdraw/")
    client.post(page_of(asked), typed(asked, "done", "done", note="改到一半"))
    assert "改到一半" in client.get(page_of(asked)).content.decode()
    client.force_login(district.staff, backend="django.contrib.auth.backends.ModelBackend")
    assert "改到一半" not in client.get(page_of(asked)).content.decode()


def test_what_records_measure_is_shown_by_the_assignment(client, district):
    assignment = district.due()
    assert client.get(page_of(assignment)).url == f"/campaigns/assignments/{assignment.pk}/"


def test_x07_filing_names_the_materials_that_are_missing(client, district):
    assignment = district.due("manual", title="抓好整改")
    item = ChecklistItemFactory(task=assignment.task, text="制定方案", slots=["工作方案", "推进计划"])
    address = f"{page_of(assignment)}files/"
    page = client.get(page_of(assignment)).content.decode()
    assert "须附：工作方案、推进计划" in page
    upload_url = next(part for part in page.split('"') if "place=" in part).replace("&amp;", "&")
    assert upload_url.startswith(address.split("answer/")[0])

    def send(name: str, content: str):
        url = f"{upload_url.split('&')[0]}&place={name}"
        return client.post(url, {"file": SimpleUploadedFile(f"{content}.txt", content.encode(), "text/plain")})

    assert send("工作方案", "方案").status_code == 200
    refused = client.post(page_of(assignment), typed(assignment, "done", action="file"))
    assert "此项还缺：推进计划。请逐份上传后再提交。" in refused.content.decode()
    assert send("工作方案", "另一份方案").content.decode() == "“工作方案”已有文件。要更换，请先移除原来的。"
    assert send("照片", "照片").content.decode() == "此项没有要求这份材料，请刷新页面后再上传。"
    assert send("推进计划", "计划").status_code == 200
    assert client.post(page_of(assignment), typed(assignment, "done", action="file")).status_code == 302
    assert list(Attachment.objects.filter(item=item).values_list("place", flat=True)) == ["工作方案", "推进计划"]
