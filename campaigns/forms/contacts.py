"""Forms for contact points, pairings and visits."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from campaigns.forms.papers import PaperFilterForm, ScopedForm, choices, place_text, year_field
from campaigns.models import Activity, Contact
from campaigns.queries.contacts import linkable
from campaigns.queries.work_rights import own_organization
from campaigns.rules.contacts import ContactKind, PaperSlot, PartnerKind
from members.forms.fields import MemberField
from partybuild.lib import clock

STATES = (("", "全部"), ("running", "进行中"), ("gaps", "材料或走访不全"), ("ended", "已结束"))
SLOTS = [(slot.value, slot.label) for slot in PaperSlot if slot != PaperSlot.SCAN]
_PLAIN = ("year", "partner_kind", "partner_organization", "partner", "aim", "effect", "starts_on")


class ContactFilterForm(PaperFilterForm):
    """Kind, part of the tree, year, state."""

    year = forms.IntegerField()
    kind = forms.ChoiceField(label="类别", choices=choices(ContactKind.choices), required=False)
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    field_order = ("year", "kind")


class ContactForm(ScopedForm):
    """A contact as it is written down."""

    year = forms.IntegerField()
    leader = MemberField(label="联系人", required=False, help_text="党建联系点填写包抓的书记或者领导干部。")
    partner_kind = forms.ChoiceField(label="联系对象类别", choices=PartnerKind.choices)
    partner_organization = OrganizationField(
        label="联系的党组织", permission=Permission.VIEW_WORK, required=False, help_text="联系本系统的党组织时选择。"
    )
    partner = forms.CharField(label="联系对象", max_length=128, required=False, help_text="社区、村、企业等的名称。")
    aim = forms.CharField(label="目标和任务", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    effect = forms.CharField(label="成效", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    starts_on = forms.DateField(label="开始日期")

    def __init__(self, scope: Scope, data: Any = None, contact: Contact | None = None) -> None:
        start: dict[str, Any] = {"starts_on": clock.today(), "year": clock.today().year}
        if contact:
            start = {field: getattr(contact, field) for field in _PLAIN} | {"leader": place_text(contact.leader)}
        super().__init__(scope, data, initial=start)
        self.fields["year"] = year_field()
        self.order_fields(self.field_order)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data | {"leader": self.person("leader")}


class ContactNewForm(ContactForm):
    """A contact of one of the organisations that the scope keeps."""

    organization = OrganizationField(label="党组织", permission=Permission.DO_WORK)
    kind = forms.ChoiceField(label="类别", choices=ContactKind.choices)
    field_order = ("organization", "kind", "year")

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(scope, data)
        self.fields["organization"].initial = own_organization(scope)


class PaperForm(forms.Form):
    """A file, and what it proves."""

    slot = forms.ChoiceField(label="材料", choices=SLOTS)
    upload = forms.FileField(label="文件")


class VisitForm(forms.Form):
    """A visit, by itself or from a record of an activity."""

    activity = forms.ModelChoiceField(
        label="活动记录", queryset=Activity.objects.none(), required=False, empty_label="没有活动记录，直接登记",
        help_text="已经记过“联系点走访调研”的，选择那条记录。",
    )  # fmt: skip
    visited_on = forms.DateField(label="走访日期")
    visitors = forms.CharField(label="走访人员", max_length=128)
    note = forms.CharField(label="走访情况", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    problem = forms.CharField(
        label="发现的问题", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, contact: Contact, data: Any = None) -> None:
        who = contact.leader.name if contact.leader else ""
        super().__init__(data, initial={"visited_on": clock.today(), "visitors": who})
        records = [activity.pk for activity in linkable(contact)]
        self.fields["activity"].queryset = Activity.objects.filter(pk__in=records)


class SolveForm(forms.Form):
    """How a problem was solved."""

    solution = forms.CharField(label="解决情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    solved_on = forms.DateField(label="解决日期")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"solved_on": clock.today()})
