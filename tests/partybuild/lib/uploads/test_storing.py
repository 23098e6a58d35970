import errno
import hashlib
import io
import os
import stat
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partybuild.lib import uploads
from partybuild.lib.clock import ZONE
from partybuild.lib.uploads import Stored, UploadError
from tests.harness.sample_files import image, sample

PDF = sample("pdf")
HASH = hashlib.sha256(PDF).hexdigest()


def files(media):
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def test_r23_a_file_is_stored_by_its_hash_and_its_name_is_nowhere(media):
    stored = uploads.store(SimpleUploadedFile("../../三月 会议.PDF", PDF, "application/pdf"))

    assert stored == Stored(HASH, len(PDF), "application/pdf", "pdf", is_image=False)
    assert files(media) == [f"{HASH[:2]}/{HASH[2:]}"]
    assert uploads.path_of(HASH).read_bytes() == PDF
    assert stat.S_IMODE(uploads.path_of(HASH).stat().st_mode) == 0o640
    with uploads.open(HASH) as stream:
        assert stream.read() == PDF


def test_any_open_file_is_stored_under_the_name_given():
    assert uploads.store(io.BytesIO(image("png")), "图.png").is_image is True


def test_the_content_type_is_ours_and_not_the_one_declared():
    stored = uploads.store(SimpleUploadedFile("记录.docx", sample("docx"), "application/x-anything"))

    assert stored.content_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_the_same_content_twice_is_one_file_with_a_fresh_time(media):
    uploads.store(io.BytesIO(PDF), "一.pdf")
    os.utime(uploads.path_of(HASH), (0, 0))
    uploads.path_of(HASH).write_bytes(b"spoiled")
    uploads.store(io.BytesIO(PDF), "二.pdf")

    assert files(media) == [f"{HASH[:2]}/{HASH[2:]}"]
    assert uploads.path_of(HASH).stat().st_mtime > 1_700_000_000
    assert uploads.is_intact(HASH)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "空.pdf", "文件是空的，请重新选择。"),
        (b"%PDF-" + bytes(1024 * 1024), "大.pdf", "文件超过 1 MB，请压缩或拆分后再上传。"),
        (b"MZ", "程序.pdf", "文件内容与扩展名不一致，请确认文件能正常打开后再上传。"),
    ],
)
def test_r21_what_is_refused_leaves_nothing_behind(settings, media, content, name, reason):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024

    with pytest.raises(UploadError) as refused:
        uploads.store(io.BytesIO(content), name)

    assert str(refused.value) == reason
    assert files(media) == []


def test_r21_a_file_over_the_size_is_not_read_to_its_end(settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024

    class Endless(io.RawIOBase):
        given = 0

        def read(self, size):
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(UploadError):
        uploads.store(endless, "大.pdf")
    assert endless.given < 2 * 1024 * 1024


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_gives_a_clear_error_and_no_partial_file(media, monkeypatch, code):
    def full(handle):
        raise OSError(code, "full")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(UploadError, match=r"^存储空间不足，文件没有保存，请联系系统管理员。$"):
        uploads.store(io.BytesIO(PDF), "会议.pdf")
    assert files(media) == []


def test_file_and_folder_reach_the_disk_before_store_returns(monkeypatch):
    synced = []
    real = os.fsync

    def note(handle):
        synced.append(os.readlink(f"/proc/self/fd/{handle}"))
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    uploads.store(io.BytesIO(PDF), "会议.pdf")

    path = uploads.path_of(HASH)
    assert "/incoming/" in synced[0]
    assert synced[1:] == [str(path.parent), str(path.parent.parent)]


@pytest.mark.parametrize("wrong", ["", "..", "../../etc/passwd", "A" * 64, "g" * 64, HASH + "\n", HASH[:-1]])
def test_only_a_hash_leads_to_a_file(wrong):
    with pytest.raises(ValueError, match="SHA-256"):
        uploads.path_of(wrong)


def test_r26_missing_and_changed_files_are_noticed_and_all_are_listed(media):
    other = uploads.store(io.BytesIO(image("png")), "图.png").sha256
    uploads.store(io.BytesIO(PDF), "会议.pdf")
    uploads.thumbnail(other)

    assert sorted(uploads.stored_hashes()) == sorted([HASH, other])
    assert uploads.is_intact(HASH)
    uploads.path_of(HASH).write_bytes(b"changed")
    assert not uploads.is_intact(HASH)
    uploads.remove(HASH)
    uploads.remove(other)
    assert not uploads.is_intact(HASH)
    assert files(media) == []


def test_what_a_dead_upload_left_is_swept_when_it_is_old(media):
    incoming = media / "incoming"
    incoming.mkdir(parents=True)
    for name, moment in (("old", 1_000_000_000), ("new", 2_000_000_000)):
        (incoming / name).write_bytes(b"x")
        os.utime(incoming / name, (moment, moment))

    assert uploads.remove_unfinished(datetime(2026, 3, 5, tzinfo=ZONE)) == 1
    assert files(media) == ["incoming/new"]
