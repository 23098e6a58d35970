"""Forms for mass organisations, calls and pieces."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from campaigns.forms.fields import FilesField
from campaigns.forms.papers import PaperFilterForm, ScopedForm, choices
from campaigns.models import Activity, Call, MassOrganization, Piece
from campaigns.queries.mass_work import linkable_activities
from campaigns.queries.work_rights import own_organization
from campaigns.rules.mass_work import Audience, CallKind, CallState, MassKind
from members.forms.fields import MemberField
from partybuild.lib import clock

STATES = (("", "全部"), ("late", "逾期未换届"), ("quiet", "本年没有活动"), ("ended", "已撤销"))
_MASS = ("kind", "name", "head", "members_count", "founded_on", "term_ends_on")
_CALL = ("kind", "title", "text", "audience", "opens_on", "closes_on")


class MassFilterForm(PaperFilterForm):
    """Kind, part of the tree, state."""

    kind = forms.ChoiceField(label="类别", choices=choices(MassKind.choices), required=False)
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    field_order = ("kind",)


class MassForm(ScopedForm):
    """What is known of a mass organisation."""

    kind = forms.ChoiceField(label="类别", choices=MassKind.choices)
    name = forms.CharField(label="名称", max_length=128)
    head = forms.CharField(label="负责人", max_length=64, required=False)
    members_count = forms.IntegerField(label="成员人数", min_value=0, max_value=99_999, initial=0)
    founded_on = forms.DateField(label="成立时间", required=False)
    term_ends_on = forms.DateField(label="任期届满", required=False)

    def __init__(self, scope: Scope, data: Any = None, mass: MassOrganization | None = None) -> None:
        super().__init__(scope, data, initial={field: getattr(mass, field) for field in _MASS} if mass else None)


class MassNewForm(MassForm):
    """One beside an organisation that the scope keeps."""

    organization = OrganizationField(label="党组织", permission=Permission.DO_WORK)
    field_order = ("organization",)

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(scope, data)
        self.fields["organization"].initial = own_organization(scope)


class LinkForm(forms.Form):
    """A record that is its activity."""

    activity = forms.ModelChoiceField(label="活动记录", queryset=Activity.objects.none())

    def __init__(self, mass: MassOrganization, data: Any = None) -> None:
        super().__init__(data)
        records = [activity.pk for activity in linkable_activities(mass)]
        self.fields["activity"].queryset = Activity.objects.filter(pk__in=records)


class CallFilterForm(forms.Form):
    """Kind and state."""

    kind = forms.ChoiceField(label="类别", choices=choices(CallKind.choices), required=False)
    state = forms.ChoiceField(label="状态", choices=choices(CallState.choices), required=False)


class CallForm(forms.Form):
    """What is asked for, of whom, from when until when."""

    kind = forms.ChoiceField(label="类别", choices=CallKind.choices)
    title = forms.CharField(label="标题", max_length=128)
    text = forms.CharField(label="征集要求", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    audience = forms.ChoiceField(label="征集对象", choices=Audience.choices)
    opens_on = forms.DateField(label="开始日期")
    closes_on = forms.DateField(label="截止日期")

    def __init__(self, data: Any = None, call: Call | None = None) -> None:
        start = {field: getattr(call, field) for field in _CALL} if call else {"opens_on": clock.today()}
        super().__init__(data, initial=start)


class PieceForm(ScopedForm):
    """A piece as a member sends it."""

    title = forms.CharField(label="标题", max_length=128)
    text = forms.CharField(label="内容", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 10}))
    uploads = FilesField(label="文件", required=False)


class OrganizationPieceForm(PieceForm):
    """A piece as an organisation sends it, of its own or of one of its members."""

    organization = OrganizationField(label="报送单位", permission=Permission.DO_WORK)
    member = MemberField(label="作者", required=False)
    field_order = ("organization", "member")

    def __init__(self, scope: Scope, data: Any = None, files: Any = None) -> None:
        super().__init__(scope, data, files)
        self.fields["organization"].initial = own_organization(scope)


class SelectForm(forms.Form):
    """The pieces that are selected."""

    chosen = forms.ModelMultipleChoiceField(
        label="入选作品", queryset=Piece.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    remark = forms.CharField(label="评语", max_length=255, required=False)

    def __init__(self, call: Call, data: Any = None) -> None:
        super().__init__(data)
        self.fields["chosen"].queryset = call.pieces.select_related("organization")
