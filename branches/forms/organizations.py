"""Forms for organisations."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.rules.organizations import kinds_under, office_phone
from partybuild.lib import clock


class OrganizationForm(forms.ModelForm):
    """What is written down about an organisation. Kind and superior are fixed when it is founded."""

    class Meta:
        model = Organization
        fields = (
            "name", "short_name", "code", "department", "contact", "phone", "founded_on", "position",
        )  # fmt: skip
        help_texts = {
            "name": "党组织全称。",
            "short_name": "列表和菜单中显示的名称。",
            "code": "全国党组织编码。不填时自动编号。",
            "phone": "手机号码，或带区号的固定电话。",
            "position": "同级中数字小的在前。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = self.instance.pk is not None
        self.fields["position"].required = False

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and (reason := office_phone(phone)[1]):
            raise ValidationError(f"{reason}。")
        return office_phone(phone)[0] if phone else ""

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    def clean_founded_on(self) -> Any:
        day = self.cleaned_data["founded_on"]
        if day and day > clock.today():
            raise ValidationError("成立时间晚于今天。")
        return day

    def _post_clean(self) -> None:
        """The action builds and checks the row itself: the form changes no instance."""


class NewOrganizationForm(OrganizationForm):
    """A new organisation under a given superior."""

    kind = forms.ChoiceField(label="组织类别", widget=forms.RadioSelect)

    def __init__(self, parent: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_under(parent.kind)
        field: Any = self.fields["kind"]
        field.choices = [(kind.value, kind.label) for kind in kinds]
        if len(kinds) == 1:
            field.initial = kinds[0].value
        self.order_fields(["kind"])


class OrganizationFilterForm(forms.Form):
    """Filters of the list of organisations."""

    q = forms.CharField(
        label="名称、编码或拼音首字母", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *OrganizationKind.choices])
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "现有"), ("dissolved", "已撤销"), ("all", "全部")]
    )
    dissolved = forms.BooleanField(label="组织架构中含已撤销的", required=False)


class HistoryForm(forms.Form):
    """The day on which the tree is looked at."""

    on = forms.DateField(
        label="查看日期", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def clean_on(self) -> date:
        day = self.cleaned_data["on"] or clock.today()
        if day > clock.today():
            raise ValidationError("日期不能晚于今天。")
        return day
