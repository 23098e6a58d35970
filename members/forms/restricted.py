"""Forms for restricted records."""

from collections.abc import Collection
from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.enums import DisciplineForm, RestrictedKind, Sanction
from members.forms.fields import MemberField
from members.models.restricted import RECORD_KINDS
from partybuild.lib import clock

_OWN = {
    RestrictedKind.FORM: ("form",),
    RestrictedKind.DISCIPLINE: ("sanction", "effective_on", "impact_until"),
}
_WITH_MEASURE = (RestrictedKind.FORM, RestrictedKind.DISCIPLINE, RestrictedKind.THOUGHT)


class RestrictedFilterForm(forms.Form):
    """Filters of the list, of the kinds for which one is named."""

    q = forms.CharField(label="姓名", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    organization = OrganizationField(
        label="党组织", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )
    since = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kept = forms.ChoiceField(
        label="保存情况", required=False, choices=[("", "全部"), ("kept", "保存中"), ("destroyed", "已销毁")]
    )
    member = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, scope: Scope, held: Collection[str], data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope
        own = [(kind.value, kind.label) for kind in RECORD_KINDS if kind in held]
        self.fields["kind"].choices = [("", "全部"), *own]


class DisciplineFilterForm(RestrictedFilterForm):
    """Filters of the register of sanctions."""

    talk = forms.ChoiceField(label="处分后谈话", required=False, choices=[("", "全部"), ("due", "尚未谈话")])
    effect = forms.ChoiceField(label="影响期", required=False, choices=[("", "全部"), ("in", "影响期内")])

    def __init__(self, scope: Scope, held: Collection[str], data: Any = None) -> None:
        super().__init__(scope, held, data)
        for name in ("kind", "member"):
            del self.fields[name]


class RecordForm(forms.Form):
    """A record of one kind: the fields that this kind has."""

    member = MemberField(label="党员")
    happened_on = forms.DateField(label="日期")
    form = forms.ChoiceField(label="运用形态", choices=DisciplineForm.choices, widget=forms.RadioSelect)
    sanction = forms.ChoiceField(label="处理决定", choices=[("", "请选择"), *Sanction.choices])
    effective_on = forms.DateField(label="生效日期")
    impact_until = forms.DateField(label="影响期至", required=False)
    content = forms.CharField(label="内容", max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}))
    measure = forms.CharField(
        label="处理措施", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    basis = forms.CharField(label="依据", max_length=500, required=False, help_text="文件名称、文号或者会议。")
    file = forms.FileField(label="材料", required=False)

    def __init__(self, kind: str, scope: Scope, data: Any = None, files: Any = None, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        self.fields["member"].scope = scope
        self.fields["happened_on"].initial = clock.today
        kept = _OWN.get(RestrictedKind(kind), ())
        for name in {"form", "sanction", "effective_on", "impact_until"} - set(kept):
            del self.fields[name]
        if kind not in _WITH_MEASURE:
            del self.fields["measure"]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("member", "file")}
        place, file = self.cleaned_data["member"], self.cleaned_data.get("file")
        return {**given, "member": place.member, "organization": place.organization, "uploads": [file] if file else []}


class PaperForm(forms.Form):
    """A further paper of a record."""

    file = forms.FileField(label="材料")
