from datetime import UTC, datetime, timedelta

import pytest

from branches.enums import EndReason
from branches.rules.sessions import UNKNOWN_DEVICE, device_words, end_reason

NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)


@pytest.mark.parametrize(
    ("started", "seen", "reason"),
    [
        (timedelta(hours=11), timedelta(minutes=29), None),
        (timedelta(hours=11), timedelta(minutes=30), EndReason.IDLE),
        (timedelta(hours=12), timedelta(0), EndReason.LIMIT),
    ],
)
def test_r08_idle_and_absolute_limits(started, seen, reason):
    found = end_reason(started_at=NOW - started, seen_at=NOW - seen, now=NOW, idle=IDLE, longest=LONGEST)

    assert found == reason


def test_r08_without_limits_a_sign_in_goes_on():
    long_ago = NOW - timedelta(days=30)

    assert end_reason(started_at=long_ago, seen_at=long_ago, now=NOW, idle=None, longest=None) is None


CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Windows 电脑 · 谷歌内核浏览器"),
        (CHROME + " Edg/120.0", "Windows 电脑 · Edge 浏览器"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Safari/604.1", "苹果手机或平板 · Safari 浏览器"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/110 MicroMessenger/8.0", "安卓手机 · 微信"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0", "Linux 电脑 · 火狐浏览器"),
        ("", UNKNOWN_DEVICE),
    ],
)
def test_r10_a_device_is_called_what_people_call_it(agent, words):
    assert device_words(agent) == words
