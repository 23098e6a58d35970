from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from branches.models import AuditEntry
from branches.permissions import Actor
from members.actions.reminders import remind
from members.actions.restricted import add_paper, destroy_expired, destroy_record, file_record, open_record
from members.models import CareCase, Duty, Occasion, RecordPaper, RestrictedRecord
from office.models import StoredFile
from partybuild.lib import clock, uploads
from tests.factories.branches import BranchFactory
from tests.factories.members import MemberFactory
from tests.factories.office import RuleFactory
from tests.factories.restricted import (
    CareCaseFactory,
    DisciplineFactory,
    DutyFactory,
    RecordPaperFactory,
    RestrictedRecordFactory,
)

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 5)


def paper(text="第一页"):
    return SimpleUploadedFile("材料.txt", text.encode(), "text/plain")


def file(**changed):
    given = {"kind": "talk", "happened_on": DAY, "content": "绝密内容"}
    return file_record(
        by=SYSTEM, member=MemberFactory(name="周知"), organization=BranchFactory(), **{**given, **changed}
    )


def test_o10_a_record_is_kept_as_long_as_the_rule_table_says():
    RuleFactory(code="restricted.keep_years.thought", value=9, effective_from=date(2026, 1, 1))

    assert file().keep_until == date(2029, 3, 5)
    assert file(kind="thought").keep_until == date(2035, 3, 5)


def test_o10_the_trail_says_neither_who_nor_what(trail):
    record = file(uploads=[paper()])
    open_record(by=SYSTEM, record=record, reason="年度核查")
    destroy_record(by=SYSTEM, record=record, reason="误录")

    told = "".join(f"{entry.verb}{entry.object_label}{entry.detail}" for entry in trail())
    assert "绝密内容" not in told
    assert "周知" not in told
    assert [entry.verb for entry in trail()] == ["登记谈话记录", "查阅谈话记录全文", "提前销毁限定记录"]


@pytest.mark.parametrize(("changed", "field"), [({"content": ""}, "content"), ({"kind": "discipline"}, "sanction")])
def test_o10_what_lacks_is_refused_at_its_field(changed, field):
    with pytest.raises(ValidationError) as error:
        file(**changed)

    assert field in error.value.message_dict
    assert not RestrictedRecord.objects.exists()


def test_o10_a_text_is_read_for_a_reason():
    with pytest.raises(ValidationError, match="查阅原因"):
        open_record(by=SYSTEM, record=RestrictedRecordFactory(), reason=" ")


def test_o04_discipline_a_sanction_makes_a_talk_due():
    record = file(kind="discipline", sanction="warning", effective_on=DAY, impact_until=date(2026, 9, 5))

    duty = Duty.objects.select_related("occasion").get()
    assert (duty.kind, duty.occasion.kind, duty.occasion.record, duty.due_on) == (
        "talk", "sanction", record, date(2026, 3, 12),
    )  # fmt: skip
    assert record.keep_until == date(2031, 9, 5)


def test_o10_a_record_is_destroyed_the_day_after(trail):
    kept = RestrictedRecordFactory(keep_until=date(2029, 3, 6))
    gone = RestrictedRecordFactory(keep_until=date(2029, 3, 5), content="绝密内容")

    assert destroy_expired(by=SYSTEM, on=date(2029, 3, 6)) == 1

    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.content, kept.destroyed_at) == ("谈话要点若干", None)
    assert (gone.content, gone.member, gone.kind, gone.happened_on) == (None, None, "talk", DAY)
    assert trail().get().verb == "按期销毁限定记录"
    assert destroy_expired(by=SYSTEM, on=date(2029, 3, 6)) == 0


def test_o10_the_papers_go_with_it(django_capture_on_commit_callbacks):
    record = file(uploads=[paper()])
    sha256 = record.papers.get().file.sha256

    with django_capture_on_commit_callbacks(execute=True):
        destroy_expired(by=SYSTEM, on=date(2030, 1, 1))

    assert not RecordPaper.objects.exists()
    assert not StoredFile.objects.filter(sha256=sha256).exists()
    assert not uploads.path_of(sha256).exists()


def test_o10_a_paper_that_is_attached_elsewhere_too_stays_there(django_capture_on_commit_callbacks):
    record = file(uploads=[paper()])
    other = RecordPaperFactory(file=record.papers.get().file)

    with django_capture_on_commit_callbacks(execute=True):
        destroy_record(by=SYSTEM, record=record, reason="误录")

    assert uploads.path_of(other.file.sha256).exists()
    assert StoredFile.objects.filter(pk=other.file_id).exists()


def test_o10_destroying_before_time_needs_a_reason_and_takes_the_occasion_along():
    record = file(kind="discipline", sanction="warning", effective_on=DAY)

    with pytest.raises(ValidationError, match="销毁原因"):
        destroy_record(by=SYSTEM, record=record, reason="")
    destroy_record(by=SYSTEM, record=record, reason="误录")
    destroy_record(by=SYSTEM, record=record, reason="误录")

    assert not Occasion.objects.exists()
    assert not Duty.objects.exists()
    assert AuditEntry.objects.filter(verb="提前销毁限定记录").count() == 1


def test_o10_nothing_is_added_to_what_is_destroyed():
    record = file()
    assert add_paper(by=SYSTEM, record=record, upload=paper()).name == "材料.txt"
    destroy_record(by=SYSTEM, record=record, reason="误录")

    with pytest.raises(ValidationError, match="已按期销毁"):
        add_paper(by=SYSTEM, record=record, upload=paper())
    record.refresh_from_db()
    with pytest.raises(ValidationError, match="已按期销毁"):
        open_record(by=SYSTEM, record=record, reason="核查")


def test_n18_sensitive_occasions_and_ended_care_go_after_their_years():
    usual, _ = DutyFactory(), DutyFactory(sensitive=True)
    open_case = CareCaseFactory()
    CareCaseFactory(ends_on=date(2026, 3, 5))

    assert destroy_expired(by=SYSTEM, on=date(2029, 4, 1)) == 2

    assert list(Duty.objects.all()) == [usual]
    assert list(CareCase.objects.all()) == [open_case]


def test_o10_a_stub_of_a_sanction_says_only_kind_and_dates():
    record = DisciplineFactory()

    destroy_record(by=SYSTEM, record=record, reason="误录")

    record.refresh_from_db()
    assert (record.sanction, record.effective_on, record.impact_until) == ("", None, None)
    assert record.destroyed_at is not None
    assert record.destroyed_at <= clock.now()


def test_o10_the_daily_round_destroys_what_is_kept_no_longer():
    record = RestrictedRecordFactory()

    assert remind(by=SYSTEM, on=date(2029, 3, 5))["destroy_expired"] == 0
    assert remind(by=SYSTEM, on=date(2029, 3, 6))["destroy_expired"] == 1
    record.refresh_from_db()
    assert record.destroyed_at is not None
