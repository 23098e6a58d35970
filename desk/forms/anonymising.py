"""Confirming that personal data go."""

from typing import Any

from django import forms


class AnonymiseForm(forms.Form):
    """The member's name, typed."""

    confirm = forms.CharField(label="请输入党员姓名确认", max_length=64)

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_confirm(self) -> str:
        if self.cleaned_data["confirm"].strip() != self.name:
            raise forms.ValidationError("姓名不一致。")
        return self.name
