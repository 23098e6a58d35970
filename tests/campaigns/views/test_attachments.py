"""Files of records over HTTP."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from campaigns.models import Attachment
from tests.factories.campaigns import (
    ActivityFactory,
    AnswerFactory,
    AttachmentFactory,
    ChecklistItemFactory,
    FiledActivityFactory,
)
from tests.factories.district import District

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(client) -> District:
    made = District()
    client.force_login(made.secretary, backend="django.contrib.auth.backends.ModelBackend")
    return made


def text(name: str = "研讨计划.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "计划".encode(), "text/plain")


def png() -> SimpleUploadedFile:
    stream = BytesIO()
    Image.new("RGB", (900, 600), "red").save(stream, "PNG")
    return SimpleUploadedFile("现场.png", stream.getvalue(), "image/png")


def files_of(activity) -> str:
    return f"/campaigns/activities/{activity.pk}/files/"


def test_a_file_sent_in_the_background_comes_back_as_its_line(client, district):
    activity = ActivityFactory(organization=district.branch)
    answer = client.post(files_of(activity), {"file": text(), "key": "a"})
    attachment = Attachment.objects.get()
    assert answer.status_code == 200
    assert f'<li id="file-{attachment.pk}">' in answer.content.decode()
    assert (attachment.slot, attachment.activity) == ("plan", activity)


@pytest.mark.parametrize(
    "upload, words",
    [
        (SimpleUploadedFile("页.html", b"<html>", "text/html"), "不能上传这种文件"),
        (SimpleUploadedFile("空.txt", b"", "text/plain"), "文件是空的，请重新选择。"),
        (SimpleUploadedFile("假.pdf", b"text", "application/pdf"), "不一致"),
        (None, "没有收到文件"),
    ],
)
def test_what_is_not_taken_is_told_in_plain_words(client, district, upload, words):
    activity = ActivityFactory(organization=district.branch)
    answer = client.post(files_of(activity), {"file": upload} if upload else {})
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert words in answer.content.decode()


def test_a_filed_record_takes_no_file(client, district):
    answer = client.post(files_of(FiledActivityFactory(organization=district.branch)), {"file": text()})
    assert answer.status_code == 422
    assert "附件不能改动" in answer.content.decode()


def test_the_file_is_sent_under_its_name_and_shown_only_when_asked(client, district):
    activity = ActivityFactory(organization=district.branch)
    client.post(files_of(activity), {"file": png()})
    address = f"/campaigns/attachments/{Attachment.objects.get().pk}/"
    sent, shown = client.get(address), client.get(address, {"show": ""})
    assert sent["Content-Disposition"].startswith("attachment")
    assert shown["Content-Disposition"].startswith("inline")
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert b"".join(sent.streaming_content) == png().read()
    thumbnail = client.get(f"{address}thumbnail/")
    assert Image.open(BytesIO(b"".join(thumbnail.streaming_content))).size == (480, 320)


def test_the_files_of_a_draft_are_for_those_who_write_it(client, district):
    attachment = AttachmentFactory(activity=ActivityFactory(organization=district.branch))
    client.force_login(district.staff, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/campaigns/attachments/{attachment.pk}/").status_code == 403
    assert client.post(f"/campaigns/attachments/{attachment.pk}/remove/").status_code == 403


def test_the_files_of_a_drafted_answer_are_for_those_who_write_it(client, district):
    answer = AnswerFactory(assignment=district.due("manual"))
    address = f"/campaigns/attachments/{AttachmentFactory(activity=None, answer=answer).pk}/thumbnail/"
    assert client.get(address).status_code == 404  # no picture, but reached
    client.force_login(district.staff, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 403


def test_a_file_is_taken_off_with_and_without_scripts(client, district):
    activity = ActivityFactory(organization=district.branch)
    first, second = AttachmentFactory(activity=activity), AttachmentFactory(activity=activity)
    answer = client.post(f"/campaigns/attachments/{first.pk}/remove/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content, answer["HX-Trigger"]) == (200, b"", "removed")
    answer = client.post(f"/campaigns/attachments/{second.pk}/remove/")
    assert answer.url == f"/campaigns/activities/{activity.pk}/edit/"
    assert not Attachment.objects.exists()


def test_the_files_of_a_filed_record_stay(client, district):
    attachment = AttachmentFactory(activity=FiledActivityFactory(organization=district.branch))
    assert client.post(f"/campaigns/attachments/{attachment.pk}/remove/").status_code == 422


def test_a_file_may_be_the_first_thing_given_in_answer(client, district):
    assignment = district.due("manual")
    item = ChecklistItemFactory(task=assignment.task)
    foreign = ChecklistItemFactory()
    address = f"/campaigns/assignments/{assignment.pk}/answer/files/"
    assert client.post(f"{address}?item={item.pk}", {"file": text()}).status_code == 200
    assert client.post(f"{address}?item={foreign.pk}", {"file": text("二.txt")}).status_code == 422
    attachment = Attachment.objects.get()
    assert (attachment.item, attachment.slot, attachment.answer.assignment) == (item, "evidence", assignment)


def test_what_records_measure_takes_no_file(client, district):
    answer = client.post(f"/campaigns/assignments/{district.due().pk}/answer/files/", {"file": text()})
    assert answer.status_code == 422
    assert "自动计数" in answer.content.decode()


def test_a_file_of_an_answer_leads_back_to_it(client, district):
    answer = AnswerFactory(assignment=district.due("manual"))
    attachment = AttachmentFactory(activity=None, answer=answer)
    address = f"/campaigns/assignments/{answer.assignment_id}/answer/"
    assert client.post(f"/campaigns/attachments/{attachment.pk}/remove/").url == address
