"""Forms for information and good practice."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from campaigns.forms.fields import FilesField
from campaigns.forms.papers import PaperFilterForm, ScopedForm, choices
from campaigns.models import InfoItem
from campaigns.queries.work_rights import own_organization
from campaigns.rules.info_items import InfoKind, InfoLevel, InfoState


class InfoFilterForm(PaperFilterForm):
    """Kind, part of the tree, state."""

    kind = forms.ChoiceField(label="类别", choices=choices(InfoKind.choices), required=False)
    state = forms.ChoiceField(label="状态", choices=choices(InfoState.choices), required=False)
    field_order = ("kind",)


class ExperienceFilterForm(forms.Form):
    """Kind and words."""

    kind = forms.ChoiceField(label="类别", choices=choices(InfoKind.choices), required=False)
    q = forms.CharField(label="关键词", max_length=64, required=False)


class InfoForm(ScopedForm):
    """An item as it is written, with files."""

    kind = forms.ChoiceField(label="类别", choices=InfoKind.choices)
    title = forms.CharField(label="标题", max_length=128)
    text = forms.CharField(label="正文", max_length=20_000, widget=forms.Textarea(attrs={"rows": 14}))
    uploads = FilesField(label="附件", required=False)

    def __init__(self, scope: Scope, data: Any = None, files: Any = None, item: InfoItem | None = None) -> None:
        start = {field: getattr(item, field) for field in ("kind", "title", "text")} if item else None
        super().__init__(scope, data, files, initial=start)


class InfoNewForm(InfoForm):
    """An item of one of the organisations that the scope keeps."""

    organization = OrganizationField(label="报送单位", permission=Permission.DO_WORK)
    field_order = ("organization",)

    def __init__(self, scope: Scope, data: Any = None, files: Any = None) -> None:
        super().__init__(scope, data, files)
        self.fields["organization"].initial = own_organization(scope)


class AdoptForm(forms.Form):
    """At which level it is taken up, with a word perhaps."""

    level = forms.ChoiceField(label="采用级别", choices=InfoLevel.choices)
    remark = forms.CharField(label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class DeclineForm(forms.Form):
    """Why it is not taken up."""

    remark = forms.CharField(label="不采用的原因", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
