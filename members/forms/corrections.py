"""Forms for requests for correction."""

from typing import Any

from django import forms

from members.enums import CorrectionState
from members.rules.corrections import CORRECTABLE


class CorrectionForm(forms.Form):
    """What is wrong, and what it should be."""

    field = forms.ChoiceField(label="要更正的事项", choices=[("", "请选择"), *CORRECTABLE.items()])
    wanted = forms.CharField(label="正确的内容", max_length=128, help_text="日期写成 2010年7月1日 或 2010-07-01。")
    reason = forms.CharField(label="说明", max_length=255, required=False)


class AnswerForm(forms.Form):
    """Adopt, or send back with the reason."""

    verb = forms.ChoiceField(choices=[("adopt", "采纳"), ("return", "退回")], widget=forms.HiddenInput)
    answer = forms.CharField(label="答复", max_length=255, required=False)


class CorrectionFilterForm(forms.Form):
    """Filters of the list."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *CorrectionState.choices])

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
