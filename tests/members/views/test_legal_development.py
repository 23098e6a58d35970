"""Row 16 for files of development (O05): whatever is posted by whomever in whatever order, the 25 steps stand one on
the other, none too early and none without its material, no stage is left out, and what is closed stays as it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from members.actions.development import steps, votes
from members.models import DevelopmentFile, Member, Membership
from members.views.development import file_or_404
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.development import DAYS, drive, make_file, prepare

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"

# The table as 《中国共产党发展党员工作细则》 has it, written down once more and apart from ``members.rules``.
BEFORE = {
    "apply": [], "talk": ["apply"], "activist": ["talk"], "activist_filed": ["activist"], "contacts": ["activist"],
    "training": ["activist_filed", "contacts"], "candidate": ["training"], "candidate_filed": ["candidate"],
    "introducers": ["candidate_filed"], "political_review": ["candidate_filed"], "short_training": ["candidate_filed"],
    "committee_review": ["introducers", "political_review", "short_training"], "pre_review": ["committee_review"],
    "form": ["pre_review"], "vote": ["form"], "superior_talk": ["vote"], "approval": ["superior_talk"],
    "filed_up": ["approval"], "placed": ["approval"], "oath": ["placed"], "probation": ["oath"],
    "conversion_apply": ["probation"], "conversion_vote": ["conversion_apply"],
    "conversion_approval": ["conversion_vote"], "archived": ["conversion_approval", "filed_up"],
}  # fmt: skip
CODES = list(BEFORE)
STAGE_ENDS = {1: "talk", 2: "training", 3: "short_training", 4: "filed_up", 5: "archived"}
SUPERIOR = {"activist_filed", "candidate_filed", "pre_review", "superior_talk", "approval", "filed_up",
            "conversion_approval"}  # fmt: skip
DECIDED = {"pre_review", "approval", "conversion_approval", "vote", "conversion_vote"}
PAPERS = {
    "apply": 1, "talk": 1, "activist": 2, "activist_filed": 1, "training": 1, "candidate": 2, "candidate_filed": 1,
    "political_review": 1, "short_training": 1, "committee_review": 1, "form": 1, "vote": 1, "superior_talk": 1,
    "probation": 1, "conversion_apply": 1, "conversion_vote": 1,
}  # fmt: skip
NOTICED = {"candidate_filed": "candidate", "vote": "admission", "conversion_vote": "conversion"}
WHO = ("secretary", "staff", "other")
FAULTS = ("none", "none", "none", "too early", "to come", "no material", "nobody", "against", "twice")

Operation = tuple[str, int, str, str]
OPERATIONS = st.tuples(
    st.sampled_from(["take", "take", "take", "void", "close", "observe", "object"]),
    st.sampled_from([0, 0, 0, 1, -1, 2, 5]),
    st.sampled_from(WHO),
    st.sampled_from(FAULTS),
)


@dataclass
class World:
    """A file brought as far as the step ``until``, what that step asks for prepared or not, and three who post."""

    until: str
    is_prepared: bool = True
    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        branch = BranchFactory()
        self.file = drive(make_file(branch), self.until)
        if self.is_prepared:
            prepare(self.file, self.until)
        self.branch, self.people = branch, [place.member_id for place in Membership.objects.filter(organization=branch)]
        for name, user in {
            "secretary": make_user_with_post("secretary", branch),
            "staff": make_user_with_post("staff", branch.parent),
            "other": make_user_with_post("secretary", BranchFactory(parent=branch.parent)),
        }.items():
            self.clients[name] = Client()
            self.clients[name].force_login(user, BACKEND)

    def post(self, operation: Operation) -> int:
        verb, place, who, fault = operation
        code = CODES[(CODES.index(self.until) + place) % len(CODES)]
        page = f"/members/development/{self.file.pk}/"
        address, data = getattr(self, f"_{verb}")(page, code, fault)
        return int(self.clients[who].post(address, data).status_code)

    def _take(self, page: str, code: str, fault: str) -> tuple[str, dict[str, Any]]:
        day = {"too early": DAYS["apply"] - timedelta(days=1), "to come": date(2026, 3, 6)}.get(fault, DAYS[code])
        if fault == "twice" and BEFORE[code]:
            day = max(DAYS[one] for one in BEFORE[code]) - timedelta(days=1)
        data: dict[str, Any] = {"done_on": day.isoformat(), "people": "" if fault == "nobody" else "周敏"}
        if fault != "no material":
            data |= {f"on_paper_{number}": "on" for number in range(PAPERS.get(code, 0))}
        if code in ("contacts", "introducers"):
            data["members"] = [] if fault == "nobody" else self.people[:2]
        if code in ("pre_review", "approval", "conversion_approval"):
            data |= {"is_agreed": "no" if fault == "against" else "yes", "opinion": "经研究答复"}
        if code in ("vote", "conversion_vote"):
            votes_for = 2 if fault == "against" else 5
            data |= {"entitled": 5, "present": 5, "written": 0, "in_favour": votes_for, "against": 5 - votes_for,
                     "abstained": 0, "resolution": "admit" if code == "vote" else "convert"}  # fmt: skip
        return f"{page}steps/{code}/", data

    def _void(self, page: str, code: str, fault: str) -> tuple[str, dict[str, Any]]:
        row = self.file.steps.filter(code=code).order_by("-pk").first() or self.file.steps.order_by("pk").last()
        pk = row.pk if row else 0
        return f"/members/development/steps/{pk}/void/", {"reason": "" if fault == "nobody" else "录错"}

    def _close(self, page: str, code: str, fault: str) -> tuple[str, dict[str, Any]]:
        on = {"too early": "2023-02-28", "to come": "2026-03-06"}.get(fault, "2026-03-05")
        return f"{page}close/", {"outcome": "withdrawn", "on": on, "reason": "" if fault == "nobody" else "本人撤回"}

    def _observe(self, page: str, code: str, fault: str) -> tuple[str, dict[str, Any]]:
        return f"{page}observations/new/", {"observed_on": "2025-01-02", "people": "周敏", "text": "良好"}

    def _object(self, page: str, code: str, fault: str) -> tuple[str, dict[str, Any]]:
        notice = self.file.notices.order_by("pk").last()
        pk = notice.pk if notice else 0
        return f"/members/development/notices/{pk}/", {"objections": "反映作风问题", "settlement": ""}


def state_of(file: DevelopmentFile) -> dict[str, Any]:
    """All that is kept of a file and its person, step by step."""
    return {
        "file": dict(DevelopmentFile.objects.filter(pk=file.pk).values().get()),
        "member": dict(Member.objects.filter(pk=file.member_id).values().get()),
        "steps": {row["id"]: row for row in file.steps.values()},
        "papers": list(file.papers.order_by("pk").values()),
        "votes": list(file.votes.order_by("pk").values()),
        "places": list(Membership.objects.filter(member=file.member_id).order_by("pk").values()),
    }


def done_in(state: dict[str, Any]) -> dict[str, date]:
    return {row["code"]: row["done_on"] for row in state["steps"].values() if row["voided_at"] is None}


def months(day: date, count: int) -> date:
    return day.replace(year=day.year + count // 12, month=day.month + count % 12)


def wrongs(file: DevelopmentFile, state: dict[str, Any]) -> Iterator[str]:
    """What must never be, of a file as it stands."""
    done = done_in(state)
    given = {(row["code"], row["kind"]) for row in state["papers"]}
    for code, day in done.items():
        yield from (f"{code} without {one}" for one in BEFORE[code] if one not in done)
        yield from (f"{code} before {one}" for one in BEFORE[code] if one in done and day < done[one])
        if len([1 for one, _ in given if one == code]) < PAPERS.get(code, 0):
            yield f"{code} without material"
        if day > date(2026, 3, 5):
            yield f"{code} in the future"
        if kind := NOTICED.get(code):
            ended = [one.ends_on for one in file.notices.filter(kind=kind, workdays__gte=5)]
            if not [one for one in ended if one < day]:
                yield f"{code} before its notice had ended"
    if "activist" in done and done.get("candidate", date.max) < months(done["activist"], 12):
        yield "candidate within a year"
    if "vote" in done and done.get("conversion_vote", date.max) < months(done["vote"], 12):
        yield "converted within a year"
    stage = next((number for number, last in STAGE_ENDS.items() if not _whole(number, done)), 5)
    if state["file"]["outcome"] == "open" and state["file"]["stage"] != stage:
        yield f"in stage {state['file']['stage']} instead of {stage}"
    yield from _person(state, done)


def _whole(stage: int, done: dict[str, date]) -> bool:
    last = STAGE_ENDS[stage]
    return all(code in done for code in CODES[: CODES.index(last) + 1])


def _person(state: dict[str, Any], done: dict[str, date]) -> Iterator[str]:
    kind, outcome = state["member"]["kind"], state["file"]["outcome"]
    if outcome in ("open", "converted"):
        expected = "full" if "conversion_approval" in done else "probationary" if "vote" in done else (
            "candidate" if "candidate" in done else "activist" if "activist" in done else "applicant")  # fmt: skip
        if kind != expected:
            yield f"a {kind} instead of a {expected}"
        places = [row for row in state["places"] if row["ends_on"] is None]
        if len(places) != (1 if "vote" in done else 0):
            yield "on a roster wrongly"
    elif kind != "applicant":
        yield "closed and not an applicant again"


def moved(before: dict[str, Any], after: dict[str, Any], who: str) -> Iterator[str]:
    """What must never change between two posts."""
    if before["file"]["outcome"] != "open" and before != after:
        yield "a closed file was changed"
    if who == "other" and before != after:
        yield "another branch changed it"
    was, now = done_in(before), done_in(after)
    added, gone = set(now) - set(was), set(was) - set(now)
    if len(added) > 1 or {code for code in was if code in now and was[code] != now[code]}:
        yield f"more than one step was taken: {added}"
    if added and who == "secretary" and added & SUPERIOR:
        yield "the branch took the superior's step"
    if after["file"]["stage"] > before["file"]["stage"] + 1:
        yield "a stage was left out"
    decisions = {row["code"] for row in after["steps"].values() if row["voided_at"] and row["void_reason"] == "录错"}
    if decisions & DECIDED:
        yield "a vote or a decision was declared void by hand"
    lost = [pk for pk in before["steps"] if pk not in after["steps"]]
    if lost or (gone and not set(after["steps"]) >= set(before["steps"])):
        yield "a row of a step is gone"


def walk(until: str, operations: list[Operation], *, is_prepared: bool = True) -> list[str]:
    """Post what was chosen on a file that stands before ``until``; the codes done in the end."""
    world = World(until, is_prepared)
    before = state_of(world.file)
    assert list(wrongs(world.file, before)) == []
    for operation in operations:
        assert world.post(operation) in (302, 403, 404, 422), operation
        after = state_of(world.file)
        assert [*wrongs(world.file, after), *moved(before, after, operation[2])] == [], operation
        before = after
    return sorted(done_in(before), key=CODES.index)


@pytest.fixture(autouse=True)
def _now(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    until=st.sampled_from(CODES),
    is_prepared=st.booleans(),
    operations=st.lists(OPERATIONS, min_size=1, max_size=6),
)
def test_r16_a_file_never_stands_wrong(until, is_prepared, operations):
    with transaction.atomic():
        walk(until, operations, is_prepared=is_prepared)
        transaction.set_rollback(True)


@pytest.mark.parametrize("code", CODES)
def test_r16_each_step_is_taken_at_all_by_those_whose_it_is(code):
    who = "staff" if code in SUPERIOR else "secretary"

    assert walk(code, [("take", 0, "other", "none"), ("take", 0, who, "no material" if code in PAPERS else "nobody"),
                       ("take", 0, who, "none")]) == CODES[: CODES.index(code) + 1]  # fmt: skip


@pytest.mark.parametrize("code", ["apply", "talk", "activist", "training", "candidate", "oath", "conversion_apply"])
def test_r16_the_last_step_is_undone_and_taken_again(code):
    after = CODES[CODES.index(code) + 1]

    way = [("void", -1, "secretary", "nobody"), ("void", -1, "other", "none"), ("void", -1, "secretary", "none")]

    assert walk(after, way) == CODES[: CODES.index(code)]


@pytest.mark.parametrize("code", ["talk", "activist", "candidate", "oath", "conversion_apply"])
def test_r16_a_step_on_which_another_stands_is_not_undone(code):
    after = CODES[CODES.index(code) + 1]

    assert walk(after, [("void", -2, "secretary", "none"), ("void", -2, "staff", "none")])[-1] == code


@pytest.mark.parametrize("code", sorted(DECIDED))
def test_r16_what_was_voted_or_decided_is_not_undone_by_hand(code):
    after = CODES[CODES.index(code) + 1]

    assert walk(after, [("void", -1, "secretary", "none"), ("void", -1, "staff", "none")])[-1] == code


@pytest.mark.parametrize(
    ("code", "left"), [("pre_review", "short_training"), ("vote", "form"), ("conversion_approval", "conversion_apply")]
)
def test_r16_what_is_turned_down_goes_back_to_where_it_is_taken_again(code, left):
    who = "staff" if code in SUPERIOR else "secretary"

    assert walk(code, [("take", 0, who, "against")])[-1] == left


def test_r16_who_is_turned_down_after_the_vote_is_out_and_the_file_closed():
    way = [("take", 0, "staff", "against"), ("take", 0, "staff", "none"), ("void", -1, "staff", "none")]

    assert walk("approval", way)[-1] == "superior_talk"


def test_r16_a_probationary_member_is_not_closed_out():
    assert walk("oath", [("close", 0, "secretary", "none"), ("take", 0, "secretary", "none")])[-1] == "oath"
    assert walk("form", [("close", 0, "secretary", "none"), ("take", 0, "secretary", "none")])[-1] == "pre_review"


@pytest.mark.parametrize(
    ("until", "operation"),
    [
        ("candidate", ("take", 1, "staff", "none")),
        ("candidate", ("take", 0, "secretary", "twice")),
        ("candidate", ("take", 0, "secretary", "no material")),
        ("candidate_filed", ("take", 0, "staff", "none")),
        ("vote", ("take", 0, "secretary", "to come")),
    ],
)
def test_r16_negative_control_without_the_rules_of_the_steps(monkeypatch, until, operation):
    """Out of order, too early, without its material, without its notice, in the future: without the one rule each
    would be taken, and the walk sees it."""
    for module in (steps, votes):
        if hasattr(module, "refusal"):
            monkeypatch.setattr(module, "refusal", lambda *given, **named: None)

    with pytest.raises(AssertionError):
        walk(until, [operation], is_prepared=False)


def test_r16_negative_control_without_the_superior(monkeypatch):
    monkeypatch.setattr("desk.views.joining.file_or_404", lambda request, pk, permission: file_or_404(request, pk))
    monkeypatch.setattr(steps, "refuse_foreign", lambda *given: None)

    with pytest.raises(AssertionError):
        walk("activist_filed", [("take", 0, "secretary", "none")])


def test_r16_negative_control_of_what_is_closed(monkeypatch):
    monkeypatch.setattr(steps, "held", lambda file: DevelopmentFile.objects.select_related("member").get(pk=file.pk))

    with pytest.raises(AssertionError):
        walk("training", [("close", 0, "secretary", "none"), ("take", 0, "secretary", "none")])
