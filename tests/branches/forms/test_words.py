"""The portal's plain words in place of Django's own."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "field, value, expected",
    [
        (forms.CharField(max_length=3), "一二三四", "最多 3 字，现为 4 字，请删减。"),
        (forms.CharField(min_length=3), "一", "至少 3 字，现为 1 字，请补充。"),
        (forms.CharField(), "\x00", "含有不能识别的字符，请删去后重新填写。"),
        (forms.IntegerField(), "三", "请填写整数。"),
        (forms.IntegerField(max_value=10), "11", "不能大于 10。"),
        (forms.DecimalField(min_value=Decimal("0.5")), "0", "不能小于 0.5。"),
        (forms.DecimalField(decimal_places=1), "0.25", "最多 1 位小数。"),
        (forms.DecimalField(max_digits=3, decimal_places=1), "123", "整数部分最多 2 位。"),
        (forms.DecimalField(max_digits=3), "1234", "数字过长，最多 3 位。"),
        (forms.DecimalField(), "三", "请填写数字。"),
        (forms.DateField(), "三月", "请填写正确的日期，如 2026-03-05。"),
        (forms.TimeField(), "下午", "请填写正确的时间，如 14:30。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "b", "请从列出的选项中选择。"),
        (forms.MultipleChoiceField(choices=[("a", "甲")]), ["b"], "请从列出的选项中选择。"),
        (forms.EmailField(), "a", "请填写正确的邮箱地址，如 name@example.cn。"),
        (forms.UUIDField(), "a", "页面已过期，请刷新后再试。"),
    ],
)
def test_what_a_field_says(field: forms.Field, value: Any, expected: str) -> None:
    with pytest.raises(ValidationError) as raised:
        field.clean(value)
    assert raised.value.messages == [expected]


def test_a_field_with_words_of_its_own_keeps_them() -> None:
    field = forms.ChoiceField(choices=[], error_messages={"invalid_choice": "请重新选择党小组。"})
    with pytest.raises(ValidationError, match="请重新选择党小组"):
        field.clean("b")
