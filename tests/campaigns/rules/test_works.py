"""What the nouns of special work have in common, and their own small rules."""

from datetime import date
from fractions import Fraction

import pytest

from campaigns.rules.agreements import Side, proposed_text, side_of
from campaigns.rules.contacts import PaperSlot, Shown, artefacts, gaps
from campaigns.rules.info_items import INFO_STATES, InfoState
from campaigns.rules.mass_work import CallState, refusal, term_words
from campaigns.rules.work_lists import Due, Holder, WorkListKind, proposed
from campaigns.rules.works import Coverage, coverage, in_percent, placed

SUPERIOR, OWN, OTHER = 1, 2, 3
SECRETARY = Holder(7, "书记", is_secretary=True)
LEADER = Holder(8, "领导干部")
DUES = [
    Due(1, "主题党日", "", "每月不少于 1 次", "1 次", date(2026, 12, 31), "organization", is_key=True),
    Due(2, "包抓联系点", "", "每年不少于 1 个", "1 个", date(2026, 6, 30), "secretary"),
    Due(3, "双重组织生活", "", "每年不少于 1 次", "1 次", date(2026, 12, 31), "leader"),
    Due(4, "学时", "", "每年不少于 32 学时", "32 学时", date(2026, 12, 31), "member"),
]


def test_c07_coverage_counts_what_is_done_as_begun():
    assert coverage({5: [1, 2, 3]}, [1], [2]) == [Coverage(5, 3, 2, 1)]


def test_c08_what_is_begun_and_not_done_waits_and_the_rest_is_missing():
    counts = Coverage(5, expected=6, begun=4, done=3)
    assert (counts.waiting, counts.missing) == (1, 2)


@pytest.mark.parametrize(("share", "shown"), [(None, None), (Fraction(1, 3), 33.3), (0.8366, 83.7), (1.0, 100.0)])
def test_a_share_goes_out_as_percent_to_one_decimal(share, shown):
    assert in_percent(share) == shown
    assert Coverage(5, 3, 2, 1).missing == 1


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2025, 12, 20), date(2026, 1, 1)),
        (date(2026, 4, 2), date(2026, 4, 2)),
        (date(2027, 1, 5), date(2026, 12, 31)),
    ],
)
def test_c07_a_paper_of_a_year_counts_within_it(day, counted):
    assert placed(day, 2026) == counted


def test_c10_the_verbs_of_each_state():
    assert {state.value: INFO_STATES.verbs(state) for state in InfoState} == {
        "draft": ["submit"],
        "submitted": ["withdraw", "adopt", "decline"],
        "adopted": ["publish"],
        "declined": [],
        "published": ["take_back"],
    }


def test_c11_a_visit_is_a_record_of_a_pairing():
    shown = Shown("pairing", ["plan", "other"], visits=1)

    assert artefacts(shown) == [PaperSlot.PLAN, PaperSlot.RECORD]
    assert gaps(shown) == ["缺协议、效果"]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (Shown("point"), ["没有走访记录"]),
        (Shown("point", visits=2, problems=2, solved=1), ["1 个问题未解决"]),
        (Shown("street", visits=1, problems=1, solved=1), []),
        (Shown("pairing", ["plan", "agreement", "record", "effect"]), []),
    ],
)
def test_c11_what_is_missing_at_a_contact(shown, words):
    assert gaps(shown) == words


@pytest.mark.parametrize(
    ("role", "at", "side"),
    [
        ("leader", SUPERIOR, Side.SUPERIOR),
        ("staff", SUPERIOR, Side.SUPERIOR),
        ("secretary", OWN, Side.OWN),
        ("leader", OWN, Side.OWN),
        ("staff", OWN, None),
        ("member", OWN, None),
        ("secretary", OTHER, None),
        (None, None, None),
    ],
)
def test_c08_for_which_side_a_person_may_sign(role, at, side):
    assert side_of(role, at, SUPERIOR, OWN) == side


def test_c08_the_words_name_both_sides_and_what_is_due():
    text = proposed_text(2026, "区直属机关工委", "财政局机关党委", ["主题党日：每月不少于 1 次"])

    assert "区直属机关工委与财政局机关党委签订本责任书" in text
    assert "（1）主题党日：每月不少于 1 次。" in text


@pytest.mark.parametrize(
    ("kind", "leader", "targets"),
    [
        (WorkListKind.DUTY, None, [2, 1, 3, 4]),
        (WorkListKind.KEY_TASK, None, [1]),
        (WorkListKind.SECRETARY, 7, [2, 1]),
        (WorkListKind.LEADER, 8, [3]),
    ],
)
def test_c06_what_a_list_is_made_of(kind, leader, targets):
    lines = proposed(kind, DUES, [SECRETARY, LEADER], leader)

    assert [line.target_id for line in lines] == targets


def test_c06_who_is_named_and_what_is_left_to_be_divided():
    lines = {line.target_id: (line.member_id, line.post) for line in proposed("duty", DUES, [SECRETARY], None)}

    assert lines == {1: (7, "书记"), 2: (7, "书记"), 3: (None, "班子成员"), 4: (None, "全体党员")}


def test_c06_a_list_of_assessment_shows_the_amounts():
    assert [line.standard for line in proposed("assessment", DUES, [], None)] == ["1 个", "1 次", "1 次", "32 学时"]


@pytest.mark.parametrize(
    ("state", "today", "reason"),
    [
        (CallState.OPEN, date(2026, 3, 31), ""),
        (CallState.OPEN, date(2026, 4, 1), "征集已经截止，不能再报送。"),
        (CallState.OPEN, date(2026, 2, 28), "征集尚未开始，请在开始日期之后报送。"),
        (CallState.DRAFT, date(2026, 3, 5), "该征集没有开放，不能报送。"),
    ],
)
def test_c15_when_a_piece_may_be_sent(state, today, reason):
    assert refusal(state, date(2026, 3, 1), date(2026, 3, 31), today) == reason


def test_c15_how_the_term_of_a_mass_organisation_stands():
    day = date(2026, 3, 5)

    assert [term_words(None, day), term_words(day, day), term_words(date(2026, 3, 4), day)] == [
        "",
        "正常",
        "逾期未换届",
    ]
