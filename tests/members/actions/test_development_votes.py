"""Votes and decisions: who is taken in, who becomes a full member, and what is undone."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members.actions.development.quotas import set_quota
from members.actions.development.records import note_observation, publish_notice
from members.enums import DevelopmentOutcome, MemberKind, NoticeKind, Resolution
from members.models import DevelopmentQuota, Member, MemberChange, Membership
from members.queries.development import intake_of
from members.queries.roster import figures_on
from tests.factories.branches import BranchFactory
from tests.factories.development import BALLOT, DAYS, SYSTEM, drive, make_file, prepare, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(move_clock):
    move_clock("2026-11-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def file(branch):
    return make_file(branch)


def ready(file, code):
    drive(file, code)
    prepare(file, code)
    return file


def words(error):
    return "".join(error.value.messages)


class TestIntake:
    def test_o05_passed_the_person_is_on_the_roster_from_that_day(self, file, branch, trail):
        ready(file, "vote")

        take(file, "vote")

        member = Member.objects.get(pk=file.member_id)
        assert (member.kind, member.joined_on) == (MemberKind.PROBATIONARY, DAYS["vote"])
        assert Membership.objects.get(member=member).starts_on == DAYS["vote"]
        assert figures_on(branch, DAYS["vote"]).probationary == 1
        assert figures_on(branch, date(2024, 6, 24)).probationary == 0
        change = MemberChange.objects.get(member=member, field="joined_on")
        assert (change.after, change.effective_on) == ("2024年6月25日", DAYS["vote"])
        assert trail().filter(verb="票决接收为预备党员", detail__note="应到5 到会5 赞成5 通过").exists()

    def test_o05_not_passed_is_kept_and_changes_nothing(self, file):
        ready(file, "vote")

        take(file, "vote", ballot=replace(BALLOT, in_favour=2, against=3))

        assert file.votes.get().is_passed is False
        assert file.steps.get(code="vote").void_reason == "表决未通过"
        assert Member.objects.get(pk=file.member_id).kind == MemberKind.CANDIDATE
        take(file, "vote", on=date(2024, 8, 5))
        assert Member.objects.get(pk=file.member_id).joined_on == date(2024, 8, 5)

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"present": 2, "in_favour": 2}, "present"),
            ({"present": 6}, "present"),
            ({"in_favour": 6}, "in_favour"),
            ({"entitled": 0}, "entitled"),
        ],
    )
    def test_o05_an_invalid_meeting_is_refused(self, file, changed, field):
        ready(file, "vote")

        with pytest.raises(ValidationError) as error:
            take(file, "vote", ballot=replace(BALLOT, **changed))
        assert list(error.value.message_dict) == [field]
        assert file.votes.count() == 0

    def test_o05_a_meeting_does_not_resolve_what_is_not_at_hand(self, file):
        ready(file, "vote")

        with pytest.raises(ValidationError):
            take(file, "vote", resolution=Resolution.CONVERT)


class TestDecisions:
    def test_o05_a_pre_review_without_consent_goes_back_to_the_branch(self, file):
        drive(file, "pre_review")
        assert file.waits_for == "SUPERIOR"

        take(file, "pre_review", is_agreed=False, opinion="政治审查材料不全")

        assert (file.next_code, file.waits_for) == ("committee_review", "BRANCH")
        assert file.steps.get(code="committee_review").void_reason == "预审未通过：政治审查材料不全"
        take(file, "committee_review", on=date(2024, 6, 11))
        take(file, "pre_review", on=date(2024, 6, 12))
        assert file.next_code == "form"

    def test_o05_a_decision_says_why(self, file):
        drive(file, "pre_review")
        with pytest.raises(ValidationError):
            take(file, "pre_review", opinion=" ")

    def test_o05_an_intake_without_approval_is_undone(self, file, branch):
        drive(file, "approval")

        take(file, "approval", is_agreed=False, opinion="程序不符合规定")

        member = Member.objects.get(pk=file.member_id)
        assert (file.outcome, file.closed_on) == (DevelopmentOutcome.REFUSED, DAYS["approval"])
        assert (member.kind, member.joined_on) == (MemberKind.APPLICANT, None)
        assert member.memberships.get().ends_on == DAYS["approval"]
        assert intake_of(branch, 2024) == 0

    def test_o05_a_conversion_without_approval_is_discussed_again(self, file):
        drive(file, "conversion_approval")

        take(file, "conversion_approval", is_agreed=False, opinion="请补充考察")

        assert (file.next_code, file.outcome) == ("conversion_vote", DevelopmentOutcome.OPEN)
        assert Member.objects.get(pk=file.member_id).kind == MemberKind.PROBATIONARY


class TestConversion:
    def test_o05_full_from_the_end_of_probation(self, file, branch):
        drive(file, "archived")

        member = Member.objects.get(pk=file.member_id)
        assert (member.kind, member.converted_on) == (MemberKind.FULL, date(2025, 6, 25))
        assert figures_on(branch, date(2025, 6, 24)).full == 5
        assert figures_on(branch, date(2025, 6, 25)).full == 6

    def test_o05_probation_is_extended_once(self, file):
        ready(file, "conversion_vote")
        take(file, "conversion_vote", resolution=Resolution.EXTEND, months=6)
        assert file.extension == 0
        take(file, "conversion_approval", on=date(2025, 7, 8))

        assert (file.extension, file.next_code) == (6, "probation")
        assert Member.objects.get(pk=file.member_id).kind == MemberKind.PROBATIONARY
        note_observation(by=SYSTEM, file=file, observed_on=date(2025, 12, 20), people="周敏", text="有进步")
        take(file, "probation", on=date(2025, 12, 20))
        take(file, "conversion_apply", on=date(2025, 12, 20))
        self._notice(file)
        with pytest.raises(ValidationError) as error:
            take(file, "conversion_vote", on=date(2025, 12, 24))
        assert "满1年6个月后，最早2025年12月25日" in words(error)
        with pytest.raises(ValidationError) as error:
            take(file, "conversion_vote", on=date(2025, 12, 26), resolution=Resolution.EXTEND, months=6)
        assert words(error) == "预备期已延长过一次，不能再次延长。"
        take(file, "conversion_vote", on=date(2025, 12, 26))
        take(file, "conversion_approval", on=date(2026, 1, 5))
        assert Member.objects.get(pk=file.member_id).converted_on == date(2025, 12, 25)

    def test_o05_after_an_extension_a_new_notice_is_asked_for(self, file):
        ready(file, "conversion_vote")
        take(file, "conversion_vote", resolution=Resolution.EXTEND, months=6)
        take(file, "conversion_approval", on=date(2025, 7, 8))
        note_observation(by=SYSTEM, file=file, observed_on=date(2025, 12, 20), people="周敏", text="有进步")
        take(file, "probation", on=date(2025, 12, 20))
        take(file, "conversion_apply", on=date(2025, 12, 20))

        with pytest.raises(ValidationError) as error:
            take(file, "conversion_vote", on=date(2025, 12, 26))
        assert "公示" in words(error)

    @pytest.mark.parametrize("months", [5, 13])
    def test_o05_by_6_to_12_months(self, file, months):
        ready(file, "conversion_vote")

        with pytest.raises(ValidationError) as error:
            take(file, "conversion_vote", resolution=Resolution.EXTEND, months=months)
        assert error.value.message_dict == {"months": ["延长预备期应为6至12个月。"]}

    def test_o05_cancelled_the_person_is_off_the_roster(self, file, branch):
        ready(file, "conversion_vote")
        take(file, "conversion_vote", resolution=Resolution.CANCEL)
        take(file, "conversion_approval")

        member = Member.objects.get(pk=file.member_id)
        assert file.outcome == DevelopmentOutcome.CANCELLED
        assert (member.kind, member.memberships.get().ends_on) == (MemberKind.APPLICANT, DAYS["conversion_approval"])

    def _notice(self, file):
        publish_notice(
            by=SYSTEM, file=file, kind=NoticeKind.CONVERSION, starts_on=date(2025, 12, 8), ends_on=date(2025, 12, 15),
            place="公示栏",
        )  # fmt: skip


class TestQuota:
    def test_o05_nobody_is_taken_in_beyond_the_quota(self, file, branch):
        set_quota(by=SYSTEM, organization=branch.parent, year=2024, number=0)
        ready(file, "vote")

        with pytest.raises(ValidationError) as error:
            take(file, "vote")
        assert "2024年发展党员控制总量为0名，已经用完" in words(error)
        assert Member.objects.get(pk=file.member_id).kind == MemberKind.CANDIDATE
        set_quota(by=SYSTEM, organization=branch.parent, year=2024, number=1)
        take(file, "vote")
        assert intake_of(branch.parent, 2024) == 1

    def test_o05_unless_the_superior_says_why(self, file, branch):
        set_quota(by=SYSTEM, organization=branch, year=2024, number=0)
        drive(file, "pre_review")
        take(file, "pre_review", quota_note="区委组织部增加一名")
        ready(file, "vote")

        take(file, "vote")

        assert Member.objects.get(pk=file.member_id).kind == MemberKind.PROBATIONARY

    def test_o05_a_quota_is_changed_and_leaves_a_trace_once(self, branch, trail):
        for _ in range(2):
            set_quota(by=SYSTEM, organization=branch, year=2026, number=3, note="区委通知")

        assert DevelopmentQuota.objects.get().number == 3
        assert trail().get().verb == "下达发展党员控制总量"
