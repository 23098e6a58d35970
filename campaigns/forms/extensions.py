"""Forms of extensions and exemptions."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from branches.permissions import Permission, Scope
from campaigns.forms.assignments import AssignmentFilterForm
from campaigns.models import Assignment
from campaigns.queries.assignments import filtered
from campaigns.rules.extensions import ExtensionState

MOST = 5000
"""So many assignments are changed at once."""
EXTEND, EXEMPT, LIFT = "extend", "exempt", "lift"


class ExtensionForm(forms.Form):
    """An organisation asks for more time."""

    wanted_on = forms.DateField(label="申请延期至")
    reason = forms.CharField(
        label="理由",
        max_length=255,
        widget=forms.Textarea({"rows": 3}),
        help_text="说明为什么不能按期完成、何时能完成。",
    )


class ExtensionAnswerForm(forms.Form):
    """The superior's answer; without a day of its own it grants the one asked for."""

    grant = forms.TypedChoiceField(
        label="批复",
        choices=[("yes", "同意延期"), ("no", "不同意")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    due_on = forms.DateField(label="批准延期至", required=False, help_text="不填即为申请的日期。")
    remark = forms.CharField(
        label="批复意见",
        max_length=255,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="不同意的请写明理由。",
    )


class ExtensionFilterForm(forms.Form):
    """Requests by state and words."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *ExtensionState.choices])
    q = forms.CharField(label="查找", required=False, max_length=64, widget=forms.TextInput({"type": "search"}))


class ChangeForm(forms.Form):
    """What is done to many assignments at once."""

    deed = forms.ChoiceField(
        label="办理",
        choices=[(EXTEND, "延期"), (EXEMPT, "免报"), (LIFT, "取消免报")],
        widget=forms.RadioSelect,
    )
    due_on = forms.DateField(label="延期至", required=False, help_text="办理延期时填写。")
    reason = forms.CharField(
        label="理由", max_length=128, required=False, help_text="延期和免报须写明理由，支部会看到。"
    )

    def clean(self) -> dict[str, Any]:
        """A day and a reason where the deed asks for them."""
        data = super().clean() or {}
        if data.get("deed") == EXTEND and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "请选择延期后的截止日期。")
        if data.get("deed") in (EXTEND, EXEMPT) and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "请填写理由。")
        return data


def chosen_ids(data: QueryDict, scope: Scope, today: date) -> list[int]:
    """Ids of the assignments that are marked, or of all that the list's filter shows (``all=1``), inside the scope."""
    if data.get("all"):
        form = AssignmentFilterForm(data, scope=scope)
        if not form.is_valid():
            raise ValidationError("筛选条件有误，请返回任务列表重新选择。")
        found = filtered(scope, form.wanted(), today)
    else:
        marks = [mark for mark in data.getlist("mark") if mark.isdecimal() and len(mark) < 19]
        found = Assignment.objects.filter(pk__in=marks)
    reached = Assignment.objects.visible_to(scope, Permission.DISPATCH).values("pk")
    ids = list(found.filter(pk__in=reached).order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(ids) > MOST:
        raise ValidationError(f"一次最多办理 {MOST:,} 项任务，请缩小范围。")
    return ids
