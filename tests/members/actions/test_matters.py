"""Matters, opinions asked of branches, members' suggestions, delegates: what the actions do and refuse."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from branches.enums import Role
from branches.permissions import Actor
from members.actions import delegates, matters, opinions, suggestions
from members.models import Matter, Suggestion
from members.queries.matters import matter_findings
from members.queries.opinions import has_favourable_opinion
from office.models import Notice
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, UserFactory, actor, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.members_matters import (
    DelegateFactory,
    MatterFactory,
    OpinionRequestFactory,
    SuggestionFactory,
)
from tests.factories.members_rooms import picture

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post(Role.SECRETARY, branch))


@pytest.fixture
def superior(branch):
    return actor(make_user_with_post(Role.STAFF, branch.parent))


@pytest.fixture
def member(branch):
    return MembershipFactory(organization=branch, member=MemberFactory(user=UserFactory())).member


def told(by: Actor) -> list[str]:
    return [notice.key.split(":")[-1] for notice in Notice.objects.filter(user_id=by.user_id).order_by("pk")]


def test_o11_a_request_goes_up_and_its_answer_comes_back(branch, secretary, superior):
    values = {"kind": "request", "title": "增补委员", "happened_on": DAY, "reported_on": DAY}
    matter = matters.register_matter(by=secretary, organization=branch, **values)
    assert matters.register_matter(by=secretary, organization=branch, **values) == matter
    assert (matter.state, matter.due_on, told(superior)) == ("待答复", date(2026, 3, 17), ["reported"])

    matter = matters.answer_matter(by=superior, matter=matter, answer="同意。")

    assert (matter.state, matter.answered_by_id, told(secretary)) == ("已答复", superior.user_id, ["answered"])
    with pytest.raises(ValidationError, match="已经答复"):
        matters.correct_matter(by=secretary, matter=matter, title="改")
    with pytest.raises(ValidationError, match="已经答复"):
        matters.add_paper(by=secretary, matter=matter, upload=picture())


def test_o11_nobody_answers_his_own_organisation_except_at_the_top(branch):
    own = actor(make_user_with_post(Role.STAFF, branch))
    with pytest.raises(ValidationError, match="不能答复本组织"):
        matters.answer_matter(by=own, matter=MatterFactory(organization=branch), answer="同意。")
    top = branch.parent.parent
    by = actor(make_user_with_post(Role.STAFF, top))
    assert matters.answer_matter(by=by, matter=MatterFactory(organization=top), answer="同意。").answered_on


def test_o11_what_did_not_come_before_a_meeting_is_found(branch, secretary):
    values = {"kind": "personnel", "title": "任免", "happened_on": DAY}
    matter = matters.register_matter(by=secretary, organization=branch, **values)
    assert list(Matter.objects.without_meeting()) == [matter]
    assert matter_findings(matter, clock.today()) == ["应经会议集体决定，未登记会议"]

    met = {"meeting": "支委会", "held_on": DAY, "expected": 7, "present": 4}
    matter = matters.correct_matter(by=secretary, matter=matter, **met, votes_for=3, votes_against=1, votes_abstain=0)

    assert not Matter.objects.without_meeting().exists()
    assert matter_findings(matter, clock.today()) == ["到会人数不足应到会的2/3", "赞成票未超过应到会的1/2"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"expected": 3, "present": 4},
        {"meeting": "支委会"},
        {"expected": 5, "present": 4, "votes_for": 5, "votes_against": 0, "votes_abstain": 0},
        {"expected": 5, "present": 4, "votes_for": 4},
        {"happened_on": date(2026, 3, 6)},
    ],
)
def test_o11_figures_that_cannot_be_true_are_refused(branch, secretary, wrong):
    values = {"kind": "project", "title": "装修", "happened_on": DAY, **wrong}
    with pytest.raises(ValidationError):
        matters.register_matter(by=secretary, organization=branch, **values)


def test_o11_minutes_are_kept_once(branch, secretary):
    matter = MatterFactory(organization=branch)
    paper = matters.add_paper(by=secretary, matter=matter, upload=picture())
    assert matters.add_paper(by=secretary, matter=matter, upload=picture()) == paper
    matters.remove_paper(by=secretary, paper=paper)
    assert not matter.papers.exists()


def test_o15_asked_answered_closed(branch, secretary, superior, member):
    request = opinions.ask_opinion(
        by=superior, asker=branch.parent, member=member, purpose="award", subject="优秀共产党员"
    )
    assert (request.organization, request.due_on, told(secretary)) == (branch, date(2026, 3, 12), ["asked"])
    assert not has_favourable_opinion(member, "优秀共产党员")
    with pytest.raises(ValidationError, match="尚未回复"):
        opinions.close_opinion(by=superior, request=request)
    with pytest.raises(ValidationError, match="所在党支部"):
        opinions.answer_opinion(by=superior, request=request, answer="agreed", met_on=DAY)
    with pytest.raises(ValidationError, match="正在听取"):
        opinions.ask_opinion(by=superior, asker=branch.parent, member=member, purpose="award", subject="优秀共产党员")

    request = opinions.answer_opinion(by=secretary, request=request, answer="agreed", met_on=clock.today())
    assert told(superior) == ["answered"]
    assert has_favourable_opinion(member, "优秀共产党员")
    assert not has_favourable_opinion(member, "先进工作者")
    request = opinions.close_opinion(by=superior, request=request)
    assert (request.state_on(clock.today()), told(secretary)) == ("已办结", ["asked", "closed"])


def test_o15_a_doubt_takes_reasons_and_is_not_favourable(branch, secretary, member):
    request = OpinionRequestFactory(organization=branch, member=member)
    with pytest.raises(ValidationError, match="写明理由"):
        opinions.answer_opinion(by=secretary, request=request, answer="reserved", met_on=DAY)
    opinions.answer_opinion(by=secretary, request=request, answer="reserved", met_on=DAY, text="再看一段时间。")
    assert not has_favourable_opinion(member, request.subject)


def test_o15_what_is_late_is_told_once_to_both(branch, secretary, superior):
    OpinionRequestFactory(organization=branch)
    assert opinions.remind_opinions(by=Actor.system(), on=date(2026, 3, 9)) == 0
    assert opinions.remind_opinions(by=Actor.system(), on=date(2026, 3, 10)) == 2
    assert opinions.remind_opinions(by=Actor.system(), on=date(2026, 3, 11)) == 0


def raised(member, **values) -> Suggestion:
    by = Actor(user_id=member.user_id, member_id=member.pk)
    return suggestions.raise_suggestion(by=by, member=member, text="建议增加现场学习。", **values)


def test_o17_a_member_is_answered_and_told(secretary, member):
    suggestion = raised(member)
    assert raised(member) == suggestion
    assert (suggestion.due_on, told(secretary)) == (date(2026, 3, 20), ["raised"])
    suggestions.answer_suggestion(by=secretary, suggestion=suggestion, answer="已列入计划。")
    assert Notice.objects.get(user=member.user).key.endswith("answered")
    with pytest.raises(ValidationError, match="已经答复"):
        suggestions.answer_suggestion(by=secretary, suggestion=suggestion, answer="再答。")


def test_o17_passed_up_once_and_answered_there(secretary, superior, member):
    suggestion = suggestions.pass_up(by=secretary, suggestion=raised(member))
    assert (suggestion.handler_id, told(superior)) == (superior.organization_id, ["passed"])
    with pytest.raises(ValidationError, match="答复。"):
        suggestions.answer_suggestion(by=secretary, suggestion=suggestion, answer="好。")
    with pytest.raises(ValidationError, match="不能再转"):
        suggestions.pass_up(by=superior, suggestion=suggestion)
    assert suggestions.answer_suggestion(by=superior, suggestion=suggestion, answer="好。").answered_on


def test_o17_a_name_that_is_not_shown_is_not_in_the_notice(secretary, member):
    raised(member, is_nameless=True)
    assert member.name not in Notice.objects.get(user_id=secretary.user_id).text


def test_o17_near_and_late_are_told_once_each(branch, secretary):
    SuggestionFactory(organization=branch)
    days = [date(2026, 3, 13), date(2026, 3, 14), date(2026, 3, 15), date(2026, 3, 18), date(2026, 3, 19)]
    assert [suggestions.remind_suggestions(by=Actor.system(), on=day) for day in days] == [0, 1, 0, 1, 0]


def test_o17_a_delegate_is_entered_once_and_ended(secretary, branch, member):
    values = {
        "congress": "区第十四次党代表大会", "unit": "区直属机关", "elected_on": DAY, "starts_on": DAY,
        "term_ends_on": date(2031, 3, 2),
    }  # fmt: skip
    delegate = delegates.enter_delegate(by=secretary, member=member, organization=branch, **values)
    with pytest.raises(ValidationError, match="已登记"):
        delegates.enter_delegate(by=secretary, member=member, organization=branch, **values)
    delegates.end_delegate(by=secretary, delegate=delegate, ends_on=clock.today(), reason="调离")
    with pytest.raises(ValidationError, match="已经终止"):
        delegates.end_delegate(by=secretary, delegate=delegate, ends_on=clock.today(), reason="调离")


@pytest.mark.parametrize(
    ("factory", "wrong"),
    [
        (MatterFactory, {"kind": "x"}),
        (MatterFactory, {"title": ""}),
        (MatterFactory, {"meeting": "支委会"}),
        (MatterFactory, {"expected": 1, "present": 2}),
        (MatterFactory, {"expected": 3, "present": 2, "votes_for": 2, "votes_against": 1, "votes_abstain": 0}),
        (MatterFactory, {"answer": "同意。"}),
        (MatterFactory, {"due_on": date(2020, 1, 1)}),
        (OpinionRequestFactory, {"purpose": "x"}),
        (OpinionRequestFactory, {"answer": "x", "answered_on": DAY, "met_on": DAY}),
        (OpinionRequestFactory, {"subject": ""}),
        (OpinionRequestFactory, {"due_on": date(2020, 1, 1)}),
        (OpinionRequestFactory, {"answered_on": DAY}),
        (OpinionRequestFactory, {"answer": "agreed", "met_on": DAY}),
        (SuggestionFactory, {"state": "answered", "answer": "好。"}),
        (DelegateFactory, {"reason": "调离"}),
        (OpinionRequestFactory, {"answer": "refused", "answered_on": DAY, "met_on": DAY}),
        (OpinionRequestFactory, {"closed_on": DAY}),
        (SuggestionFactory, {"state": "x"}),
        (SuggestionFactory, {"text": ""}),
        (SuggestionFactory, {"due_on": date(2020, 1, 1)}),
        (SuggestionFactory, {"answer": "好。"}),
        (SuggestionFactory, {"state": "passed", "passed_on": DAY}),
        (DelegateFactory, {"congress": ""}),
        (DelegateFactory, {"term_ends_on": date(2020, 1, 1)}),
        (DelegateFactory, {"ends_on": DAY}),
    ],
)
def test_the_database_refuses(factory, wrong):
    with pytest.raises(IntegrityError):
        factory(**wrong)


@pytest.mark.parametrize("factory", [OpinionRequestFactory, DelegateFactory])
def test_the_database_keeps_one_open(factory, branch, member):
    factory(organization=branch, member=member)
    with pytest.raises(IntegrityError):
        factory(organization=branch, member=member)
