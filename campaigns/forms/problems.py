"""Forms for problems that are put right."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.actions.problem_steps import Planned
from campaigns.forms.works import EARLIEST, LATEST, ask_where
from campaigns.models import Campaign, Problem, ProblemPaper
from campaigns.queries.problems import LISTS, STATES
from campaigns.rules.problems import Deadline, Origin
from partybuild.lib import clock

STEP_ROWS = 5
_HIDDEN = forms.HiddenInput


def _text(label: str, longest: int = 500, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _campaigns(scope: Scope) -> Any:
    return Campaign.objects.visible_to(scope).exclude(status="draft").order_by("-year", "code")


class ProblemFilterForm(forms.Form):
    """Origin, class, state, part of the tree, person, campaign, words; the view is chosen by links."""

    view = forms.ChoiceField(choices=LISTS, required=False, widget=_HIDDEN)
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    origin = forms.ChoiceField(label="来源", choices=[("", "全部"), *Origin.choices], required=False)
    deadline = forms.ChoiceField(label="类别", choices=[("", "全部"), *Deadline.choices], required=False)
    campaign = forms.ModelChoiceField(
        label="活动", queryset=Campaign.objects.none(), required=False, empty_label="全部"
    )
    organization = OrganizationField(label="党组织", permission=Permission.VIEW_WORK, required=False, help_text="")
    person = forms.CharField(label="责任人", required=False, max_length=64)
    year = forms.IntegerField(label="登记年度", min_value=EARLIEST, max_value=LATEST, required=False)
    own = forms.BooleanField(label="仅本级", required=False)
    q = forms.CharField(label="查找", required=False, max_length=64, widget=forms.TextInput({"type": "search"}))

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        ask_where(self, scope)
        self.fields["campaign"].queryset = _campaigns(scope)


class ProblemForm(forms.Form):
    """What is wrong, where it came to light, how soon it is to be put right."""

    text = _text("存在问题")
    origin = forms.ChoiceField(label="问题来源", choices=Origin.choices)
    origin_note = forms.CharField(
        label="来源说明", max_length=128, required=False, help_text="如 2025 年度述职评议、区委第二巡察组。"
    )
    is_joint = forms.BooleanField(label="与巡察办联动整改", required=False)
    campaign = forms.ModelChoiceField(
        label="所属活动", queryset=Campaign.objects.none(), required=False, empty_label="不属于创建活动"
    )
    deadline = forms.ChoiceField(
        label="整改类别", choices=Deadline.choices, widget=forms.RadioSelect, initial=Deadline.IMMEDIATE
    )
    due_on = forms.DateField(label="整改时限", required=False, help_text="不填则按规则表确定。")
    remark = forms.CharField(label="备注", max_length=255, required=False)

    def __init__(self, scope: Scope, data: Any = None, problem: Problem | None = None) -> None:
        names = ("text", "origin", "origin_note", "is_joint", "campaign", "deadline", "due_on", "remark")
        super().__init__(data, initial={name: getattr(problem, name) for name in names} if problem else None)
        self.fields["campaign"].queryset = _campaigns(scope)


class ProblemNewForm(ProblemForm):
    """A problem of one of the organisations in reach."""

    organization = OrganizationField(label="党组织", permission=Permission.VIEW_WORK)
    field_order = ("organization",)

    def __init__(self, scope: Scope, data: Any = None, proposed: Organization | None = None) -> None:
        super().__init__(scope, data)
        self.fields["organization"].scope = scope
        self.fields["organization"].initial = proposed
        self.fields["origin"].initial = Origin.SELF_CHECK


class ClaimForm(forms.Form):
    """Who is responsible, and by when."""

    leader = forms.CharField(label="责任领导", max_length=64)
    responsible = forms.CharField(label="责任人", max_length=64)
    unit = forms.CharField(label="责任单位", max_length=128, required=False)
    deadline = forms.ChoiceField(label="整改类别", choices=Deadline.choices, widget=forms.RadioSelect, required=False)
    due_on = forms.DateField(label="整改时限", required=False)

    def __init__(self, data: Any, problem: Problem, *, may_set_day: bool) -> None:
        names = ("leader", "responsible", "unit", "deadline", "due_on")
        super().__init__(data, initial={name: getattr(problem, name) for name in names})
        if not may_set_day:
            del self.fields["deadline"], self.fields["due_on"]


class StepForm(forms.Form):
    """One measure."""

    text = _text("整改措施", rows=2)
    person = forms.CharField(label="责任人", max_length=64, required=False)
    due_on = forms.DateField(label="完成时限", required=False)


class StepRowForm(StepForm):
    """A row of measures; an empty one is left out."""

    text = _text("整改措施", rows=2, required=False)


StepFormSet = forms.formset_factory(StepRowForm, extra=STEP_ROWS, max_num=30, validate_max=True)


def planned_steps(formset: Any) -> list[Planned]:
    """The rows that say something."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("text")]
    return [Planned(row["text"], row["person"], row["due_on"]) for row in rows]


class StepDoneForm(forms.Form):
    """A measure is carried out."""

    done_on = forms.DateField(label="完成日期", initial=clock.today)
    note = forms.CharField(label="完成情况", max_length=255, required=False)


class ProgressForm(forms.Form):
    """How far it is."""

    text = _text("整改进展")
    shows_effect = forms.BooleanField(label="已初步见到成效", required=False)


class PaperForm(forms.Form):
    """Evidence, a regulation, or what shows the problem."""

    slot = forms.ChoiceField(label="类别", choices=ProblemPaper.Slot.choices)
    paper = forms.FileField(label="文件")


class AskForm(forms.Form):
    """What came of it."""

    text = _text("完成情况")
    regulation = forms.CharField(
        label="形成制度", max_length=255, required=False, help_text="如《党员学习考勤制度》；没有的不填。"
    )


DECISIONS = (("close", "整改到位，同意销号"), ("return", "整改不到位，退回"))
RESULTS = (("held", "成效巩固"), ("back", "问题反弹，重新整改"))


class DecisionForm(forms.Form):
    """The superior's word on an asking."""

    decision = forms.ChoiceField(label="核验结果", choices=DECISIONS, widget=forms.RadioSelect)
    remark = forms.CharField(label="核验意见", max_length=500, required=False, help_text="退回时请写明原因和要求。")


class LookBackForm(forms.Form):
    """What the look-back found."""

    result = forms.ChoiceField(label="回头看结果", choices=RESULTS, widget=forms.RadioSelect)
    text = _text("回头看情况")
    due_on = forms.DateField(label="新的整改时限", required=False, help_text="反弹时填写；不填则按规则表确定。")


class VoidForm(forms.Form):
    """Why a problem is given up."""

    reason = forms.CharField(label="作废原因", max_length=255)


class BoardForm(forms.Form):
    """Which year, below which organisation."""

    year = forms.IntegerField(label="年度", min_value=2020, max_value=2100, required=False)
    under = forms.IntegerField(required=False, widget=_HIDDEN)
