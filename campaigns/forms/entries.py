"""Forms of entries (个人报送)."""

from typing import Any

from django import forms

from branches.models import Organization
from campaigns.forms.fields import FilesField
from campaigns.forms.works import MoveForm, WorkFilterForm
from campaigns.models import Entry
from campaigns.queries.entries import TO_CONFIRM, forms_of_study
from campaigns.rules.entries import EntryDraft, EntryKind, EntryState
from members.models import Member
from members.queries.roster import roster_on
from partybuild.lib import clock

ENTRY_STATES = (*EntryState.choices, (TO_CONFIRM, "待我确认"), ("own", "我的报送"))


class EntryFilterForm(WorkFilterForm):
    """Also the kind."""

    kind = forms.ChoiceField(label="类别", choices=[("", "全部"), *EntryKind.choices], required=False)


class EntryMoveForm(MoveForm):
    """The words of a step; an entry's files stand with the entry."""

    files: Any = None


class EntryForm(forms.Form):
    """One doing of one person."""

    kind = forms.ChoiceField(label="类别", choices=EntryKind.choices, widget=forms.RadioSelect)
    held_on = forms.DateField(label="日期")
    title = forms.CharField(
        label="书名或事项", max_length=128, required=False, help_text="廉洁承诺书、到社区报到可以不填。"
    )
    form = forms.ChoiceField(label="学习形式", required=False, help_text="只有外出学习培训填写。")
    hours = forms.DecimalField(
        label="学时", min_value=0, max_digits=5, decimal_places=1, required=False, help_text="只有外出学习培训填写。"
    )
    text = forms.CharField(
        label="心得或情况", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="精读书籍写心得体会，服务情况报告写服务内容和成效。",
    )  # fmt: skip
    files: Any = FilesField(label="附件", required=False, help_text="签名的承诺书、证书、照片，最多 5 份。")

    def __init__(self, data: Any = None, files: Any = None, *, entry: Entry | None = None, kind: str = "") -> None:
        initial: dict[str, Any] = {"held_on": clock.today(), "kind": kind if kind in EntryKind.values else None}
        if entry is not None:
            names = ("kind", "held_on", "title", "text", "hours", "form")
            initial = {name: getattr(entry, name) for name in names}
        super().__init__(data, files, initial=initial)
        self.fields["form"].choices = [("", "请选择"), *((form, form) for form in forms_of_study())]

    def draft(self) -> EntryDraft:
        """What was written."""
        names = ("kind", "held_on", "title", "text", "hours", "form")
        return EntryDraft(**{name: self.cleaned_data[name] for name in names})


class BranchEntryForm(EntryForm):
    """The branch enters the same for many at once."""

    members = forms.ModelMultipleChoiceField(
        label="党员", queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="可以选择多人，每人一条。",
    )  # fmt: skip

    def __init__(self, organization: Organization, data: Any = None, files: Any = None, *, kind: str = "") -> None:
        super().__init__(data, files, kind=kind)
        self.fields["members"].queryset = roster_on(organization, clock.today())
