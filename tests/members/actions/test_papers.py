"""Row 41: proofs of talks and materials of development lie encrypted, also those of before, and go with what they
belong to."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from branches.actions.keys import rotate_keys
from branches.permissions import Actor
from members.actions.development.steps import Paper, add_paper
from members.actions.duties import fulfil_duty
from members.actions.papers import SEALED, papers_lying_open, seal_papers
from members.actions.restricted import destroy_expired, file_record
from members.models import DevelopmentPaper, Duty, DutyProof
from office.actions.files import store_upload
from office.models import StoredFile
from partybuild.lib import clock, crypto, uploads
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.development import make_file
from tests.factories.members import MemberFactory
from tests.factories.restricted import DutyFactory, DutyProofFactory, RecordPaperFactory, RestrictedRecordFactory

pytestmark = pytest.mark.django_db

BY = Actor.system()
TEXT = "周知同志谈话情况和入党申请书".encode()
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def branch():
    return BranchFactory()


def upload(content=TEXT, name="材料.txt"):
    return SimpleUploadedFile(name, content, "text/plain")


def lying(media):
    return [path.read_bytes() for path in media.rglob("*") if path.is_file()]


def proof_of(branch, **fields):
    duty = fulfil_duty(
        by=BY, duty=DutyFactory(organization=branch, **fields), done_on=clock.today(), summary="已谈话",
        uploads=[upload()],
    )  # fmt: skip
    return duty.proofs.get()


def material_of(branch):
    return add_paper(by=BY, file=make_file(branch), code="apply", paper=Paper("自传", upload()))


MADE = {"duty": proof_of, "development": material_of}
ADDRESSES = {"duty": "/members/duties/proofs/{}/", "development": "/members/development/papers/{}/"}


@pytest.mark.parametrize("kind", MADE)
def test_r41_the_bytes_on_the_disk_do_not_hold_the_text(kind, branch, media):
    paper = MADE[kind](branch)

    assert [TEXT in content for content in lying(media)] == [False]
    assert uploads.open_sealed(paper.file.sha256).read() == TEXT
    assert (paper.file.is_sealed, paper.file.size, paper.file.content_type) == (True, len(TEXT), "text/plain")
    assert list(uploads.stored_hashes()) == [paper.file.sha256]
    assert uploads.is_intact(paper.file.sha256)


@pytest.mark.parametrize("kind", MADE)
def test_r41_opened_through_the_view_whole_and_in_part(client, kind, branch):
    paper = MADE[kind](branch)
    client.force_login(make_user_with_post("secretary", branch), BACKEND)
    url = ADDRESSES[kind].format(paper.pk)

    whole, part = client.get(url), client.get(url, headers={"Range": "bytes=3-8"})

    assert b"".join(whole.streaming_content) == TEXT
    assert (part.status_code, b"".join(part.streaming_content)) == (206, TEXT[3:9])
    client.force_login(make_user_with_post("secretary", BranchFactory()), BACKEND)
    assert client.get(url).status_code == 404


def test_r41_a_material_sent_twice_is_kept_once_and_another_beside_it(branch, media):
    first = material_of(branch)

    for content in (TEXT, TEXT[:-3], TEXT[3:] + TEXT[:3]):
        add_paper(by=BY, file=first.development, code="apply", paper=Paper("自传", upload(content)))
    again = add_paper(by=BY, file=first.development, code="apply", paper=Paper("自传", upload()))

    assert again == first
    assert DevelopmentPaper.objects.count() == len(lying(media)) == 3


class TestThoseOfBefore:
    @pytest.fixture
    def papers(self, branch):
        file = make_file(branch)
        material = DevelopmentPaper.objects.create(
            development=file, code="apply", kind="自传", name="自传.txt", file=store_upload(upload(b"one")),
            added_at=clock.now(),
        )  # fmt: skip
        DevelopmentPaper.objects.create(
            development=file, code="apply", kind="入党申请书", name="纸质", added_at=clock.now()
        )
        return [
            RecordPaperFactory(file=store_upload(upload())),
            DutyProofFactory(file=store_upload(upload())),
            material,
        ]

    def run(self, *args):
        out = StringIO()
        call_command("seal_papers", *args, "--json", stdout=out)
        return json.loads(out.getvalue())

    def test_r41_a_dry_run_counts_and_changes_nothing(self, papers, media):
        before = sorted(lying(media))

        assert self.run("--dry-run") == {"found": 3, "sealed": 0, "left": 3}

        assert sorted(lying(media)) == before
        assert not StoredFile.objects.filter(is_sealed=True).exists()

    def test_r41_they_are_encrypted_once_by_the_command(self, papers, media, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            assert self.run() == {"found": 3, "sealed": 3, "left": 0}
        assert self.run() == {"found": 0, "sealed": 0, "left": 0}

        for paper, content in zip(papers, (TEXT, TEXT, b"one"), strict=True):
            paper.refresh_from_db()
            assert uploads.open_sealed(paper.file.sha256).read() == content
        found = lying(media)
        assert len(found) == 3
        assert not any(TEXT in content or content == b"one" for content in found)
        assert sorted(uploads.stored_hashes()) == sorted(StoredFile.objects.values_list("sha256", flat=True))

    def test_r41_the_daily_round_does_the_same_and_says_so(self, papers, trail):
        assert seal_papers(by=BY, on=date(2026, 3, 16)) == 3
        assert seal_papers(by=BY, on=date(2026, 3, 16)) == 0

        assert [(entry.verb, entry.detail["count"]) for entry in trail()] == [("加密存放材料", 3)]
        assert papers_lying_open() == 0

    def test_r41_one_without_its_bytes_is_told_and_holds_up_no_other(self, papers):
        uploads.remove(papers[2].file.sha256)

        with pytest.raises(CommandError, match="不在存储目录"):
            self.run()

        assert [model.objects.filter(file__is_sealed=True).count() for model in SEALED] == [1, 1, 0]


def test_r41_they_follow_the_rotation_of_keys(branch, media, settings, django_capture_on_commit_callbacks):
    papers = [make(branch) for make in MADE.values()]
    settings.FIELD_KEYS = [crypto.new_key(), *settings.FIELD_KEYS]

    with django_capture_on_commit_callbacks(execute=True):
        done = rotate_keys(by=BY)
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]

    assert (done.files, done.files_changed) == (2, 2)
    for paper in papers:
        paper.file.refresh_from_db()
        assert uploads.open_sealed(paper.file.sha256).read() == TEXT


class TestGoneWithWhatTheyBelongTo:
    def test_o10_proofs_of_sensitive_talks_go_after_their_years(
        self, branch, media, move_clock, django_capture_on_commit_callbacks
    ):
        move_clock("2026-03-16T09:00:00+08:00")
        proof_of(branch, sensitive=True)
        kept = proof_of(branch)

        with django_capture_on_commit_callbacks(execute=True):
            assert destroy_expired(by=BY, on=date(2031, 1, 1)) == 1

        assert list(DutyProof.objects.all()) == [kept]
        assert list(uploads.stored_hashes()) == [kept.file.sha256]

    def test_o10_a_note_that_is_destroyed_takes_the_proofs_of_its_talk_along(
        self, branch, media, move_clock, django_capture_on_commit_callbacks
    ):
        move_clock("2026-03-16T09:00:00+08:00")
        duty = fulfil_duty(
            by=BY, duty=DutyFactory(organization=branch), done_on=clock.today(), summary="已谈话", notes="要点",
            uploads=[upload()],
        )  # fmt: skip
        disciplined = file_record(
            by=BY, member=MemberFactory(), organization=branch, kind="discipline", happened_on=date(2026, 3, 5),
            content="事实", sanction="warning", effective_on=date(2026, 3, 5), uploads=[upload()],
        )  # fmt: skip
        due = Duty.objects.filter(occasion__record=disciplined).first()
        made = DutyProofFactory(duty=due, file=store_upload(upload("处分谈话".encode())))
        RestrictedRecordFactory(keep_until=date(2099, 1, 1))

        with django_capture_on_commit_callbacks(execute=True):
            destroy_expired(by=BY, on=date(2060, 1, 1))

        duty.refresh_from_db()
        assert (duty.summary, duty.done_on) == ("", date(2026, 3, 16))
        assert not DutyProof.objects.filter(pk=made.pk).exists()
        assert not DutyProof.objects.exists()
        assert lying(media) == []
