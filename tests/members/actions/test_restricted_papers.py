"""Row 41, O10: papers of restricted records lie encrypted, also those of before, and follow the rotation of keys."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from branches.actions.keys import rotate_keys
from branches.permissions import Actor
from members.actions.papers import seal_papers
from members.actions.restricted import add_paper
from members.models import RecordPaper
from office.actions.files import store_upload
from office.models import StoredFile
from partybuild.lib import crypto, uploads
from tests.factories.branches import make_user_with_post
from tests.factories.restricted import CustodianFactory, RecordPaperFactory, RestrictedRecordFactory

pytestmark = pytest.mark.django_db

BY = Actor.system()
TEXT = "张三因赌博受警告处分".encode()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


def upload(content=TEXT):
    return SimpleUploadedFile("决定.txt", content, "text/plain")


def lying(media):
    return {path: path.read_bytes() for path in media.rglob("*") if path.is_file()}


@pytest.fixture
def paper():
    return add_paper(by=BY, record=RestrictedRecordFactory(), upload=upload())


def content_of(paper):
    return uploads.open_sealed(RecordPaper.objects.get(pk=paper.pk).file.sha256).read()


def test_r41_the_bytes_on_the_disk_do_not_hold_the_text(paper, media):
    found = lying(media)

    assert len(found) == 1
    assert not any(TEXT in content for content in found.values())
    assert content_of(paper) == TEXT
    assert (paper.file.size, paper.file.content_type) == (len(TEXT), "text/plain")
    assert uploads.is_intact(paper.file.sha256)


def test_r41_the_same_paper_twice_does_not_show_that_it_is_the_same(paper):
    other = add_paper(by=BY, record=RestrictedRecordFactory(), upload=upload())

    assert other.file != paper.file


def test_r41_a_refused_file_leaves_nothing(media):
    with pytest.raises(Exception, match="空"):
        add_paper(by=BY, record=RestrictedRecordFactory(), upload=upload(b""))

    assert lying(media) == {}


def test_r41_opened_through_the_view_whole_and_in_part(client, paper):
    record = paper.record
    user = make_user_with_post("staff", record.organization.parent)
    CustodianFactory(post=user.posts.get(), kind=record.kind)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    url = f"/members/restricted/papers/{paper.pk}/"

    whole = client.get(url)
    part = client.get(url, headers={"Range": "bytes=3-8"})

    assert b"".join(whole.streaming_content) == TEXT
    assert whole["Content-Length"] == str(len(TEXT))
    assert (part.status_code, b"".join(part.streaming_content)) == (206, TEXT[3:9])


def test_r41_papers_of_before_are_encrypted_once(media, django_capture_on_commit_callbacks):
    paper = RecordPaperFactory(file=store_upload(upload()))
    shared = store_upload(upload("公开的".encode()))
    other = RecordPaperFactory(file=shared)
    from tests.factories.members_matters import MatterPaperFactory

    MatterPaperFactory(file=shared)

    with django_capture_on_commit_callbacks(execute=True):
        assert seal_papers(by=BY, on=date(2026, 3, 16)) == 2
    assert seal_papers(by=BY, on=date(2026, 3, 16)) == 0

    assert content_of(paper) == TEXT
    assert content_of(other) == "公开的".encode()
    assert not any(TEXT in content for content in lying(media).values())
    assert StoredFile.objects.filter(pk=shared.pk).exists()


def test_r41_rotation_puts_files_under_the_first_key(paper, media, settings, django_capture_on_commit_callbacks):
    settings.FIELD_KEYS = [crypto.new_key(), *settings.FIELD_KEYS]

    with django_capture_on_commit_callbacks(execute=True):
        done = rotate_keys(by=BY)
    again = rotate_keys(by=BY)
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]

    assert (done.files, done.files_changed, again.files_changed) == (1, 1, 0)
    assert content_of(paper) == TEXT
    assert len(lying(media)) == 1
