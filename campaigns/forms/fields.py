"""Form fields of records: several files at once, and ids as a list in a hidden field."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_ID = re.compile(r"\d{1,18}", re.ASCII)
_MOST = 2000


class FilesInput(forms.ClearableFileInput):
    """An input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; cleaned to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files]


class IdsInput(forms.MultipleHiddenInput):
    """Ids under one name, each in a field of its own or several in one, with commas between."""


class IdsField(forms.Field):
    """Ids of rows; cleaned to a frozenset. What is not a number is refused."""

    widget = IdsInput

    def clean(self, value: Any) -> frozenset[int]:
        values = value if isinstance(value, list | tuple) else [value] if value else []
        texts = [text for each in values for text in str(each).split(",") if text.strip()]
        if len(texts) > _MOST or not all(_ID.fullmatch(text.strip()) for text in texts):
            raise ValidationError("名单有误，请刷新页面后重新选择。")
        return frozenset(int(text) for text in texts)
