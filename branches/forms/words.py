"""What a form says of a value that it cannot take: the portal's plain words in place of Django's own."""

from django import forms
from django.core import validators

_CHOICE = "请从列出的选项中选择。"
_NUMBER = "请填写数字。"
_FIELDS: dict[type[forms.Field], dict[str, str]] = {
    forms.IntegerField: {"invalid": "请填写整数。"},
    forms.FloatField: {"invalid": _NUMBER},
    forms.DecimalField: {"invalid": _NUMBER},
    forms.DateField: {"invalid": "请填写正确的日期，如 2026-03-05。"},
    forms.TimeField: {"invalid": "请填写正确的时间，如 14:30。"},
    forms.DateTimeField: {"invalid": "请填写正确的日期和时间，如 2026-03-05 14:30。"},
    forms.UUIDField: {"invalid": "页面已过期，请刷新后再试。"},
    forms.ChoiceField: {"invalid_choice": _CHOICE},
    forms.TypedChoiceField: {"invalid_choice": _CHOICE},
    forms.MultipleChoiceField: {"invalid_choice": _CHOICE, "invalid_list": _CHOICE},
    forms.ModelChoiceField: {"invalid_choice": _CHOICE},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": _CHOICE,
        "invalid_list": _CHOICE,
        "invalid_pk_value": _CHOICE,
    },
    forms.FileField: {
        "invalid": "没有收到文件，请重新选择。",
        "missing": "没有收到文件，请重新选择。",
        "empty": "文件是空的，请重新选择。",
        "max_length": "文件名过长，最多 %(max)d 字，现为 %(length)d 字。",
    },
    forms.URLField: {"invalid": "请填写完整的网址，以 http:// 或 https:// 开头。"},
}
_LENGTHS: dict[type[validators.BaseValidator], str] = {
    validators.MaxLengthValidator: "最多 %(limit_value)d 字，现为 %(show_value)d 字，请删减。",
    validators.MinLengthValidator: "至少 %(limit_value)d 字，现为 %(show_value)d 字，请补充。",
    validators.MaxValueValidator: "不能大于 %(limit_value)s。",
    validators.MinValueValidator: "不能小于 %(limit_value)s。",
}
_DECIMALS = {
    "invalid": _NUMBER,
    "max_digits": "数字过长，最多 %(max)s 位。",
    "max_decimal_places": "最多 %(max)s 位小数。",
    "max_whole_digits": "整数部分最多 %(max)s 位。",
}
_EMAIL = "请填写正确的邮箱地址，如 name@example.cn。"


def use_plain_words() -> None:
    """Once, when the portal starts. A field that brings words of its own keeps them."""
    for field, messages in _FIELDS.items():
        field.default_error_messages = {**field.default_error_messages, **messages}
    for validator, message in _LENGTHS.items():
        validator.message = message
    validators.DecimalValidator.messages = {**validators.DecimalValidator.messages, **_DECIMALS}
    validators.EmailValidator.message = _EMAIL
    validators.validate_email.message = _EMAIL
    validators.ProhibitNullCharactersValidator.message = "含有不能识别的字符，请删去后重新填写。"
