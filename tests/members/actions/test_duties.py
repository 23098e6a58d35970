from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from branches.permissions import Actor
from members.actions.duties import fulfil_duty, name_talker, record_occasion, remind_duties, waive_duty
from members.models import Duty, RestrictedRecord
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.members import MemberFactory, OfficeFactory
from tests.factories.office import RuleFactory
from tests.factories.restricted import DutyFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 5)


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee)


@pytest.fixture(autouse=True)
def _some_days_later(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


def occasion(branch, **changed):
    given = {"kind": "misfortune", "happened_on": DAY, "detail": "家中变故"}
    return record_occasion(by=SYSTEM, member=MemberFactory(name="周知"), organization=branch, **{**given, **changed})


def test_n18_an_occasion_makes_a_talk_due_within_the_days_of_the_rule_table(branch, trail):
    RuleFactory(code="talk.within_days", value=10, effective_from=date(2026, 3, 1))
    secretary = OfficeFactory(organization=branch).member

    made = occasion(branch)

    duty = made.duties.get()
    assert (duty.kind, duty.due_on, duty.talker) == ("talk", date(2026, 3, 15), secretary)
    assert (trail().get().verb, trail().get().detail) == ("登记应谈情形", {})
    assert "周知" not in trail().get().object_label


def test_n18_the_secretary_above_talks_with_the_secretary(branch, committee):
    above = OfficeFactory(organization=committee).member
    secretary = OfficeFactory(organization=branch).member

    made = record_occasion(by=SYSTEM, member=secretary, organization=branch, kind="misfortune", happened_on=DAY)

    assert made.duties.get().talker == above


def test_n18_the_same_occasion_is_recorded_once(branch):
    member = MemberFactory()
    given = {"by": SYSTEM, "member": member, "organization": branch, "kind": "first_signs", "happened_on": DAY}
    record_occasion(**given)

    with pytest.raises(ValidationError, match="已经登记"):
        record_occasion(**given)
    assert Duty.objects.count() == 1


def test_n18_not_before_it_happens_and_not_by_himself(branch):
    with pytest.raises(ValidationError, match="不能晚于今天"):
        occasion(branch, happened_on=date(2026, 3, 21))
    member = MemberFactory()
    with pytest.raises(ValidationError, match="不能是本人"):
        record_occasion(
            by=SYSTEM, member=member, organization=branch, kind="misfortune", happened_on=DAY, talker=member
        )


def test_n18_a_talk_is_held_and_its_notes_are_restricted(branch, trail):
    duty = DutyFactory(organization=branch)

    fulfil_duty(by=SYSTEM, duty=duty, done_on=DAY, summary="已谈话", notes="详细谈话内容")

    duty.refresh_from_db()
    assert (duty.done_on, duty.summary, duty.record) == (DAY, "已谈话", RestrictedRecord.objects.get())
    assert duty.record.content == "详细谈话内容"
    assert [entry.verb for entry in trail()] == ["登记谈话记录", "办理四必谈谈话"]
    assert "详细" not in str([entry.detail for entry in trail()])


def test_n18_it_is_held_once(branch):
    duty = DutyFactory(organization=branch)
    fulfil_duty(by=SYSTEM, duty=duty, done_on=DAY, summary="已谈话", notes="内容")

    with pytest.raises(ValidationError, match="已办理或者免办"):
        fulfil_duty(by=SYSTEM, duty=duty, done_on=DAY, summary="已谈话", notes="内容")
    assert RestrictedRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"summary": " "}, "summary"),
        ({"done_on": date(2026, 3, 21)}, "done_on"),
        ({"done_on": date(2026, 3, 4)}, "done_on"),
    ],
)
def test_n18_what_cannot_be_is_refused_at_its_field(branch, changed, field):
    with pytest.raises(ValidationError) as error:
        fulfil_duty(by=SYSTEM, duty=DutyFactory(), **{"done_on": DAY, "summary": "已谈话", **changed})

    assert field in error.value.message_dict


def test_n29_one_talk_answers_further_talks_of_the_same_event(branch):
    talk = DutyFactory(organization=branch)
    same = {"occasion": talk.occasion, "member": talk.member, "organization": branch}
    other, training = DutyFactory(kind="appointment_talk", **same), DutyFactory(kind="appointment_training", **same)

    fulfil_duty(by=SYSTEM, duty=talk, done_on=DAY, summary="已谈话", also=[other])

    assert set(Duty.objects.open()) == {training}
    for wrong in (training, DutyFactory()):
        with pytest.raises(ValidationError, match="同一情形"):
            fulfil_duty(by=SYSTEM, duty=DutyFactory(), done_on=DAY, summary="已谈话", also=[wrong])


def test_n29_a_training_is_shown_by_a_file(branch):
    duty = DutyFactory(kind="appointment_training", organization=branch)
    upload = SimpleUploadedFile("证书.txt", "结业".encode(), "text/plain")

    fulfil_duty(by=SYSTEM, duty=duty, done_on=DAY, summary="参加任职培训班", uploads=[upload])

    assert duty.proofs.get().name == "证书.txt"


def test_n18_a_duty_is_let_off_with_a_reason(branch, trail):
    duty = DutyFactory(organization=branch)

    with pytest.raises(ValidationError, match="免办原因"):
        waive_duty(by=SYSTEM, duty=duty, reason=" ")
    waive_duty(by=SYSTEM, duty=duty, reason="误生成")

    assert not Duty.objects.open().exists()
    assert trail().get().detail == {"note": "原因：误生成"}
    with pytest.raises(ValidationError, match="已办理或者免办"):
        waive_duty(by=SYSTEM, duty=duty, reason="误生成")


def test_n18_the_talker_is_named_and_told(branch):
    talker = MemberFactory(user=make_user_with_post("leader", branch))
    duty = DutyFactory(organization=branch, sensitive=True, member=MemberFactory(name="周知"))

    name_talker(by=SYSTEM, duty=duty, talker=talker)
    name_talker(by=SYSTEM, duty=duty, talker=talker)

    notice = Notice.objects.get()
    assert (notice.user, notice.text) == (talker.user, "一项应谈话事项请您在2026年3月12日前办理并登记。")
    with pytest.raises(ValidationError, match="不能是本人"):
        name_talker(by=SYSTEM, duty=duty, talker=duty.member)


def told(on):
    before = set(Notice.objects.values_list("pk", flat=True))
    count = remind_duties(by=SYSTEM, on=on)
    fresh = Notice.objects.exclude(pk__in=before)
    assert fresh.count() == count
    return {(one.user.name, one.text) for one in fresh.select_related("user")}


def test_y05_reminded_before_the_day_after_it_and_then_above(branch, committee):
    make_user_with_post("secretary", branch, name="书记")
    make_user_with_post("staff", committee, name="干事")
    talker = MemberFactory(user=make_user_with_post("leader", BranchFactory(), name="谈话人"))
    DutyFactory(organization=branch, talker=talker, member=MemberFactory(name="周知"))

    assert told(date(2026, 3, 8)) == set()
    soon = "周知的四必谈谈话期限为2026年3月12日，请及时办理。"
    assert told(date(2026, 3, 9)) == {("书记", soon), ("谈话人", soon)}
    assert told(date(2026, 3, 12)) == set()
    late = "周知的四必谈谈话已于2026年3月12日到期，请尽快办理并登记。"
    assert told(date(2026, 3, 13)) == {("书记", late), ("谈话人", late)}
    assert told(date(2026, 3, 18)) == set()
    assert told(date(2026, 3, 19)) == {("干事", "周知的四必谈谈话已于2026年3月12日到期仍未办理，请督促。")}
    assert told(date(2026, 3, 19)) == set()


def test_o10_a_reminder_of_a_sensitive_talk_names_nobody(branch):
    make_user_with_post("secretary", branch, name="书记")
    DutyFactory(organization=branch, sensitive=True, member=MemberFactory(name="周知"))

    assert told(date(2026, 3, 13)) == {("书记", "一项应谈话事项已于2026年3月12日到期，请尽快办理并登记。")}


def test_n29_who_is_to_be_trained_is_told_himself(branch):
    member = MemberFactory(user=make_user_with_post("member", branch, name="新书记"))
    DutyFactory(kind="appointment_training", organization=branch, member=member)

    assert told(date(2026, 3, 10)) == {("新书记", "您应参加的新任书记任职培训期限为2026年3月12日。")}


def test_n18_what_is_done_is_not_reminded_of(branch):
    make_user_with_post("secretary", branch)
    duty = DutyFactory(organization=branch)
    fulfil_duty(by=actor(make_user_with_post("staff", branch)), duty=duty, done_on=DAY, summary="已谈话")

    assert told(date(2026, 3, 13)) == set()
