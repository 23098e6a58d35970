"""Forms for clean-ups (专项整治)."""

from datetime import timedelta
from typing import Any

from django import forms

from branches.enums import OrganizationKind
from campaigns.models import Cleanup
from campaigns.rules.cleanups import OFFERS, CleanupState, classes_of
from campaigns.rules.documents import in_words
from campaigns.rules.problems import Deadline
from partybuild.lib import clock

_USUAL_CHECK, _USUAL_LENGTH = timedelta(days=30), timedelta(days=120)


class CleanupFilterForm(forms.Form):
    """In which state."""

    state = forms.ChoiceField(label="状态", choices=[("", "全部"), *CleanupState.choices], required=False)


class CleanupForm(forms.Form):
    """A clean-up as its leader draws it up."""

    name = forms.CharField(label="名称", max_length=64)
    source = forms.CharField(label="依据", max_length=64, required=False)
    classes = forms.CharField(
        label="问题类型", max_length=1000, widget=forms.Textarea(attrs={"rows": 6}), help_text="每行一类。"
    )
    requirement = forms.CharField(
        label="要求", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    starts_on = forms.DateField(label="开始日期")
    check_by = forms.DateField(label="自查截止")
    ends_on = forms.DateField(label="结束日期")
    audience_kinds = forms.MultipleChoiceField(
        label="范围", choices=OrganizationKind.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, cleanup: Cleanup | None = None, offer: str = "") -> None:
        super().__init__(data, initial=_of_cleanup(cleanup) if cleanup else _usual(offer))

    def clean_classes(self) -> list[str]:
        """One a line."""
        return classes_of(self.cleaned_data["classes"])


class CleanupCheckForm(forms.Form):
    """An organisation's self-check on one class."""

    is_found = forms.TypedChoiceField(
        label="自查结果", choices=(("no", "未发现问题"), ("yes", "查出问题")), coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    word = forms.CharField(label="自查情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    problems = forms.CharField(
        label="查出的问题", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一个，提交后进入整改台账。",
    )  # fmt: skip
    deadline = forms.ChoiceField(
        label="整改类别", choices=Deadline.choices, widget=forms.RadioSelect, initial=Deadline.IMMEDIATE
    )

    def clean_problems(self) -> list[str]:
        """One a line."""
        lines = classes_of(self.cleaned_data["problems"])
        if any(len(line) > 500 for line in lines):
            raise forms.ValidationError("每个问题不超过 500 个字。")
        return lines


class CleanupEndForm(forms.Form):
    """What came of it."""

    summary = forms.CharField(label="整治小结", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))


def _usual(offer: str) -> dict[str, Any]:
    today = clock.today()
    found = next((each for each in OFFERS if each.code == offer), None)
    start = {
        "starts_on": today, "check_by": today + _USUAL_CHECK, "ends_on": today + _USUAL_LENGTH,
        "audience_kinds": [OrganizationKind.COMMITTEE, OrganizationKind.GENERAL_BRANCH, OrganizationKind.BRANCH],
    }  # fmt: skip
    if found:
        start |= {"name": found.name, "source": in_words(found.source), "classes": "\n".join(found.classes)}
    return start


def _of_cleanup(cleanup: Cleanup) -> dict[str, Any]:
    names = ("name", "source", "requirement", "starts_on", "check_by", "ends_on", "audience_kinds")
    return {name: getattr(cleanup, name) for name in names} | {"classes": "\n".join(cleanup.classes)}
