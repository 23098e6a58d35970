"""Form fields for the value of a rule, by its shape, and the way back from what was filled in to the value."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from office.rules.defaults import Shape
from office.rules.wording import BANDS, COMPULSORY
from partybuild.lib.periods import PeriodKind

MAX_LINES, MAX_LINE = 30, 128
_SHARE = re.compile(r"\d{1,4}(\.\d{1,6})?|[1-9]\d{0,3}/[1-9]\d{0,3}", re.ASCII)
_PERIODS = ("month", "two_months", "quarter", "half_year", "year")


class LinesField(forms.CharField):
    """Several texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MAX_LINES or any(len(line) > MAX_LINE for line in lines):
            raise forms.ValidationError(f"最多 {MAX_LINES} 行，每行最多 {MAX_LINE} 字。")
        if len(set(lines)) < len(lines):
            raise forms.ValidationError("有重复的行，请删除。")
        return lines


class ShareField(forms.CharField):
    """A decimal number or a fraction, kept as written."""

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        if not _SHARE.fullmatch(written):
            raise forms.ValidationError("请填写小数（如 0.02）或分数（如 1/3）。")
        return written


def whole_number(label: str, initial: Any, highest: int = 100_000, help_text: str = "") -> forms.IntegerField:
    """A whole number from nought on."""
    return forms.IntegerField(label=label, min_value=0, max_value=highest, initial=initial, help_text=help_text)


class ValueFields:
    """The fields of one shape: ``fields(value)`` with what is in force, ``value(filled)`` from what was filled in."""

    def fields(self, value: Any) -> dict[str, forms.Field]:
        raise NotImplementedError

    def value(self, filled: Mapping[str, Any]) -> Any:
        return filled["value"]


class _Integer(ValueFields):
    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {"value": whole_number("取值", value)}


class _Share(ValueFields):
    def fields(self, value: Any) -> dict[str, forms.Field]:
        help_text = "小数或分数：百分之二填 0.02，三分之一填 1/3。"
        return {"value": ShareField(label="取值", initial=value, help_text=help_text)}


class _Text(ValueFields):
    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {"value": forms.CharField(label="取值", initial=value, max_length=64)}


class _List(ValueFields):
    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {"value": LinesField(label="取值", initial=value, help_text="每行一项，按顺序填写。")}


class _Bands(ValueFields):
    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {name: whole_number(f"“{label}”最低分", value.get(name), 100) for name, label in BANDS.items()}

    def value(self, filled: Mapping[str, Any]) -> Any:
        bands = {name: filled[name] for name in BANDS}
        lowest = list(bands.values())
        if sorted(set(lowest), reverse=True) != lowest:
            raise forms.ValidationError({"good": "各等次的最低分应当由高到低。"})
        return bands


class _Frequency(ValueFields):
    def fields(self, value: Any) -> dict[str, forms.Field]:
        periods = [(period, PeriodKind(period).label) for period in _PERIODS]
        return {
            "period": forms.ChoiceField(label="周期", choices=periods, initial=value["period"]),
            "at_least": whole_number("不少于", int(Decimal(value["at_least"])), 1000),
        }

    def value(self, filled: Mapping[str, Any]) -> Any:
        return {"at_least": str(filled["at_least"]), "period": filled["period"]}


class _Rates(ValueFields):
    def fields(self, value: Any) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for number, band in enumerate(value, start=1):
            if band["up_to"] is not None:
                fields[f"up_to_{number}"] = forms.DecimalField(
                    label=f"第 {number} 档月基数不超过（元）",
                    min_value=Decimal(1),
                    max_digits=8,
                    decimal_places=2,
                    initial=band["up_to"],
                )
            fields[f"rate_{number}"] = forms.DecimalField(
                label=f"第 {number} 档比例（%）",
                min_value=Decimal(0),
                max_value=Decimal(10),
                decimal_places=3,
                initial=_text(Decimal(band["rate"]) * 100),
            )
        return fields

    def value(self, filled: Mapping[str, Any]) -> Any:
        bands = []
        for number in range(1, sum(name.startswith("rate_") for name in filled) + 1):
            up_to = filled.get(f"up_to_{number}")
            bands.append(
                {"up_to": None if up_to is None else _text(up_to), "rate": _text(filled[f"rate_{number}"] / 100)}
            )
        limits = [Decimal(band["up_to"]) for band in bands if band["up_to"] is not None]
        if sorted(set(limits)) != limits:
            raise forms.ValidationError({"up_to_1": "各档月基数应当由低到高。"})
        return bands


class _Capped(ValueFields):
    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {
            "points": whole_number("每次得分", value["points"], 100),
            "cap": whole_number("每年最高", value["cap"], 1000),
        }

    def value(self, filled: Mapping[str, Any]) -> Any:
        if filled["cap"] < filled["points"]:
            raise forms.ValidationError({"cap": "每年最高分不能低于每次得分。"})
        return {"points": filled["points"], "cap": filled["cap"]}


class _Kind(ValueFields):
    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {
            "label": forms.CharField(label="名称", max_length=32, initial=value["label"]),
            "order": whole_number("排列顺序", value["order"], 9999, "数字小的排在前面。"),
            "prominent": forms.BooleanField(label="列为常用类型", required=False, initial=value["prominent"]),
            "required": forms.MultipleChoiceField(
                label="必填内容",
                choices=list(COMPULSORY.items()),
                initial=value["required"],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            "default_hours": whole_number("建议时长（小时）", value["default_hours"], 24),
            "minutes_guide": LinesField(label="记录提示", initial=value["minutes_guide"], help_text="每行一条。"),
        }

    def value(self, filled: Mapping[str, Any]) -> Any:
        names = ("label", "order", "prominent", "required", "minutes_guide", "default_hours")
        # Photos stay by choice: the national rules bar needless ones.
        return {name: filled[name] for name in names} | {"photos": "optional"}


def _text(number: Decimal) -> str:
    return f"{number.normalize():f}"


VALUE_FIELDS: dict[Shape, ValueFields] = {
    Shape.INTEGER: _Integer(),
    Shape.DECIMAL: _Share(),
    Shape.TEXT: _Text(),
    Shape.LIST: _List(),
    Shape.BANDS: _Bands(),
    Shape.FREQUENCY: _Frequency(),
    Shape.RATES: _Rates(),
    Shape.CAPPED: _Capped(),
    Shape.KIND: _Kind(),
}
