"""Forms for weak branches and their plans."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.queries.weak_branches import STATES
from partybuild.lib import clock


class WeakFilterForm(forms.Form):
    """Which part of the tree, and in which state."""

    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    organization = OrganizationField(
        label="党组织及下级", permission=Permission.VIEW_PARTY_WORK, required=False, help_text=""
    )

    def __init__(self, scope: Scope, data: Any) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope


class WeakForm(forms.Form):
    """A branch is put on the list."""

    organization = OrganizationField(label="党支部", permission=Permission.APPROVE_PARTY_WORK)
    listed_on = forms.DateField(label="列入日期", initial=clock.today)
    reasons = forms.CharField(label="列入原因", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope


class LiftForm(forms.Form):
    """A branch is taken off the list."""

    lifted_on = forms.DateField(label="销号日期", initial=clock.today)
    reason = forms.CharField(label="销号理由", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class StepForm(forms.Form):
    """A measure of the plan."""

    measure = forms.CharField(label="提升措施", max_length=300)
    target_on = forms.DateField(label="完成期限")


class StepDoneForm(forms.Form):
    """A measure is done."""

    done_on = forms.DateField(label="完成日期", initial=clock.today)
    result = forms.CharField(label="完成情况", max_length=300)
