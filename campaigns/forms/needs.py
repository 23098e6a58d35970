"""Forms of needs."""

from datetime import timedelta
from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.forms.works import MoveForm, WorkFilterForm
from campaigns.models import Need
from campaigns.rules.needs import AskerKind, NeedKind, Satisfaction
from members.forms.fields import MemberField
from office.queries.rules import rule_table
from partybuild.lib import clock

_FIELDS = ("kind", "asker_kind", "asker", "phone", "title", "content", "raised_on", "due_on")


class NeedFilterForm(WorkFilterForm):
    """Also the kind, and whether only one's own."""

    kind = forms.ChoiceField(label="类别", choices=[("", "全部"), *NeedKind.choices], required=False)
    own = forms.BooleanField(label="仅本级", required=False)


class NeedForm(forms.Form):
    """A need as it is taken in; who leads gives it to an organisation below."""

    kind = forms.ChoiceField(label="类别", choices=NeedKind.choices)
    title = forms.CharField(label="事项", max_length=128)
    content = forms.CharField(
        label="具体内容", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    asker_kind = forms.ChoiceField(label="反映人类别", choices=AskerKind.choices, widget=forms.RadioSelect)
    asker = forms.CharField(label="反映人", max_length=64, required=False, help_text="可以不填；其他单位只看到姓氏。")
    phone = forms.CharField(label="联系电话", max_length=32, required=False)
    raised_on = forms.DateField(label="提出日期")
    owner = OrganizationField(label="承办党组织", permission=Permission.LEAD_WORK)
    responsible = MemberField(label="责任人", required=False)
    due_on = forms.DateField(label="办结期限")

    def __init__(self, scope: Scope, own: Organization, data: Any = None, need: Need | None = None) -> None:
        today = clock.today()
        start: dict[str, Any] = {
            "raised_on": today, "due_on": today + timedelta(days=rule_table(today).int("need.days")), "owner": own,
        }  # fmt: skip
        if need:
            start = {field: getattr(need, field) for field in _FIELDS}
            start["owner"] = need.owner
            if need.responsible:
                start["responsible"] = need.responsible.memberships.order_by("-starts_on").first()
        super().__init__(data, initial=start)
        self.own = need.owner if need else own
        self.fields["responsible"].scope = scope
        if scope.holds(Permission.LEAD_WORK):
            self.fields["owner"].scope = scope
        else:
            del self.fields["owner"]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        place = self.cleaned_data.get("responsible")
        return {
            **self.cleaned_data,
            "owner": self.cleaned_data.get("owner") or self.own,
            "responsible": place.member if place else None,
        }


class RateForm(MoveForm):
    """What the asker says of the result."""

    satisfaction = forms.ChoiceField(label="满意度", choices=Satisfaction.choices, widget=forms.RadioSelect)
    field_order = ("satisfaction", "text", "files")


class OwnRatingForm(forms.Form):
    """What the asker says himself, by his link."""

    satisfaction = forms.ChoiceField(
        label="您对办理结果是否满意", choices=Satisfaction.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="想说的话", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="哪里没有办好、还希望怎样办。请不要填写身份证号等个人信息。",
    )  # fmt: skip
