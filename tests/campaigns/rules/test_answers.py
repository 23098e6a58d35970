"""What an answer must say, and how much a checklist fulfils."""

from decimal import Decimal

import pytest

from campaigns.rules.answers import Question, amount_of_checklist, asks_amount, lacking
from campaigns.rules.content import AnswerDraft, MarkLine

QUESTION = Question(item_ids=(1, 2), evidence_ids=frozenset({1}))


def marks(**states: str) -> AnswerDraft:
    return AnswerDraft(tuple(MarkLine(state, int(key[1:])) for key, state in states.items()))


@pytest.mark.parametrize(
    "draft, files, expected",
    [
        (marks(_1="done", _2="done"), {1: {""}}, {}),
        (marks(_1="done", _2="done"), {None: {""}, 2: {""}}, {"state-1": "此项须附材料，请上传后再提交。"}),
        (marks(_1="not_done", _2="done"), {}, {}),
        (marks(_2="done"), {}, {"state-1": "请选择落实情况。"}),
        (marks(_1="not_applicable", _2="done"), {}, {"note-1": "请写明不适用的原因。"}),
    ],
)
def test_a_checklist(draft, files, expected):
    assert lacking(QUESTION, draft, files) == expected


@pytest.mark.parametrize(
    "amount, people, expected",
    [
        (None, None, {"amount": "请填写完成数量。"}),
        (Decimal("1.5"), None, {}),
        (Decimal("1.5"), 3, {"amount": "人数须为整数。"}),
        (Decimal(4), 3, {"amount": "人数不能多于应完成的 3 人。"}),
        (Decimal(3), 3, {}),
        (Decimal(0), 3, {}),
    ],
)
def test_an_amount(amount, people, expected):
    assert lacking(Question(asks_amount=True, people=people), AnswerDraft(amount=amount), {}) == expected


@pytest.mark.parametrize(
    "state, files, expected",
    [
        ("done", {}, {"state-2": "此项还缺：工作方案、推进计划。请逐份上传后再提交。"}),
        ("done", {2: {"", "工作方案"}}, {"state-2": "此项还缺：推进计划。请逐份上传后再提交。"}),
        ("done", {1: {"推进计划"}, 2: {"工作方案"}}, {"state-2": "此项还缺：推进计划。请逐份上传后再提交。"}),
        ("done", {2: {"推进计划", "工作方案"}}, {}),
        ("not_done", {}, {}),
        ("not_applicable", {}, {"note-2": "请写明不适用的原因。"}),
    ],
)
def test_x07_every_named_material_is_asked_for(state, files, expected):
    question = Question(item_ids=(2,), evidence_ids=frozenset({2}), slots={2: ("工作方案", "推进计划")})
    assert lacking(question, marks(_2=state), files) == expected


def test_an_open_checklist_wants_something():
    assert lacking(Question(is_open=True), AnswerDraft(), {}) == {"own": "请至少填写一项本组织的具体做法。"}
    assert lacking(Question(is_open=True), AnswerDraft((MarkLine("done", text="做法"),)), {}) == {}


@pytest.mark.parametrize(
    "states, expected",
    [
        (["done", "done"], "1"),
        (["done", "not_done"], "0.50"),
        (["done", "done", "not_done"], "0.66"),
        (["not_applicable", "done"], "1"),
        (["not_done"], "0.00"),
    ],
)
def test_the_share_of_a_checklist(states, expected):
    assert amount_of_checklist([MarkLine(state, 1) for state in states], Decimal(1)) == Decimal(expected)


def test_only_the_plain_checklist_asks_for_no_number():
    assert [asks_amount(code) for code in ("manual", "info.items", "integrity.pledge")] == [False, True, True]
