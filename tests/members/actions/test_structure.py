"""Requests to put the structure right, from asking to their end (O03)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.structure import (
    accept_answer,
    answer_task,
    approve_structure,
    ask_to_put_right,
    close_passed,
    end_approval,
    remind_structure_tasks,
    return_answer,
)
from members.models import StructureTask
from members.queries.structure import findings_under
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, GeneralBranchFactory, actor, make_user_with_post
from tests.factories.members import OfficeFactory, make_roster
from tests.factories.terms import StructureApprovalFactory, StructureTaskFactory, TermFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
TODAY = date(2026, 11, 20)
DUE = date(2026, 12, 20)


@pytest.fixture(autouse=True)
def today(move_clock):
    move_clock("2026-11-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    """A branch of five without a secretary."""
    branch = BranchFactory(name="一支部", parent=committee)
    make_roster(branch, 5)
    return branch


def codes(organization):
    found = findings_under(organization.path, TODAY)
    return [line.finding.code.value for line in found if line.place.pk == organization.pk]


class TestCheck:
    def test_o03_facts_come_from_rosters_offices_and_terms(self, branch):
        TermFactory(organization=branch, elected_on=date(2023, 11, 19))

        assert codes(branch) == ["no_secretary", "over_term"]

    def test_o03_members_below_count_for_superiors(self, committee):
        general = GeneralBranchFactory(parent=committee)
        for department in ("财政局", "审计局"):
            make_roster(BranchFactory(parent=general, department=department), 3)
        OfficeFactory(organization=general)

        assert codes(general) == ["general_branch_small", "cross_department"]
        assert "no_members" not in codes(committee)

    def test_o03_an_approval_in_force_takes_the_finding_away(self, committee, branch):
        StructureApprovalFactory(organization=committee)
        OfficeFactory(organization=committee)

        assert codes(committee) == []

    def test_o03_an_extension_counts(self, branch):
        TermFactory(organization=branch, elected_on=date(2023, 11, 1), extended_to=date(2027, 1, 1))
        OfficeFactory(organization=branch)

        assert codes(branch) == []

    def test_o03_a_dissolved_organisation_is_not_checked(self, committee, branch):
        branch.dissolved_on = date(2026, 1, 1)
        branch.save()

        assert codes(branch) == []

    def test_o03_as_many_queries_for_a_tree_as_for_one(self, committee, branch, django_assert_num_queries):
        with django_assert_num_queries(6):
            findings_under(committee.path, TODAY)
        for _ in range(5):
            make_roster(BranchFactory(parent=committee, department="甲、乙"), 2)

        with django_assert_num_queries(6):
            assert len(findings_under(committee.path, TODAY)) > 10


class TestAsking:
    def ask(self, committee, *marked):
        return ask_to_put_right(by=SYSTEM, under=committee, marked=marked, due_on=DUE, note="请抓紧")

    def test_o03_the_organisation_is_asked_and_told(self, committee, branch, trail):
        secretary = make_user_with_post("secretary", branch)

        task = self.ask(committee, (branch.pk, "no_secretary"))[0]

        assert (task.words, task.due_on) == ("没有书记，请及时选举或者任命", DUE)
        assert "2026年12月20日前整改" in Notice.objects.get(user=secretary).text
        assert trail().last().verb == "下发设置问题整改"

    def test_o03_asked_twice_it_runs_once(self, committee, branch):
        self.ask(committee, (branch.pk, "no_secretary"))

        assert self.ask(committee, (branch.pk, "no_secretary")) == []
        assert StructureTask.objects.count() == 1

    def test_o03_what_the_check_does_not_find_is_not_asked(self, committee, branch):
        assert self.ask(committee, (branch.pk, "too_many"), (BranchFactory().pk, "no_secretary")) == []

    def test_o03_the_day_is_not_past(self, committee, branch):
        with pytest.raises(ValidationError, match="不能早于今天"):
            ask_to_put_right(
                by=SYSTEM, under=committee, marked=[(branch.pk, "no_secretary")], due_on=date(2026, 11, 19)
            )


class TestAnswer:
    @pytest.fixture
    def task(self, branch):
        return StructureTaskFactory(organization=branch, due_on=DUE)

    def test_o03_explained_and_accepted(self, task, branch, committee, trail):
        secretary, staff = make_user_with_post("secretary", branch), make_user_with_post("staff", committee)
        answer_task(by=actor(secretary), task=task, answer="书记人选正在考察")

        accept_answer(by=actor(staff), task=task, remark="同意")

        task.refresh_from_db()
        assert (task.closed_on, task.closed_how, task.closed_by) == (TODAY, "accepted", staff)
        assert [entry.verb for entry in trail()][-2:] == ["说明设置问题", "办结设置问题整改：说明已采纳"]

    def test_o03_returned_it_runs_on(self, task, branch):
        secretary = make_user_with_post("secretary", branch)
        answer_task(by=SYSTEM, task=task, answer="正在考察")

        return_answer(by=SYSTEM, task=task, remark="请写明时间")

        task.refresh_from_db()
        assert (task.answered_on, task.closed_on, task.remark) == (None, None, "请写明时间")
        assert "请写明时间" in Notice.objects.get(user=secretary).text

    def test_o03_without_an_explanation_there_is_nothing_to_accept(self, task):
        with pytest.raises(ValidationError, match="还没有收到"):
            accept_answer(by=SYSTEM, task=task)

    def test_o03_nobody_accepts_his_own_organisations(self, committee):
        task = StructureTaskFactory(organization=committee, answer="说明", answered_on=TODAY)
        staff = make_user_with_post("staff", committee)

        with pytest.raises(ValidationError, match="由上级党组织办理"):
            accept_answer(by=actor(staff), task=task)

    def test_o03_at_the_top_a_second_person_accepts(self):
        top = CommitteeFactory(parent=None)
        one, other = make_user_with_post("staff", top), make_user_with_post("staff", top)
        task = StructureTaskFactory(organization=top, answer="说明", answered_on=TODAY, answered_by=one)

        with pytest.raises(ValidationError, match="另一名同志"):
            accept_answer(by=actor(one), task=task)
        accept_answer(by=actor(other), task=task)

    def test_o03_what_has_ended_is_not_answered(self, branch):
        task = StructureTaskFactory(organization=branch, closed_on=TODAY, closed_how="passed")

        with pytest.raises(ValidationError, match="已经办结"):
            answer_task(by=SYSTEM, task=task, answer="说明")


class TestEnd:
    def test_o03_it_ends_by_itself_when_the_check_passes(self, branch):
        task = StructureTaskFactory(organization=branch)
        assert close_passed(by=SYSTEM, on=TODAY) == 0
        OfficeFactory(organization=branch)

        assert [close_passed(by=SYSTEM, on=TODAY), close_passed(by=SYSTEM, on=TODAY)] == [1, 0]

        task.refresh_from_db()
        assert (task.closed_on, task.closed_how) == (TODAY, "passed")

    @pytest.mark.parametrize(
        ("on", "told"),
        [(date(2026, 12, 12), 0), (date(2026, 12, 13), 1), (date(2026, 12, 20), 1), (date(2026, 12, 21), 1)],
    )
    def test_o03_reminded_before_the_day_and_after_it_once(self, branch, on, told):
        make_user_with_post("secretary", branch)
        StructureTaskFactory(organization=branch, asked_on=TODAY, due_on=DUE)

        assert [remind_structure_tasks(by=SYSTEM, on=on), remind_structure_tasks(by=SYSTEM, on=on)] == [told, 0]


class TestApproval:
    def approve(self, organization, by=SYSTEM, code="committee_small", **kwargs):
        given = {"approved_on": TODAY, "document": "区直工委〔2026〕3号", **kwargs}
        return approve_structure(by=by, organization=organization, code=code, **given)

    def test_o03_approved_by_the_superior(self, committee, trail):
        staff = make_user_with_post("staff", committee.parent)

        self.approve(committee, by=actor(staff))

        assert trail().last().verb == "批准设置"
        assert "committee_small" not in codes(committee)

    def test_o03_ended_it_no_longer_counts(self, committee, branch):
        approval = self.approve(committee)

        end_approval(by=SYSTEM, approval=approval, ends_on=TODAY)

        assert "committee_small" in codes(committee)

    def test_o03_not_by_oneself_not_twice_not_for_everything(self, committee):
        with pytest.raises(ValidationError, match="由上级党组织办理"):
            self.approve(committee, by=actor(make_user_with_post("staff", committee)))
        with pytest.raises(ValidationError, match="不能以批准代替整改"):
            self.approve(committee, code="no_secretary")
        self.approve(committee)
        with pytest.raises(ValidationError, match="已经登记批准"):
            self.approve(committee)
