"""Forms of the structure check."""

import re
from datetime import timedelta
from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.enums import FindingCode
from members.rules.structure import APPROVABLE
from office.queries.rules import rule_table
from partybuild.lib import clock

_MARK = re.compile(r"^(\d{1,18}):(\w{1,24})$", re.ASCII)
_MOST = 2000


class StructureFilterForm(forms.Form):
    """Filters of the findings."""

    q = forms.CharField(
        label="党组织名称", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    code = forms.ChoiceField(label="检查项目", required=False, choices=[("", "全部"), *FindingCode.choices])
    organization = OrganizationField(
        label="党组织及下级", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope


class TaskFilterForm(forms.Form):
    """Filters of the requests."""

    state = forms.ChoiceField(
        label="办理状态",
        required=False,
        choices=[("", "未办结"), ("open", "待整改"), ("answered", "说明待审核"), ("closed", "已办结"), ("all", "全部")],
    )
    organization = OrganizationField(
        label="党组织及下级", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope


class AskForm(forms.Form):
    """By when what was marked is to be put right; the marks are organisation:finding."""

    due_on = forms.DateField(label="整改期限")
    note = forms.CharField(label="要求", max_length=255, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        days = rule_table(clock.today()).int("structure.task_days")
        self.fields["due_on"].initial = clock.today() + timedelta(days=days)
        self.marked = [] if data is None else read_marks(data.getlist("marked"))

    def clean(self) -> dict[str, Any]:
        """Something must be marked."""
        cleaned = super().clean() or {}
        if not self.marked:
            self.add_error(None, "请先在检查结果中勾选要整改的事项。")
        return cleaned


def read_marks(written: list[str]) -> list[tuple[int, str]]:
    """The marks that can be read; others are left out."""
    found = [match for text in written[:_MOST] if (match := _MARK.match(text))]
    return [(int(match[1]), match[2]) for match in found]


class TaskAnswerForm(forms.Form):
    """How it stands, in the words of the organisation."""

    answer = forms.CharField(
        label="情况说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明原因、措施和完成时间。",
    )


class TaskJudgeForm(forms.Form):
    """Whether the superior accepts the explanation."""

    accept = forms.TypedChoiceField(
        label="审核",
        choices=[("yes", "采纳说明，办结"), ("no", "退回，继续整改")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label="审核意见", max_length=255, required=False, help_text="退回的，请写明原因。")


class ApprovalForm(forms.Form):
    """What the superior approves, and by which document."""

    code = forms.ChoiceField(label="批准事项", widget=forms.RadioSelect)
    approved_on = forms.DateField(label="批准时间")
    document = forms.CharField(label="批准文号", max_length=128)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["code"].choices = [(code.value, code.label) for code in APPROVABLE]
        self.fields["approved_on"].initial = clock.today


class ApprovalEndForm(forms.Form):
    """From when on an approval no longer holds."""

    ends_on = forms.DateField(label="终止时间")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["ends_on"].initial = clock.today
