"""What the forms of plans, papers and lists have in common: the scope in their fields, year, member, a word."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from campaigns.forms.works import ask_where
from members.forms.fields import MemberField, written
from members.models import Member, Membership
from partybuild.lib import clock

FIRST_YEAR = 2020


class ScopedForm(forms.Form):
    """A form whose fields look for people and organisations within the scope."""

    def __init__(self, scope: Scope, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.scope = scope
        for field in self.fields.values():
            if isinstance(field, OrganizationField | MemberField):
                field.scope = scope

    def person(self, name: str) -> Member | None:
        """The member whom a field names."""
        place: Membership | None = self.cleaned_data.get(name)
        return place.member if place else None


def place_text(member: Member | None) -> str:
    """How a member is written in a field: name and branch."""
    if member is None:
        return ""
    place = Membership.objects.filter(member=member, ends_on=None).select_related("member", "organization").first()
    return written(place) if place else member.name


def year_field(*, required: bool = True) -> forms.IntegerField:
    """A year; the running one is proposed."""
    latest = clock.today().year + 1
    initial = clock.today().year if required else None
    return forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=latest, required=required, initial=initial)


def choices(known: Any) -> list[tuple[str, str]]:
    """The choices of a filter, all of them first."""
    return [("", "全部"), *known]


class PaperFilterForm(ScopedForm):
    """Part of the tree, and the year where a noun names it; a noun adds its own."""

    organization = OrganizationField(label="党组织", permission=Permission.VIEW_WORK, required=False, help_text="")

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(scope, data)
        ask_where(self, scope)
        if "year" in self.fields:
            self.fields["year"] = year_field(required=False)
            self.order_fields(self.field_order)


class RemarkForm(forms.Form):
    """A word with a decision, which may be left out."""

    remark = forms.CharField(label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """A word that has to be given."""

    reason = forms.CharField(label="原因", max_length=255, widget=forms.Textarea(attrs={"rows": 3}))


class UploadForm(forms.Form):
    """One file."""

    upload = forms.FileField(label="文件")


class EndForm(forms.Form):
    """The day on which something ends."""

    ended_on = forms.DateField(label="日期")
