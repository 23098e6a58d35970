"""Sending stored files: whole, in parts, in the browser, small."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import RequestFactory
from PIL import Image

from office.actions.files import store_upload
from office.models import StoredFile
from office.views.files import PDF_POLICY, SANDBOX, file_response, thumbnail_response
from tests.factories.office import StoredFileFactory

pytestmark = pytest.mark.django_db
TEXT = b"0123456789" * 10


def _get(**headers: str):
    return RequestFactory().get("/x", headers=headers)


def _body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def text() -> StoredFile:
    return store_upload(SimpleUploadedFile("记录.txt", TEXT, "text/plain"))


@pytest.fixture
def picture() -> StoredFile:
    stream = BytesIO()
    Image.new("RGB", (1200, 900), "red").save(stream, "PNG")
    return store_upload(SimpleUploadedFile("照片.png", stream.getvalue(), "image/png"))


@pytest.fixture
def pdf() -> StoredFile:
    return store_upload(SimpleUploadedFile("方案.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf"))


def test_the_whole_file_is_a_guarded_download(text):
    response = file_response(_get(), text, "3月 记录.txt")

    assert response.status_code == 200
    assert _body(response) == TEXT
    assert response["Content-Length"] == "100"
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''3%E6%9C%88%20%E8%AE%B0%E5%BD%95.txt"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == SANDBOX
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{text.sha256}"'


@pytest.mark.parametrize(
    ("asked", "body", "shown"),
    [
        ("bytes=95-", b"56789", "bytes 95-99/100"),
        ("bytes=0-3", b"0123", "bytes 0-3/100"),
        ("bytes=-2", b"89", "bytes 98-99/100"),
    ],
)
def test_a_download_is_resumed(text, asked, body, shown):
    response = file_response(_get(Range=asked), text, "记录.txt")

    assert response.status_code == 206
    assert _body(response) == body
    assert (response["Content-Range"], response["Content-Length"]) == (shown, str(len(body)))


def test_a_range_of_the_same_file_and_of_another(text):
    same = file_response(_get(Range="bytes=95-", **{"If-Range": f'"{text.sha256}"'}), text, "a.txt")
    other = file_response(_get(Range="bytes=95-", **{"If-Range": '"0"'}), text, "a.txt")

    assert (same.status_code, _body(same)) == (206, b"56789")
    assert (other.status_code, _body(other)) == (200, TEXT)


def test_a_range_behind_the_end(text):
    response = file_response(_get(Range="bytes=100-"), text, "a.txt")

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\r\nSet-Cookie: x=1.txt", 'attachment; filename="a__Set-Cookie_ x=1.txt"'),
        ("../../etc/passwd", 'attachment; filename=".._.._etc_passwd"'),
        ("", "attachment; filename*=utf-8''%E6%96%87%E4%BB%B6"),
    ],
)
def test_a_hostile_name_is_only_a_name(text, name, shown):
    response = file_response(_get(), text, name)

    assert response["Content-Disposition"] == shown
    _body(response)


def test_pictures_and_pdf_are_shown_when_asked_for(picture, pdf):
    shown_picture = file_response(_get(), picture, "照片.png", inline=True)
    shown_pdf = file_response(_get(), pdf, "a.pdf", inline=True)

    assert shown_picture["Content-Disposition"].startswith("inline;")
    assert shown_picture["Content-Security-Policy"] == SANDBOX
    assert shown_pdf["Content-Disposition"] == 'inline; filename="a.pdf"'
    assert shown_pdf["Content-Security-Policy"] == PDF_POLICY
    for response in (shown_picture, shown_pdf):
        assert _body(response)


def test_text_is_never_shown_in_the_browser(text):
    response = file_response(_get(), text, "a.txt", inline=True)

    assert response["Content-Disposition"] == 'attachment; filename="a.txt"'
    _body(response)


def test_a_row_whose_file_is_gone_is_not_found():
    with pytest.raises(Http404):
        file_response(_get(), StoredFileFactory(), "a.pdf")
    with pytest.raises(Http404):
        thumbnail_response(StoredFileFactory(content_type="image/png"))


def test_a_small_picture(picture):
    response = thumbnail_response(picture)

    small = Image.open(BytesIO(_body(response)))
    assert (small.format, small.size) == ("JPEG", (480, 360))
    assert response["Content-Security-Policy"] == SANDBOX
    assert response["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_picture_has_no_small_one(text):
    with pytest.raises(Http404):
        thumbnail_response(text)
