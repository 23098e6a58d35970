"""What looks like another record is found when it is filed, and again when it is filed anew."""

import io
import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction

from branches.permissions import Actor
from branches.queries.access import scope_of
from campaigns.actions.activities import file_activity, save_draft
from campaigns.actions.answers import file_answer, save_answer
from campaigns.actions.attachments import add_attachment
from campaigns.actions.corrections import amend
from campaigns.actions.reviews import approve, return_for_rework
from campaigns.models import Activity, Attachment, Fingerprint
from campaigns.queries.likeness import likeness_of, twins_of
from campaigns.rules.content import AnswerDraft
from office.queries.rules import rule_table
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.campaigns import due
from tests.factories.district import MINUTES, District
from tests.partybuild.lib.uploads.test_pictures import photo

pytestmark = pytest.mark.django_db
OTHER = (
    "会议由支部书记主持，传达学习了上级关于作风建设的通知。与会同志结合窗口岗位谈了体会，"
    "由综合科牵头拿出办法，把群众等候的时间压下来，月底前在支委会上汇报。"
)


@pytest.fixture
def district(move_clock) -> District:
    move_clock("2026-03-12T16:00:00+08:00")
    return District()


def upload(seed: int = 1, *, name: str = "现场.jpg", **options) -> SimpleUploadedFile:
    stream = io.BytesIO()
    photo(seed).save(stream, "JPEG", **options)
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")


def filed(district: District, organization=None, picture=None, **changes) -> Activity:
    organization = organization or district.branch
    values = {"title": f"学习{Activity.objects.count()}"} | changes
    saved = save_draft(by=Actor.system(), organization=organization, client_key=uuid4(), draft=district.draft(**values))
    if picture:
        add_attachment(by=Actor.system(), record=saved, upload=picture)
    return file_activity(by=Actor.system(), activity=saved)


def codes(record) -> list[str]:
    return [flag["code"] for flag in record.flags]


def test_x11_a_text_copied_from_another_branch_is_told_without_its_name(district):
    elsewhere = BranchFactory(parent=CommitteeFactory(parent=district.root))
    filed(district, elsewhere, minutes=f"3月5日，{MINUTES}")
    record = filed(district)
    assert record.flags == [
        {"code": "copied_text", "label": "与他处文字相近", "sentence": "文字与另一党组织的记录相同或相近"}
    ]
    assert record.needs_review is True


def test_x11_one_s_own_earlier_text_is_named_and_goes_when_the_record_is_written_anew(district):
    first = filed(district, minutes=MINUTES, title="上次学习")
    second = filed(district, minutes=f"{MINUTES}另通报党费收缴情况。")
    assert [flag["sentence"] for flag in second.flags] == ["文字与3月12日“上次学习”相同或相近"]

    returned = return_for_rework(by=district.reviewer, record=second, version=1, remark="请写实际情况。")
    Activity.objects.filter(pk=returned.pk).update(minutes=OTHER)
    again = file_activity(by=district.by, activity=returned)
    assert again.flags == []
    assert Fingerprint.objects.count() == 2
    assert likeness_of(first, rule_table(clock.today())).texts == []


def test_x11_the_same_photo_saved_anew_in_another_record_is_found(district):
    first = filed(district, picture=upload(quality=92), title="上次学习")
    elsewhere = BranchFactory(parent=CommitteeFactory(parent=district.root))
    copied = filed(district, elsewhere, picture=upload(quality=55, name="会场.jpg"), minutes=OTHER)
    own = filed(district, picture=upload(quality=70), minutes=f"{OTHER}"[::-1])
    other = filed(district, picture=upload(seed=9), minutes="短")
    assert first.flags == []
    assert codes(copied) == ["copied_image"]
    assert codes(own) == ["same_image", "copied_image"]
    assert codes(other) == ["thin"]


def test_x11_what_does_not_count_is_no_likeness(district):
    draft = district.saved(title="草稿")
    add_attachment(by=district.by, record=draft, upload=upload())
    assert codes(filed(district, picture=upload(), minutes=MINUTES)) == []


def test_x11_a_correction_is_not_a_copy_of_its_record(district):
    record = approve(by=district.reviewer, record=filed(district, picture=upload()), version=1)
    correction = file_activity(by=district.by, activity=amend(by=district.by, record=record))
    assert correction.flags == []
    approve(by=district.reviewer, record=correction, version=1)
    assert Fingerprint.objects.filter(activity=record).count() == 1


def test_x11_the_reviewer_sees_both_places_where_he_may(district):
    near = BranchFactory(parent=district.committee)
    far = BranchFactory(parent=CommitteeFactory(parent=district.root))
    for organization in (near, far):
        filed(district, organization, picture=upload(), title="来源")
    record = filed(district, picture=upload())
    found = likeness_of(record, rule_table(clock.today()))
    twins = twins_of(scope_of(district.staff.pk, clock.today()), record, found)

    named = [twin for twin in twins if twin.other]
    unnamed = [twin for twin in twins if not twin.other]
    assert {twin.name for twin in named} == {f"{near.label}3月12日“来源”"}
    assert [(twin.percent, bool(twin.pieces), bool(twin.picture)) for twin in named] == [
        (100, True, False), (0, False, True),
    ]  # fmt: skip
    assert {(twin.name, twin.picture, twin.pieces) for twin in unnamed} == {("另一党组织的记录", None, ())}


def test_x11_answers_in_the_same_words_are_found(district):
    other = BranchFactory(parent=district.committee)
    for organization in (other, district.branch):
        assignment = due(organization, "manual", district.campaign)
        answer = save_answer(by=district.by, assignment=assignment, draft=AnswerDraft(note=MINUTES))
        answer = file_answer(by=district.by, answer=answer)
    assert codes(answer) == ["copied_text"]


def test_x11_what_came_in_otherwise_is_looked_at_by_a_command(district, capsys):
    record = filed(district, picture=upload())
    filed(district, minutes="短", title="乙")
    Fingerprint.objects.all().delete()
    Attachment.objects.update(picture=None, picture_bands=[])
    for expected in ({"texts": 1, "pictures": 1}, {"texts": 0, "pictures": 0}):
        call_command("fingerprint_records", "--json")
        assert json.loads(capsys.readouterr().out) == expected
    assert len(Fingerprint.objects.get(activity=record).bands) == 16


def test_x11_a_fingerprint_belongs_to_one_record(district):
    with pytest.raises(IntegrityError, match="fingerprint_has_one_record"), transaction.atomic():
        Fingerprint.objects.create(bands=[1])
