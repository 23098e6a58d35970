"""Forms for lists of projects, duties and assessment."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from campaigns.forms.papers import PaperFilterForm, ScopedForm, choices, place_text, year_field
from campaigns.models import WorkListItem
from campaigns.queries.work_lists import LATE
from campaigns.queries.work_rights import own_organization
from campaigns.rules.documents import in_words
from campaigns.rules.work_lists import SOURCES, WorkListKind, WorkListState
from members.forms.fields import MemberField
from partybuild.lib import clock


class WorkListFilterForm(PaperFilterForm):
    """Kind, part of the tree, year, state."""

    year = forms.IntegerField()
    kind = forms.ChoiceField(label="类别", choices=choices(WorkListKind.choices), required=False)
    state = forms.ChoiceField(
        label="状态", choices=choices([*WorkListState.choices, (LATE, "有事项逾期")]), required=False
    )
    own = forms.BooleanField(label="仅本级", required=False)
    field_order = ("year", "kind")


class GenerateForm(ScopedForm):
    """Which list, of whom, for which year."""

    organization = OrganizationField(label="党组织", permission=Permission.DO_WORK)
    kind = forms.ChoiceField(
        label="类别", choices=[(kind.value, f"{kind.label}（{in_words(SOURCES[kind])}）") for kind in WorkListKind]
    )
    year = forms.IntegerField()
    leader = MemberField(
        label="责任人", required=False, help_text="书记抓党建项目清单和领导责任清单按个人建立，填写姓名。"
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(scope, data)
        self.fields["year"] = year_field()
        self.fields["organization"].initial = own_organization(scope)
        self.order_fields(("organization", "kind", "year", "leader"))

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data | {"leader": self.person("leader")}


class WorkListItemForm(ScopedForm):
    """What somebody does by when."""

    what = forms.CharField(label="事项", max_length=255)
    standard = forms.CharField(
        label="要求和标准", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    member = MemberField(label="责任人", required=False)
    post = forms.CharField(label="责任岗位", max_length=64, required=False)
    due_on = forms.DateField(label="完成时限", required=False)

    def __init__(self, scope: Scope, data: Any = None, item: WorkListItem | None = None) -> None:
        start = {field: getattr(item, field) for field in ("what", "standard", "post", "due_on")} if item else {}
        if item:
            start["member"] = place_text(item.member)
        super().__init__(scope, data, initial=start)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data | {"member": self.person("member")}


class FinishForm(forms.Form):
    """When it was done, and how."""

    done_on = forms.DateField(label="完成日期")
    note = forms.CharField(label="完成情况", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"done_on": clock.today()})
