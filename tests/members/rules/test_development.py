"""The table of steps: order, earliest days, materials, forms."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.enums import NoticeKind
from members.rules.development import (
    BY_CODE,
    STAGES,
    STEPS,
    Progress,
    StepForm,
    add_months,
    deadline,
    earliest,
    length,
    observations_lacking,
    possible,
    refusal,
    stage_of,
)
from tests.factories.development import TERMS

TODAY = date(2030, 1, 1)
ALL_PAPERS = [paper for step in STEPS for paper in step.papers]


def refused(code, on, *, papers=ALL_PAPERS, today=TODAY, **progress):
    found = refusal(BY_CODE[code], on, Progress(**{"done": {}, **progress}), TERMS, today=today, papers=papers)
    return found[1] if found else None


def done_until(code, start=date(2024, 3, 1)):
    """Every step before the code, each a day after the one before."""
    return {step.code: start + timedelta(days=place) for place, step in enumerate(STEPS[: BY_CODE[code].number - 1])}


def test_o05_five_stages_and_25_steps_in_order():
    assert [step.number for step in STEPS] == list(range(1, 26))
    assert len(STAGES) == 5
    assert [step.stage for step in STEPS] == sorted(step.stage for step in STEPS)
    assert [sum(step.stage == stage for step in STEPS) for stage in range(1, 6)] == [2, 4, 5, 7, 7]
    assert all(BY_CODE[code].number < step.number for step in STEPS for code in step.after)
    assert len({step.code for step in STEPS}) == 25


def test_o05_notices_come_before_steps_of_stages_three_to_five():
    assert {step.stage for step in STEPS if step.notice} == {3, 4, 5}
    assert [step.code for step in STEPS if step.form is StepForm.VOTE] == ["vote", "conversion_vote"]


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 3, 30), 11, date(2026, 2, 28)),
        (date(2026, 5, 6), 0, date(2026, 5, 6)),
    ],
)
def test_o05_months_end_with_the_month(day, months, found):
    assert add_months(day, months) == found


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_o05_months_count_on(day, months):
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_o05_a_step_out_of_order_names_what_is_missing():
    text = refused("candidate", date(2026, 5, 6), done={"apply": date(2025, 1, 1)})

    assert text == "第7步“确定发展对象”应在第6步“培养教育考察”之后办理，请先办理前面的步骤。"


def test_o05_too_early_names_the_rule_and_the_day():
    done = {**done_until("activist"), "activist": date(2025, 5, 6)}
    done |= {code: date(2025, 5, 20) for code in ("activist_filed", "contacts", "training")}

    text = refused("candidate", date(2026, 5, 5), done=done)
    assert text == "第7步“确定发展对象”应在列为积极分子满1年后，最早2026年5月6日。"
    assert refused("candidate", date(2026, 5, 6), done=done) is None


def test_o05_a_year_from_29_february():
    done = {**done_until("activist"), "activist": date(2024, 2, 29)}
    done |= {code: date(2024, 3, 1) for code in ("activist_filed", "contacts", "training")}

    assert earliest(BY_CODE["candidate"], Progress(done), TERMS)[0] == date(2025, 2, 28)
    assert refused("candidate", date(2025, 2, 27), done=done) is not None
    assert refused("candidate", date(2025, 2, 28), done=done) is None


def test_o05_not_before_the_step_before_and_not_in_the_future():
    done = {"apply": date(2026, 3, 10)}

    assert refused("talk", date(2026, 3, 9), done=done) == ("第2步“党组织派人谈话”不早于上一步，最早2026年3月10日。")
    assert refused("talk", date(2026, 3, 12), done=done, today=date(2026, 3, 11)) == "日期不能晚于今天。"
    assert refused("talk", date(2026, 3, 10), done=done) is None


def test_o05_a_step_is_taken_once():
    assert refused("apply", date(2026, 3, 9), done={"apply": date(2026, 3, 1)}) == (
        "第1步“递交入党申请书”已于2026年3月1日办理。"
    )


def test_o05_an_applicant_is_eighteen():
    assert refused("apply", date(2026, 2, 27), born_on=date(2008, 2, 29)) == (
        "第1步“递交入党申请书”应在年满18岁后，最早2026年2月28日。"
    )
    assert refused("apply", date(2026, 2, 28), born_on=date(2008, 2, 29)) is None
    assert refused("apply", date(2026, 2, 28)) is None


def test_o05_without_its_material_a_step_is_refused():
    done = done_until("activist")
    text = refused("activist", date(2026, 5, 5), done=done, papers=["推优材料"])

    assert text == ("第3步“推荐和确定入党积极分子”缺少材料：支部委员会会议记录。请上传文件，或者注明纸质材料已入卷。")


def test_o05_a_step_that_asks_for_a_notice_waits_for_its_end():
    done = done_until("candidate_filed")
    on = date(2026, 5, 20)

    wanted = "应在发展对象公示期满且无未处理的异议后办理，公示不少于5个工作日。"
    assert refused("candidate_filed", on, done=done) == f"第8步“发展对象报上级党委备案”{wanted}"
    assert refused("candidate_filed", on, done=done, noticed={NoticeKind.CANDIDATE: on}) is not None
    assert refused("candidate_filed", on, done=done, noticed={NoticeKind.CANDIDATE: date(2026, 5, 19)}) is None


def test_o05_where_the_rule_asks_for_no_notice_none_is_awaited():
    terms = replace(TERMS, notice_workdays=dict.fromkeys(NoticeKind.values, 0))
    progress = Progress(done_until("candidate_filed"))

    found = refusal(BY_CODE["candidate_filed"], date(2026, 5, 20), progress, terms, today=TODAY, papers=ALL_PAPERS)
    assert found is None


def test_o05_training_asks_for_two_half_yearly_notes():
    done = {**done_until("training"), "activist": date(2025, 5, 6)}
    one = (date(2025, 11, 6),)

    assert "还缺1次考察记录" in refused("training", date(2026, 5, 6), done=done, observations=one)
    assert refused("training", date(2026, 5, 6), done=done, observations=(*one, date(2026, 5, 6))) is None
    progress = Progress(done, observations=(date(2025, 5, 5), date(2026, 5, 7)))
    assert observations_lacking(BY_CODE["training"], date(2026, 5, 6), progress, TERMS) == 2


def test_o05_an_extended_probation_asks_for_more_notes():
    done = {**done_until("probation"), "vote": date(2025, 1, 10)}

    assert observations_lacking(BY_CODE["probation"], TODAY, Progress(done), TERMS) == 2
    assert observations_lacking(BY_CODE["probation"], TODAY, Progress(done, extension=6), TERMS) == 3


def test_o05_probation_is_a_year_from_the_vote_and_longer_when_extended():
    done = {**done_until("conversion_vote"), "vote": date(2024, 8, 31)}
    noticed = {NoticeKind.CONVERSION: date(2025, 1, 10)}

    text = refused("conversion_vote", date(2025, 8, 30), done=done, noticed=noticed)
    assert text == "第23步“支部大会讨论转正”应在支部大会通过为预备党员满1年后，最早2025年8月31日。"
    assert refused("conversion_vote", date(2025, 8, 31), done=done, noticed=noticed) is None
    text = refused("conversion_vote", date(2025, 8, 31), done=done, noticed=noticed, extension=6)
    assert text == "第23步“支部大会讨论转正”应在支部大会通过为预备党员满1年6个月后，最早2026年2月28日。"


def test_o05_approval_has_a_usual_and_a_last_day():
    done = {**done_until("approval"), "vote": date(2025, 8, 31), "superior_talk": date(2025, 9, 1)}

    assert deadline(BY_CODE["approval"], Progress(done), TERMS)[0] == date(2025, 11, 30)
    assert refused("approval", date(2026, 2, 28), done=done) is None
    assert refused("approval", date(2026, 3, 1), done=done) == (
        "第17步“上级党委审批”最长不超过支部大会通过后6个月（2026年2月28日），请由支部大会重新讨论。"
    )


@pytest.mark.parametrize(
    ("code", "known", "day"),
    [
        ("talk", {"apply": date(2026, 1, 31)}, date(2026, 2, 28)),
        ("conversion_vote", {"vote": date(2024, 2, 29)}, date(2025, 2, 28)),
        ("conversion_approval", {"conversion_vote": date(2025, 11, 30)}, date(2026, 2, 28)),
        ("oath", {"placed": date(2025, 11, 30)}, None),
        ("talk", {}, None),
    ],
)
def test_o05_deadlines(code, known, day):
    assert deadline(BY_CODE[code], Progress(known), TERMS)[0] == day


def test_o05_several_steps_may_be_possible_and_the_stage_is_that_of_the_first():
    assert [step.number for step in possible({})] == [1]
    done = done_until("introducers")
    assert [step.number for step in possible(done)] == [9, 10, 11]
    assert stage_of({}) == 1
    assert stage_of(done) == 3
    assert stage_of({step.code for step in STEPS}) == 5
    assert possible({step.code for step in STEPS}) == []


@pytest.mark.parametrize(("months", "words"), [(12, "1年"), (6, "6个月"), (18, "1年6个月"), (0, "0个月")])
def test_lengths_in_words(months, words):
    assert length(months) == words


@given(st.permutations([step.code for step in STEPS]), st.lists(st.integers(0, 8), min_size=25, max_size=25))
def test_o05_no_order_of_requests_takes_a_step_before_its_time(codes, gaps):
    """Asked for in any order and on any days, what was taken stands in order, each rule kept."""
    done: dict[str, date] = {}
    day = date(2020, 2, 29)
    noticed = dict.fromkeys(NoticeKind.values, date(2019, 1, 1))
    for code, gap in [*zip(codes, gaps, strict=True)] * 20:
        day += timedelta(days=gap)
        notes = tuple(day - timedelta(days=back) for back in range(3))
        progress = Progress(dict(done), observations=notes, noticed=noticed)
        step = BY_CODE[code]
        may = step in possible(done)
        found = refusal(step, day, progress, TERMS, today=date(2100, 1, 1), papers=ALL_PAPERS)
        assert may or found is not None
        if found is None:
            done[code] = day
    for code, on in done.items():
        assert all(done[before] <= on for before in BY_CODE[code].after)
    if "candidate" in done:
        assert done["candidate"] >= add_months(done["activist"], 12)
    if "approval" in done:
        assert done["approval"] <= add_months(done["vote"], 6)
    if "conversion_vote" in done:
        assert done["conversion_vote"] >= add_months(done["vote"], 12)
