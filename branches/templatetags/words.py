"""How dates, figures and states are worded on every page. Loaded by ``{% load ui %}``."""

from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from partybuild.lib import dates
from partybuild.lib.clock import in_zone, today

DASH = "—"

# The eight words of every page, and 还有几天; the code names the mark.
STATES = {
    "open": "未开始",
    "progress": "进行中",
    "pending": "待审核",
    "returned": "已退回",
    "done": "已完成",
    "overdue": "逾期",
    "extended": "已延期",
    "exempt": "免报",
    "soon": "临近到期",
}
# Other words keep their own text and borrow the mark that fits.
_MARKS = {label: code for code, label in STATES.items()} | {
    "草稿": "open",
    "编辑中": "progress",
    "已生成": "done",
    "已撤回": "open",
    "待处理": "open",
    "整改中": "progress",
    "已发布": "progress",
    "已下发": "progress",
    "待签发": "pending",
    "待确认": "pending",
    "已确认": "done",
    "待销号": "pending",
    "再次提交": "pending",
    "已提交": "pending",
    "有提示": "returned",
    "待核验": "pending",
    "达标": "done",
    "未达标": "overdue",
    "已通过": "done",
    "待批复": "pending",
    "已同意": "done",
    "未同意": "overdue",
    "已销号": "done",
    "已签发": "done",
    "已结束": "done",
    "正常": "done",
    "未完成": "overdue",
    "缺报": "overdue",
    "迟报": "soon",
    "预警": "soon",
    "临近": "soon",
    "已批延期": "extended",
    "待审批": "pending",
    "待生效": "pending",
    "已办理": "done",
    "已取消": "exempt",
    "未能办理": "overdue",
    "待接收": "pending",
    "待回执": "pending",
    "已接收": "done",
    "已转出": "done",
    "已过期": "overdue",
    "已核定": "done",
    "待批准": "pending",
    "未批准": "returned",
    "已结账": "done",
    "已缴清": "done",
    "欠缴": "overdue",
    "已作废": "exempt",
    "已归档": "exempt",
    "待答复": "pending",
    "已答复": "done",
    "已转上级": "progress",
    "未上报": "open",
    "已上报": "done",
    "待办结": "pending",
    "已办结": "done",
    "待签订": "pending",
    "已签订": "done",
    "已采用": "done",
    "未采用": "returned",
    "征集中": "progress",
    "已展示": "done",
    "入选": "done",
    "未入选": "exempt",
    "已报送": "pending",
    "已终止": "exempt",
    "未发现问题": "done",
    "查出问题": "returned",
    "已自查": "done",
    "自查中": "progress",
    "未自查": "open",
    "不存在": "done",
    "待对照": "open",
    "不予受理": "exempt",
    "已受理": "progress",
    "待受理": "pending",
    "反弹再整改": "overdue",
    "待认领": "open",
    "待验收": "pending",
    "已验收": "done",
    "已认领": "progress",
    "待推荐": "pending",
    "核验达标": "done",
    "核验未达标": "overdue",
    "已授予": "done",
    "未推荐": "exempt",
    "已撤销": "exempt",
    "已放弃": "exempt",
    "待评价": "pending",
    "未予办理": "exempt",
    "办理中": "progress",
    "待公示": "open",
    "公示中": "progress",
    "待评定": "pending",
    "已兑现": "done",
    "未兑现": "overdue",
}


def state(value: Any, label: str = "") -> SafeString:
    """A state as a word with its mark: a code of ``STATES``, a Chinese word, or a member of a ``TextChoices``."""
    text = label or str(getattr(value, "label", "") or STATES.get(str(value), value))
    code = str(value) if str(value) in STATES else _MARKS.get(str(getattr(value, "label", value)), "none")
    return format_html('<span class="state state-{}">{}</span>', code, text)


def bar(value: Any, total: Any, low: float | None = None, label: str = "") -> SafeString | str:
    """A thin bar; green when full, red below the share ``low``; a dash where there is nothing to compare."""
    if value is None or not total:
        return DASH
    share = float(value) / float(total)
    kind = " full" if share >= 1 else " low" if low is not None and share < float(low) else ""
    words = label or f"{plain(value)} / {plain(total)}"
    return format_html(
        '<progress class="bar{}" value="{}" max="{}" aria-label="{}">{}</progress>',
        kind,
        min(float(value), float(total)),
        float(total),
        words,
        words,
    )


def plain(value: Any) -> str:
    """A number without needless zeros: 7.5, 3."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def dash(value: Any) -> Any:
    """A dash for what is not there; nought stays nought."""
    return DASH if value is None or value == "" else value


def pct(share: Any, digits: int = 1) -> str:
    """0.836 as 83.6 %."""
    return DASH if share is None or share == "" else percent(float(share) * 100, digits)


def percent(value: Any, digits: int = 1) -> str:
    """83.6 as 83.6 %; a whole number without its decimals."""
    if value is None or value == "":
        return DASH
    text = f"{float(value):.{int(digits)}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def thousands(value: Any) -> str:
    """1248 as 1,248."""
    if value is None or value == "":
        return DASH
    return f"{value:,.1f}" if isinstance(value, float) and value != int(value) else f"{int(value):,}"


def signed(value: Any) -> str:
    """A change against the last period: ↑ 2.1, ↓ 0.8, — 0."""
    if value is None or value == "":
        return DASH
    number = round(float(value), 1)
    size = f"{abs(number):g}"
    return f"↑ {size}" if number > 0 else f"↓ {size}" if number < 0 else f"{DASH} 0"


def file_size(size: Any) -> str:
    """Bytes as people read them: 2.1 MB, 340 KB."""
    if size is None or size == "":
        return DASH
    number = float(size)
    for unit in ("B", "KB", "MB"):
        if number < 1024:
            return f"{number:.0f} {unit}" if unit != "MB" else f"{number:.1f} {unit}"
        number /= 1024
    return f"{number:.1f} GB"


def day_of(value: date | datetime) -> date:
    """The day in Asia/Shanghai of a day or a moment."""
    return in_zone(value).date() if isinstance(value, datetime) else value


def zh_date(value: date | datetime | None) -> str:
    """2026年3月5日."""
    return dates.day_text(day_of(value)) if value else ""


def zh_day(value: date | datetime | None) -> str:
    """3月5日 周四; with the year when it is not this one."""
    if not value:
        return ""
    day = day_of(value)
    year = f"{day.year}年" if day.year != today().year else ""
    return f"{year}{day.month}月{day.day}日 {dates.weekday_text(day)}"


def zh_month(value: date | datetime | None) -> str:
    """2026年3月."""
    return dates.month_text(day_of(value)) if value else ""


def zh_datetime(value: datetime | None) -> str:
    """2026年3月5日 14:30."""
    return dates.moment_text(value) if value else ""


def zh_time(value: datetime | None) -> str:
    """14:30."""
    return f"{in_zone(value):%H:%M}" if value else ""


def zh_moment(value: datetime | None) -> str:
    """今天 14:40, 昨天 17:20, 3月12日 09:05; with the year when it is not this one."""
    if not value:
        return ""
    days = (today() - day_of(value)).days
    if days in (0, 1):
        return f"{'昨天' if days else '今天'} {zh_time(value)}"
    day = day_of(value)
    year = f"{day.year}年" if day.year != today().year else ""
    return f"{year}{day.month}月{day.day}日 {zh_time(value)}"


def weekday(value: date | datetime | None) -> str:
    """周五."""
    return dates.weekday_text(day_of(value)) if value else ""


def days_left(value: date | datetime | None) -> str:
    """还有 2 天, 今天, 逾期 3 天."""
    return dates.left_text(day_of(value), today()) if value else ""


def due(value: date | datetime | None) -> str:
    """A deadline with its weekday and what is left: 3月22日 周日 · 还有 2 天."""
    return f"{zh_day(value)} · {days_left(value)}" if value else ""


def due_state(value: date | datetime | None, soon: int = 3) -> SafeString | str:
    """What is left until a deadline as a state word: late in red, within ``soon`` days in amber."""
    if not value:
        return ""
    left = (day_of(value) - today()).days
    code = "overdue" if left < 0 else "soon" if left <= int(soon) else "none"
    return state(code, days_left(value))


FILTERS = (
    dash, pct, percent, thousands, signed, file_size, zh_date, zh_day, zh_month, zh_datetime, zh_time, zh_moment,
    weekday, days_left, due, due_state,
)  # fmt: skip
