"""Files of records."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.actions import attachments
from campaigns.actions.attachments import add_attachment, change_slot, remove_attachment
from campaigns.models import Attachment
from campaigns.rules.activities import RecordError
from office.models import StoredFile
from tests.factories.campaigns import ActivityFactory, AttachmentFactory, FiledActivityFactory
from tests.factories.district import District

pytestmark = pytest.mark.django_db


def text(name: str = "计划.txt", content: str = "年度计划") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode(), "text/plain")


@pytest.fixture
def district() -> District:
    return District()


def test_a_file_is_kept_under_its_name(district):
    activity = ActivityFactory(organization=district.branch)
    attachment = add_attachment(by=district.by, record=activity, upload=text(), slot="plan")
    assert (attachment.name, attachment.slot, attachment.added_by_id) == ("计划.txt", "plan", district.secretary.pk)
    assert attachment.file.size == len("年度计划".encode())


def test_the_same_upload_twice_is_one_file(district):
    activity = ActivityFactory(organization=district.branch)
    first = add_attachment(by=district.by, record=activity, upload=text())
    second = add_attachment(by=district.by, record=activity, upload=text())
    add_attachment(by=district.by, record=activity, upload=text("另一份.txt"))
    assert first == second
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_what_is_no_document_is_refused_in_words(district):
    activity = ActivityFactory(organization=district.branch)
    with pytest.raises(ValidationError, match="不能上传这种文件"):
        add_attachment(by=district.by, record=activity, upload=text("脚本.html", "<html>"))
    assert not Attachment.objects.exists()


def test_a_record_takes_so_many_files_and_no_more(district, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_FILES", 1)
    activity = ActivityFactory(organization=district.branch)
    add_attachment(by=district.by, record=activity, upload=text())
    with pytest.raises(RecordError, match="最多附 1 个文件"):
        add_attachment(by=district.by, record=activity, upload=text("二.txt", "二"))


def test_what_a_file_proves_can_be_told_and_the_file_removed(district):
    attachment = AttachmentFactory(activity=ActivityFactory(organization=district.branch))
    assert change_slot(by=district.by, attachment=attachment, slot="papers").slot == "papers"
    remove_attachment(by=district.by, attachment=attachment)
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 1)


def test_the_files_of_a_filed_record_stay_as_they_are(district):
    attachment = AttachmentFactory(activity=FiledActivityFactory(organization=district.branch))
    for step in (
        lambda: add_attachment(by=district.by, record=attachment.activity, upload=text()),
        lambda: change_slot(by=district.by, attachment=attachment, slot="plan"),
        lambda: remove_attachment(by=district.by, attachment=attachment),
    ):
        with pytest.raises(RecordError, match="附件不能改动"):
            step()
    assert Attachment.objects.get().slot == "evidence"
