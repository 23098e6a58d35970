"""Forms for party offices."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.enums import OfficeKind
from partybuild.lib import clock


class OfficeForm(forms.Form):
    """A party office for a member: where, as what, from when."""

    organization = OrganizationField(label="党组织", permission=Permission.MANAGE_MEMBER)
    kind = forms.ChoiceField(label="党内职务", choices=OfficeKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="职务名称", max_length=64, required=False, help_text="例如：组织委员、宣传委员。")
    starts_on = forms.DateField(label="任职时间")

    def __init__(self, scope: Scope, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        organization: Any = self.fields["organization"]
        organization.scope = scope
        self.fields["starts_on"].initial = clock.today


class OfficeEndForm(forms.Form):
    """From which day on the office is no longer held."""

    ends_on = forms.DateField(label="离任时间")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["ends_on"].initial = clock.today
