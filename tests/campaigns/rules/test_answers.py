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
        (marks(_1="done", _2="done"), {1}, {}),
        (marks(_1="done", _2="done"), {None, 2}, {"state-1": "此项须附材料，请上传后再提交。"}),
        (marks(_1="not_done", _2="done"), set(), {}),
        (marks(_2="done"), set(), {"state-1": "请选择落实情况。"}),
        (marks(_1="not_applicable", _2="done"), set(), {"note-1": "请写明不适用的原因。"}),
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
    assert lacking(Question(asks_amount=True, people=people), AnswerDraft(amount=amount), set()) == expected


def test_an_open_checklist_wants_something():
    assert lacking(Question(is_open=True), AnswerDraft(), set()) == {"own": "请至少填写一项本组织的具体做法。"}
    assert lacking(Question(is_open=True), AnswerDraft((MarkLine("done", text="做法"),)), set()) == {}


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
