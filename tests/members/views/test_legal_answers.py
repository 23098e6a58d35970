"""Row 16 for opinions asked of branches (O15) and for what members suggest (O17): whatever is posted by whomever in
whatever order, a row goes the way of a plain model, and one that has ended stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from branches.actions import audit
from branches.models import AuditEntry
from branches.permissions import Actor
from members.actions import opinions, suggestions
from members.models import Suggestion
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.members_matters import OpinionRequestFactory, SuggestionFactory
from tests.factories.office import RuleFactory

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY, ANSWER_DAYS = date(2026, 3, 16), 10
WHO = ("top", "committee", "branch", "own", "other")


class World:
    """A tree of three levels; the secretary of another branch, and one who is the member in question himself."""

    def __init__(self) -> None:
        top = OrganizationFactory()
        self.committee = CommitteeFactory(parent=top)
        self.branch, other = BranchFactory(parent=self.committee), BranchFactory(parent=self.committee)
        RuleFactory(code="suggestion.answer_days", value=ANSWER_DAYS, effective_from=date(2026, 1, 1))
        own = make_user_with_post("secretary", self.branch)
        self.member = MembershipFactory(organization=self.branch, member=MemberFactory(user=own)).member
        self.clients: dict[str, Client] = {}
        for name, user in {
            "top": make_user_with_post("staff", top),
            "committee": make_user_with_post("staff", self.committee),
            "branch": make_user_with_post("secretary", self.branch),
            "own": own,
            "other": make_user_with_post("secretary", other),
        }.items():
            self.clients[name] = Client()
            self.clients[name].force_login(user, BACKEND)


@dataclass
class Model:
    """What should become of a row: its state, and who may take which step in it."""

    state: str
    due_on: date
    told: dict[str, Any] = field(default_factory=dict)


Post = tuple[str, dict[str, str]]
OPINION_POSTS: dict[str, Post] = {
    "agree": ("answer/", {"answer": "agreed", "text": "", "met_on": "2026-03-16"}),
    "refuse": ("answer/", {"answer": "refused", "text": "群众有反映", "met_on": "2026-03-10"}),
    "refuse without a reason": ("answer/", {"answer": "refused", "text": " ", "met_on": "2026-03-10"}),
    "meeting to come": ("answer/", {"answer": "agreed", "text": "", "met_on": "2026-03-17"}),
    "meeting before it was asked": ("answer/", {"answer": "agreed", "text": "", "met_on": "2026-03-01"}),
    "no answer": ("answer/", {"answer": "", "text": "好", "met_on": "2026-03-10"}),
    "close": ("close/", {}),
}
SUGGESTION_POSTS: dict[str, Post] = {
    "answer": ("answer/", {"answer": "已安排。"}),
    "answer nothing": ("answer/", {"answer": "  "}),
    "pass": ("pass/", {}),
}


def expect_opinion(model: Model, verb: str, who: str) -> None:
    """The branch answers, somebody else than the member; who asked closes; nothing else moves it."""
    if model.state == "asked" and who == "branch" and verb in ("agree", "refuse"):
        model.state = "answered"
        model.told = {"answer": "agreed" if verb == "agree" else "refused"}
    elif model.state == "answered" and who == "committee" and verb == "close":
        model.state = "closed"


def expect_suggestion(model: Model, verb: str, who: str) -> None:
    """The branch answers or passes up once; then its superior answers; the member himself does not."""
    handler = "committee" if model.state == "passed" else "branch"
    may_answer = model.state != "answered" and (who == handler)
    if verb == "answer" and may_answer:
        model.state = "answered"
    elif verb == "pass" and model.state == "raised" and who in ("branch", "own"):
        model.state, model.due_on = "passed", date(2026, 3, 26)


def opinion_state(row: Any) -> str:
    return "closed" if row.closed_on else "answered" if row.answered_on else "asked"


@dataclass(frozen=True)
class Machine:
    make: Callable[[World], Any]
    address: str
    posts: dict[str, Post]
    expect: Callable[[Model, str, str], None]
    state: Callable[[Any], str]
    last: str


MACHINES = {
    "opinion": Machine(
        lambda world: OpinionRequestFactory(member=world.member, organization=world.branch, asker=world.committee),
        "/members/opinions/{}/", OPINION_POSTS, expect_opinion, opinion_state, "closed",
    ),
    "suggestion": Machine(
        lambda world: SuggestionFactory(member=world.member, organization=world.branch),
        "/members/suggestions/{}/", SUGGESTION_POSTS, expect_suggestion, lambda row: str(row.state), "answered",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


def values(row: Any) -> dict[str, Any]:
    return dict(type(row).objects.filter(pk=row.pk).values().get())


def walk(machine: Machine, chosen: list[tuple[str, str]]) -> list[str]:
    """Post what was chosen; the states that the row went through. Whatever differs from the model fails."""
    world = World()
    row = machine.make(world)
    model, states = Model(machine.state(row), row.due_on), [machine.state(row)]
    before, entries = values(row), AuditEntry.objects.count()
    for verb, who in chosen:
        address, data = machine.posts[verb]
        answer = world.clients[who].post(machine.address.format(row.pk) + address, data)
        assert answer.status_code in (302, 403, 404, 422), (verb, who, answer.status_code)
        was = model.state
        machine.expect(model, verb, who)
        row.refresh_from_db()
        after, entries_now = values(row), AuditEntry.objects.exclude(verb="越权访问").count()
        assert (machine.state(row), row.due_on) == (model.state, model.due_on), (verb, who)
        assert all(after[name] == value for name, value in model.told.items())
        if model.state == was:
            assert after == before, (verb, who)
        else:
            assert entries_now == entries + 1
            states.append(model.state)
        before, entries = after, entries_now
    return states


def chosen_of(machine: Machine) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(st.tuples(st.sampled_from(list(machine.posts)), st.sampled_from(WHO)), min_size=1, max_size=10)


SLOW = hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.parametrize("name", MACHINES)
@SLOW
@given(data=st.data())
def test_r16_a_row_goes_the_way_of_the_model(name, data):
    with transaction.atomic():
        walk(MACHINES[name], data.draw(chosen_of(MACHINES[name])))
        transaction.set_rollback(True)


WAYS = {
    "opinion": [("close", "committee"), ("agree", "own"), ("refuse", "branch"), ("agree", "branch"),
                ("close", "branch"), ("close", "committee"), ("refuse", "branch"), ("close", "committee")],
    "suggestion": [("answer", "committee"), ("pass", "branch"), ("answer", "branch"), ("pass", "committee"),
                   ("answer", "committee"), ("pass", "branch"), ("answer", "committee")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "states"),
    [("opinion", ["asked", "answered", "closed"]), ("suggestion", ["raised", "passed", "answered"])],
)
def test_r16_the_steps_are_taken_at_all(name, states):
    assert walk(MACHINES[name], WAYS[name]) == states


def unlocked(by, row):
    """What ``_open`` does, without its two refusals."""
    return Suggestion.objects.select_related("member", "organization__parent", "handler").get(pk=row.pk)


def answer_of_anybody(by, request, answer, met_on, text=""):
    """What ``answer_opinion`` writes, without its refusals."""
    request.answer, request.text, request.met_on, request.answered_on = answer, text, met_on, met_on
    request.save()
    audit.record(by=by, verb="回复党支部意见", obj=request, organization=request.organization)


def closed_by_anybody(by, request):
    """What ``close_opinion`` writes, without its refusals."""
    if request.answered_on:
        request.closed_on = TODAY
        request.save()
        audit.record(by=by, verb="办结听取意见", obj=request, organization=request.organization)


def test_r16_negative_control_of_suggestions(monkeypatch):
    """Without the check of who is to answer and whether it is open, the same way leaves the model."""
    monkeypatch.setattr(suggestions, "_open", unlocked)

    with pytest.raises(AssertionError):
        walk(MACHINES["suggestion"], WAYS["suggestion"])


@pytest.mark.parametrize(
    ("name", "naive"), [("answer_opinion", answer_of_anybody), ("close_opinion", closed_by_anybody)]
)
def test_r16_negative_control_of_opinions(monkeypatch, name, naive):
    """Without the check of who answers and closes, the same way leaves the model."""
    monkeypatch.setattr(opinions, name, naive)

    with pytest.raises(AssertionError):
        walk(MACHINES["opinion"], WAYS["opinion"])


@pytest.mark.parametrize(
    ("make", "remind", "until"),
    [
        (OpinionRequestFactory, opinions.remind_opinions, date(2026, 3, 9)),
        (SuggestionFactory, suggestions.remind_suggestions, date(2026, 3, 17)),
    ],
)
def test_r16_who_does_not_answer_in_time_is_told_and_not_on_the_last_day(make, remind, until, move_clock):
    branch = BranchFactory()
    make_user_with_post("secretary", branch)
    row = make(organization=branch, due_on=until)
    assert row.state_on(until) != "逾期"
    assert row.state_on(until.replace(day=until.day + 1)) == "逾期"
    late = remind(by=Actor.system(), on=until.replace(day=until.day + 1))
    again = remind(by=Actor.system(), on=until.replace(day=until.day + 1))

    assert (late > 0, again) == (True, 0)
    assert Notice.objects.filter(text__contains="已经逾期").count() == late
