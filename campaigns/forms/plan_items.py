"""Forms of the parts of a plan's draft: what staff write, and the form in which the draft keeps it."""

from typing import Any

from django import forms

from branches.enums import OrganizationKind
from campaigns.enums import AudienceGroup, Basis, Subject, TaskNature
from campaigns.forms.plan_drafts import SeenForm, YearForm
from campaigns.rules.metrics import METRICS
from campaigns.rules.plan_drafts.items import Content, Item, ItemKind
from campaigns.rules.plan_drafts.states import PlanDraftError
from campaigns.rules.plan_drafts.words import (
    amount_of,
    amount_words,
    checklist_lines,
    checklist_of,
    day_of,
    day_words,
    metric_choices,
)
from campaigns.rules.plan_fields import AUDIENCE_KINDS, MANUAL
from partybuild.lib.periods import PeriodKind

_DAY_HELP = "如 6月30日、6月底；跨年度的写上年份。"


class DayField(forms.CharField):
    """A day written as people write it, kept as ``06-30`` or ``2026-06-30``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20, **{"help_text": _DAY_HELP, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return day_words(value) if isinstance(value, str) and value.count("-") in (1, 2) else value

    def clean(self, value: Any) -> str:
        try:
            return day_of(super().clean(value))
        except PlanDraftError as error:
            raise forms.ValidationError(str(error)) from error


class ItemForm(SeenForm):
    """A part of a draft. ``place`` is what it is to stand under, where that can be chosen."""

    kind: ItemKind
    own: tuple[str, ...] = ()

    def __init__(self, content: Content, item: Item | None, data: Any = None) -> None:
        super().__init__(data, initial={**(self.shown(item.data) if item else {}), "seen": content.revision})
        self.content, self.item = content, item

    def shown(self, data: dict[str, Any]) -> dict[str, Any]:
        """The part's data as the fields show it."""
        return data

    def kept(self) -> dict[str, Any]:
        """What the draft keeps; empty fields are left out."""
        before = self.item.data if self.item else {}
        values = {key: self.cleaned_data[key] for key in self.own}
        return {key: value for key, value in {**before, **values}.items() if value not in ("", None, [], False)}

    @property
    def place(self) -> int | None:
        found = self.cleaned_data.get("parent")
        return int(found) if found else None


class HeadForm(ItemForm, YearForm):
    kind, own = ItemKind.HEAD, ("name", "title", "level", "year", "code")
    name = forms.CharField(label="活动名称", max_length=64)
    title = forms.CharField(label="方案标题", max_length=128, required=False)
    level = forms.CharField(label="层级", max_length=16, required=False)
    code = forms.RegexField(
        label="代号", regex=r"\A[A-Z][A-Z0-9]{1,11}\Z", max_length=12,
        help_text="大写字母和数字，如 MF；同一年度内不重复。",
        error_messages={"invalid": "代号应为 2 至 12 位大写字母和数字，以字母开头。"},
    )  # fmt: skip
    field_order = ("name", "title", "year", "level", "code")


class DimensionForm(ItemForm):
    kind, own = ItemKind.DIMENSION, ("name",)
    name = forms.CharField(label="维度名称", max_length=64)


class TaskForm(ItemForm):
    kind, own = ItemKind.TASK, ("number", "title", "wording", "nature", "source", "checklist", "open")
    number = forms.RegexField(
        label="序号", regex=r"\A[1-9][0-9]*(\.[1-9][0-9]*)*\Z", max_length=16,
        error_messages={"invalid": "序号应为数字，层级用点分开，如 7 或 2.1。"},
    )  # fmt: skip
    title = forms.CharField(label="任务", max_length=64)
    parent = forms.ChoiceField(label="所属维度")
    nature = forms.ChoiceField(label="性质", choices=TaskNature.choices, initial=TaskNature.MEASURE)
    wording = forms.CharField(label="要求", required=False, max_length=4000, widget=forms.Textarea({"rows": 4}))
    checklist = forms.CharField(
        label="清单", required=False, max_length=8000, widget=forms.Textarea({"rows": 4}),
        help_text="每行一项。须附材料的在行末写【附材料】，指明材料的写【附：工作方案、推进计划】，一份材料一个文件。",
    )  # fmt: skip
    open = forms.BooleanField(label="清单由各单位细化", required=False)
    source = forms.CharField(label="出处", required=False, max_length=64, help_text="方案中的段落，如 二（一）3。")

    def __init__(self, content: Content, item: Item | None, data: Any = None, under: int = 0) -> None:
        super().__init__(content, item, data)
        choices = [(str(each.id), each.data["name"]) for each in content.live(ItemKind.DIMENSION)]
        if item and item.parent and content.item(item.parent).kind == ItemKind.TASK:
            choices.insert(0, (str(item.parent), f"子任务，属于“{content.item(item.parent).label}”"))
        self.fields["parent"].choices = choices
        self.fields["parent"].initial = str(item.parent if item else under)

    def shown(self, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "checklist": checklist_lines(data.get("checklist", []))}

    def clean_checklist(self) -> list[dict[str, object]]:
        """The lines; named materials stay with the demand whose words are unchanged."""
        before = self.item.data.get("checklist", []) if self.item else []
        slots = {each["text"]: each["slots"] for each in before if each.get("slots")}
        items = checklist_of(self.cleaned_data["checklist"])
        return [{**each, "slots": slots[each["text"]]} if each["text"] in slots else each for each in items]


class TargetForm(ItemForm):
    kind = ItemKind.TARGET
    own = ("title", "metric", "subject", "period", "unit", "at_least", "at_most", "due", "by_day", "within_days",
           "before_term_end_months", "phrase")  # fmt: skip
    metric = forms.ChoiceField(label="计量", choices=metric_choices, widget=forms.Select({"data-search": "查找计量"}))
    title = forms.CharField(label="指标名称", max_length=64, required=False, help_text="空白时用计量的名称。")
    subject = forms.ChoiceField(label="对象", choices=Subject.choices)
    period = forms.ChoiceField(label="周期", choices=PeriodKind.choices, initial=PeriodKind.YEAR)
    at_least = forms.CharField(label="不少于", max_length=16)
    at_most = forms.CharField(label="不多于", max_length=16, required=False)
    unit = forms.CharField(label="单位", max_length=8, help_text="比例写 %。")
    kinds = forms.MultipleChoiceField(
        label="责任对象", widget=forms.CheckboxSelectMultiple,
        choices=[(kind, OrganizationKind(kind).label) for kind in AUDIENCE_KINDS],
    )  # fmt: skip
    group = forms.ChoiceField(label="范围", choices=AudienceGroup.choices, initial=AudienceGroup.ALL)
    due = DayField(label="截止")
    by_day = forms.IntegerField(label="每月几日前", min_value=1, max_value=31, required=False)
    within_days = forms.IntegerField(label="事项发生后几天内", min_value=1, max_value=3650, required=False)
    before_term_end_months = forms.IntegerField(label="届满前几个月", min_value=1, max_value=60, required=False)
    phrase = forms.CharField(
        label="原文", max_length=255, required=False, help_text="方案中写明这一数量的语句；空白表示出自规则表。"
    )

    def shown(self, data: dict[str, Any]) -> dict[str, Any]:
        audience, unit = data["audience"], data["unit"]
        amounts = {key: amount_words(data.get(key, ""), unit) for key in ("at_least", "at_most")}
        return {**data, **amounts, "kinds": audience["kinds"], "group": audience.get("group", AudienceGroup.ALL)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for key in ("at_least", "at_most"):
            if data.get(key) and data.get("unit"):
                try:
                    data[key] = amount_of(data[key], data["unit"])
                except PlanDraftError as error:
                    self.add_error(key, str(error))
        metric = METRICS.get(data.get("metric", ""))
        if metric and metric.code != MANUAL and data.get("subject") != metric.subject:
            self.add_error("subject", f"“{metric.name}”的对象应为{metric.subject.label}。")
        return data

    def kept(self) -> dict[str, Any]:
        data = super().kept()
        given = self.cleaned_data
        data["audience"] = {"kinds": given["kinds"], "group": given["group"]}
        # The rule table stays the source of an amount that nobody has changed.
        is_rule = self.item is not None and self.item.data.get("basis") == Basis.RULE
        data["basis"] = Basis.RULE.value if is_rule or not given["phrase"] else Basis.STATED.value
        return data


class MilestoneForm(ItemForm):
    kind, own = ItemKind.MILESTONE, ("title", "due", "deliverable", "note")
    title = forms.CharField(label="节点", max_length=128)
    due = DayField(label="日期", help_text="如 6月30日；空白表示日期待定。")
    deliverable = forms.CharField(label="成果", max_length=255, required=False)
    note = forms.CharField(label="说明", max_length=255, required=False)


class StageForm(ItemForm):
    kind, own = ItemKind.STAGE, ("name", "from", "to")
    name = forms.CharField(label="阶段", max_length=64)
    to = DayField(label="结束")

    def __init__(self, content: Content, item: Item | None, data: Any = None) -> None:
        super().__init__(content, item, data)
        # A word of the language, which a class cannot have as the name of a field.
        self.fields["from"] = DayField(label="开始")
        self.order_fields(("name", "from", "to"))


class CadenceForm(ItemForm):
    kind, own = ItemKind.CADENCE, ("period", "title")
    period = forms.ChoiceField(label="周期", choices=PeriodKind.choices, initial=PeriodKind.MONTH)
    title = forms.CharField(label="名称", max_length=64)


class SeatForm(ItemForm):
    kind, own = ItemKind.SEAT, ("role", "holder")
    role = forms.CharField(label="职责", max_length=32, help_text="如 组长、副组长、成员、办公室、牵头单位。")
    holder = forms.CharField(label="担任", max_length=128)


FORMS: dict[str, type[ItemForm]] = {
    form.kind.value: form
    for form in (HeadForm, DimensionForm, TaskForm, TargetForm, MilestoneForm, StageForm, CadenceForm, SeatForm)
}
"""The form of each kind of part."""


def form_for(kind: str, content: Content, item: Item | None, data: Any = None, under: int = 0) -> ItemForm:
    """The form of a part, or of a new one under another."""
    if kind == ItemKind.TASK:
        return TaskForm(content, item, data, under)
    return FORMS[kind](content, item, data)


class SplitForm(SeenForm):
    """What goes into the second of two tasks."""

    title = forms.CharField(label="拆出的任务", max_length=64)
    targets = forms.TypedMultipleChoiceField(
        label="移到新任务的指标", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    lines = forms.TypedMultipleChoiceField(
        label="移到新任务的清单", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, content: Content, item: Item, data: Any = None) -> None:
        super().__init__(data, initial={"seen": content.revision})
        targets = content.live(ItemKind.TARGET, item.id)
        self.fields["targets"].choices = [(each.id, each.label) for each in targets]
        self.fields["lines"].choices = [
            (index, each["text"]) for index, each in enumerate(item.data.get("checklist", []))
        ]
