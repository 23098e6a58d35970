from decimal import Decimal

import pytest

from campaigns.rules.standing import Standing, missing_text, progress_text, title_text


def standing(metric="activity.theme_day", state="open", done="0", needed="1", unit="次", **fields) -> Standing:
    return Standing(metric, state, Decimal(done), Decimal(needed), unit, **fields)


@pytest.mark.parametrize(
    "given, words",
    [
        (standing(done="3", needed="4"), "3 / 4 次"),
        (standing(metric="activity.group_meeting", done="1", needed="2"), "1 / 2 个党小组"),
        (standing(metric="study.hours", done="13", needed="32", unit="学时", people=16), "13 / 16 人"),
        (standing(metric="meeting.first_topic", done="0.86", unit="%"), "86 % / 100 %"),
        (standing(metric="funds.per_head", done="0", needed="600", unit="元"), "0 / 600 元"),
        (standing(metric="manual", done="0.75", unit="项"), "清单已落实 75 %"),
        (standing(metric="manual", done="3", needed="4", unit="次"), "3 / 4 次"),
        (standing(state="exempt", exempt_reason="发布时本周期已过半"), "—"),
        (standing(metric="study.hours", needed="32", unit="学时", people=0), "—"),
    ],
)
def test_progress_is_said_in_the_target_s_unit(given, words):
    assert progress_text(given) == words


@pytest.mark.parametrize(
    "given, words",
    [
        (standing(), "还差 1 次"),
        (standing(done="1.5", needed="4"), "还差 2.5 次"),
        (standing(metric="activity.group_meeting", done="1", needed="3"), "还差 2 个党小组"),
        (
            standing(metric="study.hours", state="progress", done="13", needed="32", unit="学时", people=16),
            "还有 3 人未达到 32 学时",
        ),
        (standing(metric="meeting.first_topic", unit="%"), "尚无符合要求的会议记录"),
        (standing(metric="meeting.first_topic", state="progress", done="0.86", unit="%"), "现为 86 %，须达到 100 %"),
        (standing(metric="manual", unit="项"), "尚未填报"),
        (standing(metric="manual", unit="项", answer_status="draft"), "已存草稿，尚未提交"),
        (standing(metric="manual", state="returned", unit="项", answer_status="returned"), "填报已退回，待补正"),
        (standing(metric="funds.per_head", state="progress", done="4", needed="600", unit="元", answer_status="filed"),
         "还差 596 元"),
        (standing(metric="study.books", state="progress", done="13", unit="本", people=16, answer_status="filed"),
         "还有 3 人未达到 1 本"),
        (standing(metric="manual", state="progress", done="0.75", unit="项", answer_status="filed"),
         "清单尚有条目未落实"),
        (standing(state="pending", done="1"), "已提交，待审核"),
        (standing(state="done", done="1"), ""),
        (standing(state="exempt", exempt_reason="本周期内尚未成立"), "免报：本周期内尚未成立"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_in_words(given, words):
    assert missing_text(given) == words


@pytest.mark.parametrize(
    "period, title",
    [
        ("2026-03", "党课（3月）"),
        ("2026Q1", "党课（一季度）"),
        ("2025-12", "党课（2025年12月）"),
        ("2026", "党课"),
        ("2025", "党课（2025年）"),
        ("once", "党课"),
        ("term:7", "党课"),
        ("nonsense", "党课"),
    ],
)
def test_a_title_names_its_period_unless_it_is_the_whole_of_this_year(period, title):
    assert title_text("党课", period, 2026) == title
