"""What the forms of special work have in common: words with files, and the people of an organisation."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.models import Organization
from branches.permissions import Permission, Reach, Scope
from campaigns.forms.fields import FilesField
from members.models import Member
from members.queries.roster import roster_on
from partybuild.lib import clock

EARLIEST, LATEST = 2000, 2100


class MoveForm(forms.Form):
    """The words of a step, with files."""

    text = forms.CharField(label="说明", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    files = FilesField(label="附件", required=False)  # type: ignore[assignment]

    def __init__(self, data: Any = None, files: Any = None, *, needs_text: bool = False, prefix: str = "") -> None:
        super().__init__(data, files, auto_id=f"{prefix}-%s" if prefix else "id_%s")
        self.fields["text"].required = needs_text


def ask_where(form: forms.Form, scope: Scope) -> None:
    """Offer the organisations in reach; who sees his own alone has nothing to choose."""
    if scope.grant and scope.grant.reach(Permission.VIEW_WORK) is Reach.NODE:
        form.fields.pop("organization", None)
        form.fields.pop("own", None)
    else:
        form.fields["organization"].scope = scope


class WorkFilterForm(forms.Form):
    """Words, part of the tree, year, state."""

    q = forms.CharField(label="关键词", max_length=64, required=False)
    organization = OrganizationField(label="党组织", permission=Permission.VIEW_WORK, required=False, help_text="")
    year = forms.IntegerField(label="年度", min_value=EARLIEST, max_value=LATEST, required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "全部")], required=False)

    def __init__(self, scope: Scope, data: Any = None, *, states: Any = ()) -> None:
        super().__init__(data)
        ask_where(self, scope)
        self.fields["state"].choices = [("", "全部"), *states]


class PersonField(forms.ModelChoiceField):
    """One of the people on the roster of an organisation."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Member.objects.none(), empty_label="请选择", **kwargs)

    def use(self, organization: Organization | None) -> None:
        """Offer the people of this organisation."""
        if organization is not None:
            self.queryset = roster_on(organization, clock.today())
