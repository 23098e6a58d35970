"""Files are kept once, and what is not wanted is refused in words."""

from hashlib import sha256
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from office.actions.files import store_upload
from office.models import StoredFile
from partybuild.lib import clock, uploads

pytestmark = pytest.mark.django_db
TEXT = "一、集体学习；二、讨论。\n".encode()


def test_a_file_is_kept_by_its_content(move_clock):
    move_clock("2026-03-12T17:00:00+08:00")

    stored = store_upload(SimpleUploadedFile("记录.txt", TEXT, "text/plain"))

    assert stored.sha256 == sha256(TEXT).hexdigest()
    assert (stored.size, stored.content_type, stored.extension) == (len(TEXT), "text/plain", "txt")
    assert stored.stored_at == clock.now()
    assert stored.is_image is False
    with uploads.open(stored.sha256) as stream:
        assert stream.read() == TEXT


def test_the_same_content_under_another_name_is_one_row():
    first = store_upload(SimpleUploadedFile("甲.txt", TEXT, "text/plain"))
    second = store_upload(BytesIO(TEXT), name="乙.txt")

    assert first == second
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("页面.html", b"<html></html>", "不能上传这种文件"),
        ("空.txt", b"", "文件是空的"),
        ("照片.jpg", b"not a picture", "不一致"),
    ],
)
def test_what_is_not_taken_leaves_no_row(name, content, words):
    with pytest.raises(ValidationError, match=words):
        store_upload(SimpleUploadedFile(name, content))

    assert not StoredFile.objects.exists()
