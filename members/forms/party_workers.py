"""Forms for party staff."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.models import Organization
from branches.permissions import Permission, Scope
from members.enums import PartyWorkerDuty, PartyWorkerKind
from members.models import Member
from members.queries.party_workers import STATES
from partybuild.lib import clock

_NAMED = 5


class PartyWorkerFilterForm(forms.Form):
    """Filters of the register."""

    q = forms.CharField(
        label="姓名或拼音首字母", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label="任职状态", required=False, choices=STATES)
    kind = forms.ChoiceField(label="专职或者兼职", required=False, choices=[("", "全部"), *PartyWorkerKind.choices])
    duty = forms.ChoiceField(label="党务岗位", required=False, choices=[("", "全部"), *PartyWorkerDuty.choices])
    organization = OrganizationField(
        label="党组织及下级", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope


class PartyWorkerForm(forms.Form):
    """What the register holds about somebody."""

    kind = forms.ChoiceField(label="专职或者兼职", choices=PartyWorkerKind.choices, widget=forms.RadioSelect)
    duty = forms.ChoiceField(label="党务岗位", choices=PartyWorkerDuty.choices, widget=forms.RadioSelect)
    position = forms.CharField(
        label="职务名称", max_length=64, required=False, help_text="例如：机关党委专职副书记、组织员。"
    )
    rank = forms.CharField(label="职级", max_length=32, required=False)
    starts_on = forms.DateField(label="任职时间")
    resume = forms.CharField(
        label="党务工作简历", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="从事党务工作的经历，按时间先后填写。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = clock.today


class NewPartyWorkerForm(PartyWorkerForm):
    """Somebody new in the register: where, and which member."""

    organization = OrganizationField(label="党组织", permission=Permission.MANAGE_PARTY_WORK)
    member = forms.CharField(label="姓名", max_length=160, help_text="名册中的党员；同名的请写成“姓名（所在党支部）”。")
    field_order = ("organization", "member")

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].scope = scope
        self.scope = scope

    def clean(self) -> dict[str, Any]:
        """The member on a roster within the scope."""
        cleaned = super().clean() or {}
        if cleaned.get("member"):
            cleaned["member"] = self._find("".join(cleaned["member"].split()))
        return cleaned

    def _find(self, written: str) -> Member | None:
        name, _, place = written.rstrip("）)").replace("(", "（").partition("（")
        found = Member.objects.visible_to(self.scope, Permission.MANAGE_MEMBER).filter(
            name=name, memberships__ends_on__isnull=True
        )
        if place:
            organizations = Organization.objects.filter(name=place) | Organization.objects.filter(short_name=place)
            found = found.filter(
                memberships__organization__in=organizations.values("pk"), memberships__ends_on__isnull=True
            )
        rows = list(found.distinct()[:_NAMED])
        if len(rows) == 1:
            return rows[0]
        reason = "名册中有同名党员，请写成“姓名（所在党支部）”。" if rows else "名册中没有这名党员。"
        self.add_error("member", reason)
        return None


class PartyWorkerEndForm(forms.Form):
    """From which day on somebody no longer does party work there."""

    ends_on = forms.DateField(label="离任时间")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["ends_on"].initial = clock.today
