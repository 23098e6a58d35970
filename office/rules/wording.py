"""Values of the rule table in words, as pages show them."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from office.rules.defaults import Shape, by_code
from partybuild.lib.periods import PeriodKind

BANDS = {"good": "好", "fair": "较好", "average": "一般"}
COMPULSORY = {
    "attendance": "到会人员",
    "minutes": "记录",
    "hours": "时长",
    "host": "主持人或主讲人",
    "place": "地点",
    "title": "主题",
}
_DIGITS = "零一二三四五六七八九十"
_SHIPPED = by_code()


def shape_of(code: str, value: Any) -> Shape:
    """How the value of a code is built; for a code that is not shipped, by what the value is."""
    if code in _SHIPPED:
        return _SHIPPED[code].shape
    kinds = {int: Shape.INTEGER, list: Shape.LIST}
    return kinds.get(type(value), Shape.TEXT)


def value_text(code: str, value: Any, unit: str = "", names: Mapping[str, str] | None = None) -> str:
    """The value in words. ``names`` gives words for codes in lists, such as kinds of activity."""
    return _WORDS[shape_of(code, value)](value, unit, names or {})


def share_text(written: Any) -> str:
    """二分之一 for 1/2, 2 % for 0.02."""
    share = Fraction(str(written))
    if "/" in str(written) and share.denominator < len(_DIGITS) and share.numerator < len(_DIGITS):
        return f"{_DIGITS[share.denominator]}分之{_DIGITS[share.numerator]}"
    return f"{_number(share * 100)} %"


def _number(value: Any) -> str:
    number = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)
    return f"{number.normalize():,f}"


def _plain(value: Any, unit: str, names: Mapping[str, str]) -> str:
    return f"{value} {unit}".strip()


def _share(value: Any, unit: str, names: Mapping[str, str]) -> str:
    return share_text(value)


def _list(value: Any, unit: str, names: Mapping[str, str]) -> str:
    return "、".join(names.get(str(one), str(one)) for one in value)


def _bands(value: Any, unit: str, names: Mapping[str, str]) -> str:
    return "、".join(f"{BANDS.get(name, name)} {lowest} {unit}" for name, lowest in _by_worth(value))


def _by_worth(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The database keeps no order of names: the highest band first."""
    return sorted(value.items(), key=lambda band: -band[1])


def _frequency(value: Any, unit: str, names: Mapping[str, str]) -> str:
    return f"{PeriodKind(value['period']).label}不少于 {value['at_least']} {unit}"


def _rates(value: Any, unit: str, names: Mapping[str, str]) -> str:
    parts, below = [], None
    for band in value:
        rate, up_to = share_text(band["rate"]), band["up_to"]
        if up_to is None:
            parts.append(f"{_number(below)} 元以上 {rate}" if below else rate)
        else:
            above = "" if below is None else f"{_number(below)} 元以上至 "
            parts.append(f"{above}{_number(up_to)} 元{'' if above else '及以下'} {rate}")
        below = up_to
    return "，".join(parts)


def _capped(value: Any, unit: str, names: Mapping[str, str]) -> str:
    return f"每次 {value['points']} {unit}，每年最高 {value['cap']} {unit}"


def _kind(value: Any, unit: str, names: Mapping[str, str]) -> str:
    required = "、".join(COMPULSORY.get(name, name) for name in value["required"])
    place = "常用" if value["prominent"] else "列在“其他”中"
    return f"{place}；必填：{required or '无'}；建议时长 {value['default_hours']} 小时"


_WORDS: dict[Shape, Callable[[Any, str, Mapping[str, str]], str]] = {
    Shape.INTEGER: _plain,
    Shape.TEXT: _plain,
    Shape.DECIMAL: _share,
    Shape.LIST: _list,
    Shape.BANDS: _bands,
    Shape.FREQUENCY: _frequency,
    Shape.RATES: _rates,
    Shape.CAPPED: _capped,
    Shape.KIND: _kind,
}
