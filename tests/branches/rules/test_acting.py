from dataclasses import replace
from datetime import date

import pytest

from branches.enums import Role
from branches.rules.acting import Wish, refusal

TODAY = date(2026, 3, 5)
GOOD = Wish(
    role=Role.SECRETARY, principal_id=1, deputy_id=2, is_deputy_active=True, is_deputy_officer=False,
    is_acting_itself=False,
    post_starts_on=date(2020, 1, 1), post_ends_on=None, starts_on=TODAY, ends_on=date(2026, 3, 20),
)  # fmt: skip


def test_x13_a_colleague_may_hold_a_post_for_some_days():
    assert refusal(GOOD, today=TODAY, longest=90) == ("", "")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"role": Role.SYSADMIN}, "", "不能委托他人代理"),
        ({"role": Role.SECADMIN}, "", "不能委托他人代理"),
        ({"role": Role.AUDITOR}, "", "不能委托他人代理"),
        ({"role": Role.MEMBER}, "", "不能委托他人代理"),
        ({"is_acting_itself": True}, "", "不能再委托给第三人"),
        ({"deputy_id": 1}, "deputy", "不能委托给岗位本人"),
        ({"is_deputy_active": False}, "deputy", "已停用"),
        ({"is_deputy_officer": True}, "deputy", "不能代理业务岗位"),
        ({"ends_on": date(2026, 3, 4)}, "ends_on", "不能早于开始日期"),
        ({"starts_on": date(2026, 3, 4)}, "starts_on", "不能早于今天"),
        ({"ends_on": date(2026, 6, 3)}, "ends_on", "最长 90 天"),
        ({"post_starts_on": date(2026, 3, 6)}, "starts_on", "任职日期"),
        ({"post_ends_on": date(2026, 3, 19)}, "ends_on", "该岗位的结束日期"),
    ],
)
def test_x13_what_is_refused(change, field, words):
    told = refusal(replace(GOOD, **change), today=TODAY, longest=90)

    assert told[0] == field
    assert words in told[1]


def test_ninety_days_are_allowed_and_one_more_is_not():
    assert refusal(replace(GOOD, ends_on=date(2026, 6, 2)), today=TODAY, longest=90) == ("", "")
