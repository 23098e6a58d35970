from datetime import UTC, date, datetime

import pytest
from django.db.models import TextChoices

from branches.templatetags import words
from partybuild.lib.clock import ZONE


class Stage(TextChoices):
    FILED = "filed", "待审核"
    ODD = "odd", "另行处理"


@pytest.fixture(autouse=True)
def friday_20_march(settings, tmp_path):
    path = tmp_path / "clock"
    path.write_text("2026-03-20T15:00:00+08:00")
    settings.CLOCK_FILE = str(path)


@pytest.mark.parametrize(
    ("value", "label", "html"),
    [
        ("overdue", "", '<span class="state state-overdue">逾期</span>'),
        ("overdue", "逾期 2 天", '<span class="state state-overdue">逾期 2 天</span>'),
        ("已退回", "", '<span class="state state-returned">已退回</span>'),
        ("已通过", "", '<span class="state state-done">已通过</span>'),
        (Stage.FILED, "", '<span class="state state-pending">待审核</span>'),
        (Stage.ODD, "", '<span class="state state-none">另行处理</span>'),
        ("<b>", "", '<span class="state state-none">&lt;b&gt;</span>'),
    ],
)
def test_a_state_is_a_word_with_a_mark(value, label, html):
    assert words.state(value, label) == html


@pytest.mark.parametrize(
    ("value", "total", "low", "css"),
    [
        (3, 3, None, "bar full"),
        (5, 3, None, "bar full"),
        (1, 3, 0.5, "bar low"),
        (2, 3, 0.5, "bar"),
        (0, 3, None, "bar"),
    ],
)
def test_a_bar_tells_full_and_low(value, total, low, css):
    assert words.bar(value, total, low).startswith(f'<progress class="{css}" value=')


@pytest.mark.parametrize(("value", "total"), [(None, 3), (2, 0), (2, None)])
def test_a_bar_without_anything_to_compare_is_a_dash(value, total):
    assert words.bar(value, total) == "—"


def test_a_bar_never_exceeds_its_end_and_tells_its_figures():
    assert words.bar(7.5, 3) == (
        '<progress class="bar full" value="3.0" max="3.0" aria-label="7.5 / 3">7.5 / 3</progress>'
    )


@pytest.mark.parametrize(
    ("word", "value", "text"),
    [
        (words.pct, 0.836, "83.6 %"),
        (words.pct, 1, "100 %"),
        (words.pct, None, "—"),
        (words.percent, 96, "96 %"),
        (words.percent, 66.54, "66.5 %"),
        (words.thousands, 1248, "1,248"),
        (words.thousands, 1234.5, "1,234.5"),
        (words.thousands, 0, "0"),
        (words.signed, 2.1, "↑ 2.1"),
        (words.signed, -11, "↓ 11"),
        (words.signed, 0.04, "— 0"),
        (words.file_size, 900, "900 B"),
        (words.file_size, 348_160, "340 KB"),
        (words.file_size, 2_202_009, "2.1 MB"),
        (words.file_size, 3 * 1024**3, "3.0 GB"),
        (words.dash, 0, 0),
        (words.dash, "", "—"),
    ],
)
def test_figures(word, value, text):
    assert word(value) == text


@pytest.mark.parametrize(
    ("word", "value", "text"),
    [
        (words.zh_date, date(2026, 3, 5), "2026年3月5日"),
        (words.zh_date, datetime(2026, 3, 5, 17, tzinfo=UTC), "2026年3月6日"),
        (words.zh_date, None, ""),
        (words.zh_day, date(2026, 3, 5), "3月5日 周四"),
        (words.zh_day, date(2025, 12, 31), "2025年12月31日 周三"),
        (words.zh_month, date(2026, 3, 5), "2026年3月"),
        (words.zh_datetime, datetime(2026, 3, 5, 14, 30, tzinfo=ZONE), "2026年3月5日 14:30"),
        (words.zh_time, datetime(2026, 3, 5, 6, 30, tzinfo=UTC), "14:30"),
        (words.zh_moment, datetime(2026, 3, 20, 14, 40, tzinfo=ZONE), "今天 14:40"),
        (words.zh_moment, datetime(2026, 3, 19, 17, 20, tzinfo=ZONE), "昨天 17:20"),
        (words.zh_moment, datetime(2026, 3, 12, 9, 5, tzinfo=ZONE), "3月12日 09:05"),
        (words.zh_moment, datetime(2025, 3, 12, 9, 5, tzinfo=ZONE), "2025年3月12日 09:05"),
        (words.weekday, date(2026, 3, 22), "周日"),
        (words.days_left, date(2026, 3, 22), "还有 2 天"),
        (words.days_left, date(2026, 3, 20), "今天"),
        (words.due, date(2026, 3, 18), "3月18日 周三 · 逾期 2 天"),
    ],
)
def test_days_and_times(word, value, text):
    assert word(value) == text


@pytest.mark.parametrize(
    ("day", "css"), [(date(2026, 3, 19), "overdue"), (date(2026, 3, 23), "soon"), (date(2026, 3, 24), "none")]
)
def test_a_deadline_is_late_soon_or_neither(day, css):
    assert f"state-{css}" in words.due_state(day)
