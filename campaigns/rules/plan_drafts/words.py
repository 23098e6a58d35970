"""Days, shares and groups of metrics as staff write and read them."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from campaigns.enums import MeasuredBy
from campaigns.rules.metrics import METRICS
from campaigns.rules.plan_drafts.states import PlanDraftError
from campaigns.rules.plan_fields import MANUAL
from campaigns.rules.targets import PERCENT, number_text

_DAY = re.compile(r"(?:(\d{4})\s*[年/.-]\s*)?(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?(?:之?前)?")
_MONTH_END = re.compile(r"(?:(\d{4})\s*[年/.-]\s*)?(\d{1,2})\s*月底?(?:之?前)?")
_LEAP = 2000
_SMALLEST_SHARE = Decimal("0.01")

GROUPS = (
    ("按清单完成", (MANUAL,)),
    ("组织生活", ("activity", "life", "talk")),
    ("学习教育", ("study", "education", "lecture", "reading", "books", "youth", "culture")),
    ("党委（党组）工作", ("committee", "meeting", "report", "cycle", "evaluation", "supervision")),
    ("廉政和纪律", ("integrity", "discipline", "event")),
    ("党务队伍和培训", ("training", "ratio", "staff", "term", "development")),
    ("保障和阵地", ("funds", "room", "plan", "agreement", "lists")),
    ("联系和服务", ("contact", "community", "project", "info", "mass", "points")),
)
_OTHERS = "整改和覆盖面"


def metric_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every metric under the group that it belongs to, with its unit and how it is counted."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in (*(group for group, _ in GROUPS), _OTHERS)}
    for metric in METRICS.values():
        how = "自动计数" if metric.measured_by == MeasuredBy.RECORDS else "按清单填报"
        found[_group_of(metric.code)].append((metric.code, f"{metric.name}（{metric.unit}，{how}）"))
    return [(name, choices) for name, choices in found.items() if choices]


def _group_of(code: str) -> str:
    prefix = code.partition(".")[0]
    return next((name for name, prefixes in GROUPS if prefix in prefixes), _OTHERS)


def day_of(text: str) -> str:
    """6月30日, 6-30, 2026年6月30日, 6月底 → ``06-30`` or ``2026-06-30``; empty for nothing."""
    text = text.strip()
    if not text:
        return ""
    if found := _DAY.fullmatch(text):
        return _checked(found[1], int(found[2]), int(found[3]), text)
    if found := _MONTH_END.fullmatch(text):
        return _checked(found[1], int(found[2]), 0, text)
    raise PlanDraftError(f"“{text}”不是日期。请写成 6月30日 或 2026年6月30日。")


def _checked(year: str | None, month: int, day: int, text: str) -> str:
    try:
        given = int(year) if year else _LEAP
        last = day or (date(given + month // 12, month % 12 + 1, 1) - date.resolution).day
        found = date(given, month, last)
    except ValueError as error:
        raise PlanDraftError(f"“{text}”不是日历上的日期。") from error
    return found.isoformat() if year else found.isoformat()[5:]


def day_words(day: str) -> str:
    """``06-30`` → 6月30日; ``2026-06-30`` → 2026年6月30日."""
    if not day:
        return ""
    *year, month, number = day.split("-")
    return f"{f'{year[0]}年' if year else ''}{int(month)}月{int(number)}日"


def amount_of(text: str, unit: str) -> str:
    """What staff write into what a plan holds: 2 with the unit % is 0.02."""
    try:
        amount = Decimal(text.strip().rstrip("%％").replace(",", ""))
    except InvalidOperation as error:
        raise PlanDraftError(f"“{text}”不是数字。") from error
    amount = amount / 100 if unit == PERCENT else amount
    if not amount.is_finite() or amount < _SMALLEST_SHARE:
        raise PlanDraftError("数量应大于零，最多两位小数；比例最小为 1%。")
    if amount != amount.quantize(_SMALLEST_SHARE):
        raise PlanDraftError("数量最多两位小数；比例取整数，如 2%。")
    return number_text(amount).replace(",", "")


def amount_words(amount: str, unit: str) -> str:
    """The reverse: 0.02 with the unit % is shown as 2."""
    if not amount:
        return ""
    value = Decimal(amount) * 100 if unit == PERCENT else Decimal(amount)
    return number_text(value).replace(",", "")


_NAMED = re.compile(r"(.*?)【附[：:](.+?)】")


def checklist_lines(items: Iterable[dict[str, Any]]) -> str:
    """One demand a line; 【附材料】 at its end where material is to be attached, 【附：…、…】 where it is named."""
    return "\n".join(f"{item['text']}{_material(item)}" for item in items)


def _material(item: dict[str, Any]) -> str:
    slots = item.get("slots")
    if slots:
        return f"【附：{'、'.join(slots)}】"
    return "【附材料】" if item.get("evidence") else ""


def checklist_of(text: str) -> list[dict[str, object]]:
    """The reverse; empty lines are left out."""
    found: list[dict[str, object]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        named = _NAMED.fullmatch(line)
        words = named[1].strip() if named else line.removesuffix("【附材料】").strip()
        slots = list(dict.fromkeys(filter(None, re.split(r"[、，,；;]\s*", named[2].strip())))) if named else []
        item: dict[str, object] = {"text": words}
        if words != line:
            item["evidence"] = True
        if slots:
            item["slots"] = slots
        found.append(item)
    return [item for item in found if item["text"]]
