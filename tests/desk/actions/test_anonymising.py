"""Row 42: the texts and files about a former member go from every floor; figures stay."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from branches.permissions import Actor
from desk.actions.anonymising import anonymise_member
from members.actions.development.steps import Paper, add_paper
from members.models import CareVisit, DevelopmentPaper, DuesLine, DutyProof, Observation, RecordPaper, Transfer
from office.actions.files import store_upload
from office.models import StoredFile
from partybuild.lib import uploads
from tests.factories.branches import BranchFactory
from tests.factories.development import drive, make_file
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.members_matters import OpinionRequestFactory, SuggestionFactory
from tests.factories.members_roster import StandingFactory
from tests.factories.restricted import (
    CareCaseFactory,
    CareVisitFactory,
    DutyFactory,
    DutyProofFactory,
    RecordPaperFactory,
    RestrictedRecordFactory,
)
from tests.factories.transfers import DuesEntryFactory, DuesLineFactory, TransferFactory

pytestmark = pytest.mark.django_db

LEFT = date(2020, 6, 1)
SECRET = "张三家住某街一号"


def kept(name, content=b"%PDF-1.4\n%%EOF\n"):
    return store_upload(SimpleUploadedFile(name, content, "application/pdf"))


@pytest.fixture
def member():
    """A member who left in June 2020."""
    place = MembershipFactory(ends_on=LEFT, member=MemberFactory(name="张三"))
    StandingFactory(member=place.member, kind="historical", cause="died", starts_on=LEFT)
    return place.member


def anonymise(member):
    anonymise_member(by=Actor.system(), member=member)
    member.refresh_from_db()


def test_r42_texts_of_records_about_him_go(member):
    record = RestrictedRecordFactory(member=member, content=SECRET, basis=SECRET)
    case = CareCaseFactory(member=member, need=SECRET)
    visit = CareVisitFactory(case=case, help=SECRET, amount=Decimal(500))
    transfer = TransferFactory(member=member, reason=SECRET)
    opinion = OpinionRequestFactory(member=member, subject=SECRET)
    suggestion = SuggestionFactory(member=member, text=SECRET)

    anonymise(member)

    for row, fields in (
        (record, ("content", "basis")), (case, ("need",)), (visit, ("help",)), (transfer, ("reason",)),
        (opinion, ("subject",)), (suggestion, ("text",)),
    ):  # fmt: skip
        row.refresh_from_db()
        for field in fields:
            assert getattr(row, field) == "已匿名", (row, field)
    assert CareVisit.objects.get().amount == 500


def test_r42_figures_of_dues_stay(member):
    entry = DuesEntryFactory(member=member)
    line = DuesLineFactory(entry=entry, note=SECRET)

    anonymise(member)

    after = DuesLine.objects.get(pk=line.pk)
    assert (after.note, after.amount, after.entry_id) == ("已匿名", line.amount, entry.pk)


def test_r42_development_texts_and_materials_go():
    file = drive(make_file(BranchFactory(), name="张三"), "candidate")
    member = file.member
    StandingFactory(member=member, kind="historical", cause="died", starts_on=LEFT)
    scan = kept("申请书.pdf")
    DevelopmentPaper.objects.filter(development=file, code="apply").update(file=scan, name="张三申请书.pdf")
    steps = file.steps.count()

    anonymise(member)

    assert not DevelopmentPaper.objects.filter(development=file).exists()
    assert not StoredFile.objects.filter(pk=scan.pk).exists()
    assert set(Observation.objects.filter(development=file).values_list("text", flat=True)) == {"已匿名"}
    assert set(file.steps.values_list("notes", flat=True)) <= {""}
    assert file.steps.count() == steps


def test_r42_materials_that_lie_encrypted_go_with_their_bytes(django_capture_on_commit_callbacks):
    file = make_file(BranchFactory(), name="张三")
    StandingFactory(member=file.member, kind="historical", cause="died", starts_on=LEFT)
    upload = SimpleUploadedFile("自传.txt", SECRET.encode(), "text/plain")
    paper = add_paper(by=Actor.system(), file=file, code="apply", paper=Paper("自传", upload))
    assert paper.file.is_sealed
    assert uploads.is_intact(paper.file.sha256)

    with django_capture_on_commit_callbacks(execute=True):
        anonymise(file.member)

    assert not StoredFile.objects.filter(pk=paper.file_id).exists()
    assert not uploads.path_of(paper.file.sha256).exists()


def test_r42_files_of_restricted_records_and_duties_go(member, django_capture_on_commit_callbacks):
    paper = RecordPaperFactory(record=RestrictedRecordFactory(member=member), file=kept("处分决定.pdf", b"%PDF-1.4\n1"))
    proof = DutyProofFactory(duty=DutyFactory(member=member), file=kept("谈话.pdf", b"%PDF-1.4\n2"))
    hashes = [paper.file.sha256, proof.file.sha256]

    with django_capture_on_commit_callbacks(execute=True):
        anonymise(member)

    assert not RecordPaper.objects.exists()
    assert not DutyProof.objects.exists()
    for sha256 in hashes:
        with pytest.raises(FileNotFoundError):
            uploads.open(sha256)


def test_r42_of_others_nothing_goes(member):
    other = TransferFactory(reason="工作调动")
    RestrictedRecordFactory(content="别人的")

    anonymise(member)

    assert Transfer.objects.get(pk=other.pk).reason == "工作调动"
