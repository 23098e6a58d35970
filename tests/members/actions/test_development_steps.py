"""A file from its opening to the archive, one step at a time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from members.actions.development.closing import close_file
from members.actions.development.files import edit_facts, move_file, open_file
from members.actions.development.records import note_observation, publish_notice, settle_notice
from members.actions.development.steps import Paper, add_paper, replace_person, take_step, void_step
from members.actions.development.votes import record_vote
from members.enums import DevelopmentOutcome, MemberKind, NoticeKind, PersonRole
from members.models import DevelopmentFile, DevelopmentPaper, Member, Membership
from members.rules.development import STEPS
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.branches import actor as actor_of
from tests.factories.development import (
    BALLOT,
    DAYS,
    SYSTEM,
    colleagues,
    drive,
    make_file,
    papers_of,
    prepare,
    take,
)
from tests.factories.members import MemberFactory, ProbationaryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def file(branch):
    return make_file(branch)


def words(error):
    return "".join(error.value.messages)


class TestOpening:
    def test_o05_a_file_makes_an_applicant_on_no_roster(self, file, branch, trail):
        assert file.member.kind == MemberKind.APPLICANT
        assert not Membership.objects.filter(member=file.member).exists()
        assert (file.stage, file.next_code, file.waits_for) == (1, "apply", "BRANCH")

    def test_o05_of_somebody_who_applied_before(self, branch):
        known = MemberFactory(kind=MemberKind.ACTIVIST, joined_on=None, converted_on=None)

        file = open_file(by=SYSTEM, organization=branch, opened_on=date(2026, 1, 5), member=known)

        assert file.member == known

    def test_o05_nobody_has_two_files(self, file, branch):
        with pytest.raises(ValidationError) as error:
            open_file(by=SYSTEM, organization=branch, opened_on=date(2026, 1, 5), member=file.member)
        assert "已有在办的发展党员档案" in words(error)

    def test_o05_a_member_is_not_developed(self, branch):
        with pytest.raises(ValidationError) as error:
            open_file(by=SYSTEM, organization=branch, opened_on=date(2026, 1, 5), member=ProbationaryFactory())
        assert "已是预备党员" in words(error)

    def test_o05_only_a_branch_develops_and_not_in_the_future(self, branch):
        given = {"name": "陈晓", "sex": "female"}
        with pytest.raises(ValidationError):
            open_file(by=SYSTEM, organization=CommitteeFactory(), opened_on=date(2026, 1, 5), **given)
        with pytest.raises(ValidationError):
            open_file(by=SYSTEM, organization=branch, opened_on=date(2026, 3, 6), **given)
        assert not Member.objects.filter(name="陈晓").exists()

    def test_o05_what_is_known_is_corrected_while_the_file_is_in_hand(self, file):
        edit_facts(by=SYSTEM, file=file, is_front_line=True, education="大学本科")

        file.refresh_from_db()
        assert (file.is_front_line, file.member.education) == (True, "大学本科")
        with pytest.raises(ValidationError):
            edit_facts(by=SYSTEM, file=file, is_front_line=True, id_number="123")


class TestSteps:
    def test_o05_a_step_is_kept_with_its_day_people_and_material(self, file, trail):
        upload = SimpleUploadedFile("申请书.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
        paper = Paper("入党申请书", upload)

        step = take_step(
            by=SYSTEM, file=file, code="apply", done_on=DAYS["apply"], people="周敏", notes="亲手递交", papers=[paper]
        )

        file.refresh_from_db()
        kept = file.papers.get()
        assert (step.done_on, step.people, step.notes) == (DAYS["apply"], "周敏", "亲手递交")
        assert (kept.code, kept.kind, kept.name, kept.is_on_paper) == ("apply", "入党申请书", "申请书.pdf", False)
        assert (file.next_code, file.due_on, file.due_code) == ("talk", date(2023, 4, 1), "talk")
        assert trail().last().verb == "办理递交入党申请书"

    def test_o05_a_refused_step_keeps_nothing(self, file):
        take(file, "apply")

        with pytest.raises(ValidationError) as error:
            take_step(
                by=SYSTEM, file=file, code="talk", done_on=date(2023, 2, 1), people="周敏", papers=papers_of("talk")
            )

        assert words(error) == "第2步“党组织派人谈话”不早于上一步，最早2023年3月1日。"
        assert set(file.papers.values_list("code", flat=True)) == {"apply"}
        assert file.steps.count() == 1

    def test_o05_a_second_submission_is_told_that_it_is_done(self, file):
        take(file, "apply")

        with pytest.raises(ValidationError) as error:
            take(file, "apply")
        assert "已于2023年3月1日办理" in words(error)
        assert (file.steps.count(), file.papers.count()) == (1, 1)

    def test_o05_who_handled_it_is_always_said(self, file):
        with pytest.raises(ValidationError) as error:
            take(file, "apply", people=" ")
        assert error.value.message_dict == {"people": ["请填写接收人。"]}

    def test_o05_the_person_is_an_activist_then_a_candidate(self, file):
        drive(file, "activist_filed")
        assert file.member.kind == MemberKind.ACTIVIST
        assert file.waits_for == "SUPERIOR"

        drive(file, "candidate_filed")
        file.member.refresh_from_db()
        assert file.member.kind == MemberKind.CANDIDATE
        assert file.stage == 3

    def test_o05_contacts_and_introducers_are_full_members_of_the_branch(self, file):
        drive(file, "introducers")
        stranger = MemberFactory()

        for members in ([colleagues(file)[0]], [colleagues(file)[0], stranger]):
            with pytest.raises(ValidationError) as error:
                take(file, "introducers", members=members)
            assert "members" in error.value.message_dict
        take(file, "introducers")

        assert file.persons.filter(role=PersonRole.INTRODUCER).count() == 2
        assert file.persons.filter(role=PersonRole.CONTACT).count() == 2

    def test_o05_a_contact_is_replaced(self, file):
        drive(file, "training")
        person = file.persons.first()
        other = colleagues(file, 4)[3]

        replace_person(by=SYSTEM, person=person, member=other, on=date(2023, 9, 1))

        person.refresh_from_db()
        assert person.ends_on == date(2023, 9, 1)
        assert file.persons.filter(member=other, ends_on=None).count() == 1
        with pytest.raises(ValidationError):
            replace_person(by=SYSTEM, person=person, member=other, on=date(2023, 9, 2))

    def test_o05_what_the_superior_decides_is_not_decided_by_the_branch(self, file, branch):
        drive(file, "activist_filed")
        secretary = actor_of(make_user_with_post("staff", branch))
        staff = actor_of(make_user_with_post("staff", branch.parent))

        with pytest.raises(ValidationError) as error:
            take(file, "activist_filed", by=secretary)
        assert "由上级党委办理" in words(error)
        take(file, "activist_filed", by=staff)

    def test_o05_a_vote_is_no_plain_step(self, file):
        with pytest.raises(ValueError, match="vote"):
            take_step(by=SYSTEM, file=file, code="vote", done_on=DAYS["vote"], people="周敏")

    def test_o05_a_material_that_comes_later(self, file):
        take(file, "apply")

        add_paper(by=SYSTEM, file=file, code="apply", paper=Paper("自传"))
        add_paper(by=SYSTEM, file=file, code="apply", paper=Paper("自传"))

        assert DevelopmentPaper.objects.filter(kind="自传").count() == 1


class TestVoid:
    def test_o05_the_last_step_is_declared_void_with_a_reason(self, file):
        drive(file, "activist_filed")
        step = file.steps.get(code="activist")

        with pytest.raises(ValidationError):
            void_step(by=SYSTEM, step=step, reason=" ")
        void_step(by=SYSTEM, step=step, reason="日期录错")

        file.refresh_from_db()
        assert (file.next_code, file.member.kind) == ("activist", MemberKind.APPLICANT)
        take(file, "activist", on=date(2023, 4, 11))
        assert file.steps.filter(code="activist").count() == 2

    def test_o05_not_one_on_which_others_stand(self, file):
        drive(file, "activist_filed")

        with pytest.raises(ValidationError) as error:
            void_step(by=SYSTEM, step=file.steps.get(code="talk"), reason="录错")
        assert words(error) == "第3步“推荐和确定入党积极分子”已在其后办理，请先作废后面的步骤。"

    def test_o05_not_a_vote(self, file):
        drive(file, "superior_talk")

        with pytest.raises(ValidationError):
            void_step(by=SYSTEM, step=file.steps.get(code="vote"), reason="录错")


class TestNotices:
    def test_o05_a_notice_runs_at_least_five_working_days(self, file):
        given = {"by": SYSTEM, "file": file, "kind": NoticeKind.CANDIDATE, "place": "公示栏"}

        with pytest.raises(ValidationError) as error:
            publish_notice(**given, starts_on=date(2024, 4, 15), ends_on=date(2024, 4, 18))
        assert words(error) == "公示不少于5个工作日，现为4个工作日。"
        assert publish_notice(**given, starts_on=date(2024, 4, 15), ends_on=date(2024, 4, 19)).workdays == 5

    def test_o05_an_open_objection_holds_the_file_up(self, file):
        drive(file, "candidate_filed")
        prepare(file, "candidate_filed")
        notice = file.notices.get()
        settle_notice(by=SYSTEM, notice=notice, objections="反映工作作风问题", settlement="")

        with pytest.raises(ValidationError) as error:
            take(file, "candidate_filed")
        assert "公示期满且无未处理的异议" in words(error)

        settle_notice(by=SYSTEM, notice=notice, objections="反映工作作风问题", settlement="经核查不属实")
        take(file, "candidate_filed")

    def test_o05_a_settlement_needs_its_objection(self, file):
        prepare(file, "candidate_filed")
        with pytest.raises(ValidationError):
            settle_notice(by=SYSTEM, notice=file.notices.get(), objections="", settlement="已处理")


class TestObservations:
    def test_o05_a_note_moves_the_next_one(self, file):
        drive(file, "training")
        assert (file.due_on, file.due_code) == (date(2023, 10, 10), "training")

        note_observation(by=SYSTEM, file=file, observed_on=date(2023, 10, 1), people="周敏", text="良好")

        file.refresh_from_db()
        assert file.due_on == date(2024, 4, 1)

    @pytest.mark.parametrize(
        ("day", "text"), [(date(2026, 3, 6), "好"), (date(2023, 2, 1), "好"), (date(2023, 9, 1), " ")]
    )
    def test_o05_not_in_the_future_not_before_the_file_not_empty(self, file, day, text):
        with pytest.raises(ValidationError):
            note_observation(by=SYSTEM, file=file, observed_on=day, people="周敏", text=text)


class TestClosing:
    def test_o05_stopped_with_a_reason(self, file, trail):
        drive(file, "contacts")
        given = {"by": SYSTEM, "file": file, "outcome": DevelopmentOutcome.STOPPED, "on": date(2024, 1, 5)}

        with pytest.raises(ValidationError):
            close_file(**given, reason="")
        close_file(**given, reason="调离本单位")

        file.refresh_from_db()
        assert (file.outcome, file.closed_on, file.waits_for, file.due_on) == ("stopped", date(2024, 1, 5), "", None)
        assert file.member.kind == MemberKind.APPLICANT
        with pytest.raises(ValidationError) as error:
            take(file, "contacts")
        assert "该档案已办结（停止培养）" in words(error)

    def test_o05_a_probationary_member_is_not_simply_stopped(self, file):
        drive(file, "superior_talk")

        with pytest.raises(ValidationError) as error:
            close_file(by=SYSTEM, file=file, outcome=DevelopmentOutcome.STOPPED, on=date(2024, 9, 1), reason="表现不好")
        assert "应由支部大会表决" in words(error)

    def test_o05_the_file_follows_the_person(self, file):
        other = BranchFactory()

        move_file(by=SYSTEM, member=file.member, to=other)
        move_file(by=SYSTEM, member=file.member, to=other)

        assert DevelopmentFile.objects.get().organization == other
        assert move_file(by=SYSTEM, member=MemberFactory(), to=other) is None


def test_o05_the_whole_way(file, branch):
    drive(file, "archived")
    take(file, "archived")

    member = Member.objects.get(pk=file.member_id)
    assert (file.outcome, file.closed_on) == (DevelopmentOutcome.CONVERTED, DAYS["archived"])
    assert (member.kind, member.joined_on, member.converted_on) == ("full", DAYS["vote"], date(2025, 6, 25))
    assert member.memberships.get().starts_on == DAYS["vote"]
    assert file.steps.valid().count() == len(STEPS)


def test_o05_a_vote_before_its_time_changes_nothing(file):
    drive(file, "vote")

    with pytest.raises(ValidationError):
        record_vote(
            by=SYSTEM, file=file, code="vote", held_on=DAYS["vote"], ballot=BALLOT, people="周敏",
            papers=papers_of("vote"),
        )  # fmt: skip
    assert file.votes.count() == 0
    assert Member.objects.get(pk=file.member_id).kind == MemberKind.CANDIDATE
