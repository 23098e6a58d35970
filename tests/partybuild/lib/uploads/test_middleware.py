import pytest
from django.http import HttpResponse

from partybuild.lib.uploads.middleware import BodySizeMiddleware

MEGABYTE = 1024 * 1024


@pytest.fixture
def answer(rf, settings):
    settings.UPLOAD_MAX_BYTES = 50 * MEGABYTE

    def make(length):
        request = rf.post("/", b"", content_type="application/octet-stream")
        request.META["CONTENT_LENGTH"] = length
        return BodySizeMiddleware(lambda request: HttpResponse("read"))(request)

    return make


@pytest.mark.parametrize("length", ["", "0", "51", str(51 * MEGABYTE), "-5", "abc", "٣", None])
def test_a_body_within_the_cap_is_passed_on(answer, length):
    assert answer(length).content == b"read"


@pytest.mark.parametrize("length", [51 * MEGABYTE + 1, 10**12])
def test_r21_a_body_over_the_cap_is_refused_before_anything_reads_it(answer, length):
    response = answer(str(length))

    assert response.status_code == 413
    assert response.content.decode() == "一次上传的内容超过 50 MB，没有保存。请分几次上传，或压缩后再上传。"
