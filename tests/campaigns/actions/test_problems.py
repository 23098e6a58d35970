"""A problem from being raised to being struck off and opened again (R01, R03, R04)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from campaigns.actions.problem_closing import (
    ask_to_close,
    close_problem,
    look_back,
    return_problem,
    withdraw_asking,
)
from campaigns.actions.problem_steps import (
    Planned,
    add_paper,
    add_step,
    complete_step,
    note_progress,
    remove_paper,
    remove_step,
)
from campaigns.actions.problems import claim_problem, edit_problem, raise_problem, void_problem
from campaigns.models import Problem, ProblemEvent
from campaigns.rules.problems import Deadline, Origin, State, Verb
from office.models import Notice
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory
from tests.factories.members_rooms import picture
from tests.factories.problems import ClosedFactory, ProblemFactory, ReadyFactory, WorkingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(name="第一支部")


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post(Role.SECRETARY, branch))


@pytest.fixture
def staff(branch):
    return actor(make_user_with_post(Role.STAFF, branch.parent))


def verbs(problem):
    return list(ProblemEvent.objects.filter(problem=problem).values_list("verb", flat=True))


def test_r01_a_superior_raises_and_the_organisation_is_told(branch, staff, secretary):
    problem = raise_problem(by=staff, organization=branch, text=" 记录不完整 ", origin=Origin.COMMENT)
    assert (problem.text, problem.state, problem.raised_at) == ("记录不完整", State.REGISTERED, branch.parent)
    assert problem.due_on == date(2026, 4, 7)
    assert Notice.objects.get().user_id == secretary.user_id


def test_r03_in_a_campaign_the_day_is_30_september(branch, staff):
    campaign = CampaignFactory(issuer=branch.parent.parent)
    problem = raise_problem(by=staff, organization=branch, text="不实", origin=Origin.DEBRIEFING, campaign=campaign)
    assert problem.due_on == date(2026, 9, 30)


def test_r01_a_finding_is_raised_once_by_its_key(branch, staff):
    values = {"organization": branch, "origin": Origin.INSPECTION, "origin_key": "finding:7"}
    first = raise_problem(by=staff, text="没有台账", **values)
    assert raise_problem(by=staff, text="没有台账，另见附件", **values) == first
    assert Problem.objects.count() == 1


def test_r01_the_same_words_twice_are_one_problem(branch, secretary):
    values = {"by": secretary, "organization": branch, "text": "学习不经常", "origin": Origin.SELF_CHECK}
    assert raise_problem(**values) == raise_problem(**values)


def test_r02_claiming_fixes_who_what_and_when(branch, secretary):
    problem = ProblemFactory(organization=branch)
    steps = [Planned("补齐记录", "周敏", date(2026, 3, 20)), Planned("每月检查")]
    problem = claim_problem(by=secretary, problem=problem, leader="沈若宁", responsible="周敏", steps=steps)
    assert (problem.state, problem.claimed_on, problem.effect_due_on) == (State.WORKING, date(2026, 3, 5), None)
    assert [(step.text, step.person, step.due_on) for step in problem.steps.all()] == [
        ("补齐记录", "周敏", date(2026, 3, 20)),
        ("每月检查", "周敏", date(2026, 4, 1)),
    ]


def test_r03_a_longer_one_shows_effect_two_months_from_the_claim(branch, secretary):
    problem = ProblemFactory(organization=branch, deadline=Deadline.LONGER, due_on=date(2026, 9, 1))
    claim_problem(by=secretary, problem=problem, leader="沈若宁", responsible="周敏", steps=[Planned("定计划")])
    problem.refresh_from_db()
    # 5 May is a holiday: the next working day.
    assert problem.effect_due_on == date(2026, 5, 6)
    note_progress(by=secretary, problem=problem, text="已初步规范", shows_effect=True)
    problem.refresh_from_db()
    assert (problem.effect_on, verbs(problem)[-1]) == (date(2026, 3, 5), Verb.EFFECT)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"leader": " "}, "leader"),
        ({"responsible": ""}, "responsible"),
        ({"steps": []}, "steps"),
        ({"steps": [Planned("太晚", "", date(2026, 4, 2))]}, "steps"),
    ],
)
def test_r01_a_claim_that_is_not_whole_is_refused(branch, secretary, values, field):
    problem = ProblemFactory(organization=branch)
    usual = {"leader": "沈若宁", "responsible": "周敏", "steps": [Planned("补齐记录")]}
    with pytest.raises(ValidationError) as refusal:
        claim_problem(by=secretary, problem=problem, **usual | values)
    assert field in refusal.value.message_dict
    problem.refresh_from_db()
    assert problem.state == State.REGISTERED


def test_r03_the_organisation_does_not_move_the_superiors_day(branch, secretary, staff):
    problem = ProblemFactory(organization=branch)
    edit_problem(by=secretary, problem=problem, text="记录不完整", due_on=date(2026, 12, 1))
    problem.refresh_from_db()
    assert (problem.text, problem.due_on) == ("记录不完整", date(2026, 4, 1))
    edit_problem(by=staff, problem=problem, due_on=date(2026, 5, 1))
    problem.refresh_from_db()
    assert problem.due_on == date(2026, 5, 1)


def test_r04_from_evidence_to_the_closing(branch, secretary, staff):
    problem = WorkingFactory(organization=branch)
    with pytest.raises(ValidationError, match="1 项措施没有完成"):
        ask_to_close(by=secretary, problem=problem, text="已完成")
    complete_step(by=secretary, step=problem.steps.get(), done_on=date(2026, 3, 5))
    with pytest.raises(ValidationError, match="佐证材料"):
        ask_to_close(by=secretary, problem=problem, text="已完成")
    add_paper(by=secretary, problem=problem, upload=picture())
    ask_to_close(by=secretary, problem=problem, text="已完成", regulation="《记录管理制度》")
    return_problem(by=staff, problem=problem, remark="缺少三月记录")
    ask_to_close(by=secretary, problem=problem, text="已补三月记录")
    problem = close_problem(by=staff, problem=problem, remark="核验属实")
    assert (problem.state, problem.closed_on, problem.regulation) == (
        State.CLOSED, date(2026, 3, 5), "《记录管理制度》",
    )  # fmt: skip
    assert verbs(problem) == [Verb.ASK, Verb.RETURN, Verb.ASK, Verb.CLOSE]


def test_r04_nobody_closes_his_own_organisations_problem(branch, secretary):
    problem = ask_to_close(by=secretary, problem=ReadyFactory(organization=branch), text="已完成")
    for decide in (close_problem, return_problem):
        with pytest.raises(ValidationError, match="上级党组织核验"):
            decide(by=secretary, problem=problem, remark="属实")


def test_r04_at_the_top_of_a_tree_a_second_person_closes(branch):
    root = branch.parent.parent
    first, second = (actor(make_user_with_post(Role.STAFF, root)) for _ in range(2))
    problem = ask_to_close(by=first, problem=ReadyFactory(organization=root, raised_at=root), text="已完成")
    with pytest.raises(ValidationError, match="另一名同志"):
        close_problem(by=first, problem=problem)
    assert close_problem(by=second, problem=problem).state == State.CLOSED


def test_r04_a_second_click_finds_it_closed(branch, secretary, staff):
    problem = ask_to_close(by=secretary, problem=ReadyFactory(organization=branch), text="已完成")
    close_problem(by=staff, problem=problem)
    with pytest.raises(ValidationError, match="已销号"):
        close_problem(by=staff, problem=problem)


def test_r04_an_asking_is_taken_back(branch, secretary):
    problem = ask_to_close(by=secretary, problem=ReadyFactory(organization=branch), text="已完成")
    assert withdraw_asking(by=secretary, problem=problem).state == State.WORKING


def test_r04_a_look_back_that_holds_leaves_it_closed(branch, staff):
    problem = look_back(by=staff, problem=ClosedFactory(organization=branch), has_come_back=False, text="保持良好")
    assert (problem.state, problem.looked_back_on, problem.reopened) == (State.CLOSED, date(2026, 3, 5), 0)


def test_r04_what_has_come_back_needs_new_evidence(branch, staff, secretary, move_clock):
    problem = ReadyFactory(organization=branch)
    ask_to_close(by=secretary, problem=problem, text="已完成")
    close_problem(by=staff, problem=problem)
    move_clock("2026-06-05T10:00:00+08:00")
    problem = look_back(by=staff, problem=problem, has_come_back=True, text="五月又缺记录")
    assert (problem.state, problem.reopened, problem.closed_on) == (State.REOPENED, 1, None)
    assert problem.due_on == date(2026, 7, 6)
    with pytest.raises(ValidationError, match="佐证材料"):
        ask_to_close(by=secretary, problem=problem, text="已完成")
    add_paper(by=secretary, problem=problem, upload=picture(colour="blue"))
    ask_to_close(by=secretary, problem=problem, text="已补齐")
    assert close_problem(by=staff, problem=problem).closed_on == date(2026, 6, 5)


def test_r04_evidence_behind_a_closing_stays(branch, staff, secretary):
    problem = ReadyFactory(organization=branch)
    ask_to_close(by=secretary, problem=problem, text="已完成")
    close_problem(by=staff, problem=problem)
    look_back(by=staff, problem=problem, has_come_back=True, text="反弹")
    with pytest.raises(ValidationError, match="依据"):
        remove_paper(by=secretary, paper=problem.papers.get())


def test_r01_a_problem_is_given_up_by_the_superior_with_a_reason(branch, staff, secretary):
    problem = ProblemFactory(organization=branch)
    with pytest.raises(ValidationError, match="上级"):
        void_problem(by=secretary, problem=problem, reason="重复")
    with pytest.raises(ValidationError, match="作废原因"):
        void_problem(by=staff, problem=problem, reason=" ")
    assert void_problem(by=staff, problem=problem, reason="重复登记").state == State.VOID


def test_r01_measures_are_added_done_and_taken_away(branch, secretary):
    problem = WorkingFactory(organization=branch)
    step = add_step(by=secretary, problem=problem, text="建立月查制度", person="周敏")
    assert add_step(by=secretary, problem=problem, text="建立月查制度") == step
    with pytest.raises(ValidationError, match="晚于今天"):
        complete_step(by=secretary, step=step, done_on=date(2026, 3, 6))
    remove_step(by=secretary, step=step)
    with pytest.raises(ValidationError, match="至少保留一项"):
        remove_step(by=secretary, step=problem.steps.get())


def test_r01_progress_is_written_down_once(branch, secretary):
    problem = WorkingFactory(organization=branch)
    for _ in range(2):
        note_progress(by=secretary, problem=problem, text="已补齐一月、二月记录")
    assert verbs(problem) == [Verb.PROGRESS]


def test_every_write_leaves_its_trail(branch, staff, secretary, trail):
    problem = raise_problem(by=staff, organization=branch, text="记录不完整", origin=Origin.COMMENT)
    claim_problem(by=secretary, problem=problem, leader="沈若宁", responsible="周敏", steps=[Planned("补齐记录")])
    assert [entry.verb for entry in trail()] == ["登记问题", "认领问题"]
