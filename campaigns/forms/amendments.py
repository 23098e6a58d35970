"""Forms that amend what is published."""

from decimal import Decimal
from typing import Any

from django import forms

from branches.enums import OrganizationKind
from campaigns.enums import AudienceGroup
from campaigns.models import Target
from campaigns.rules.amendments import TargetChange, has_next
from partybuild.lib import clock

KINDS = [(kind.value, kind.label) for kind in OrganizationKind if kind != OrganizationKind.GROUP]
FROM_WHEN = [("next", "下一个周期起，正在进行的不变"), ("running", "本周期起，已下发未结账的一并调整")]
AT_ONCE = [("running", "本周期起，已下发未结账的一并调整（本年度内不再有下一个周期）")]
END_FROM = [("next", "下一个周期起，正在进行的照常办理"), ("running", "本周期起，已下发未结账的列为免报")]
END_AT_ONCE = [("running", "本周期起，已下发未结账的列为免报（本年度内不再有下一个周期）")]
_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"


class TargetForm(forms.Form):
    """The next version of a target."""

    title = forms.CharField(label="指标", max_length=64)
    at_least = forms.DecimalField(label="不少于", max_digits=12, decimal_places=2, min_value=0)
    at_most = forms.DecimalField(
        label="不多于", max_digits=12, decimal_places=2, required=False, help_text="只作提示，超过不扣。"
    )
    due_day = forms.RegexField(
        label="截止月日", regex=_DAY, required=False, help_text="如 09-30；不填为周期的最后一天。"
    )
    by_day = forms.IntegerField(label="每月几日前", min_value=1, max_value=31, required=False)
    audience_kinds = forms.MultipleChoiceField(label="承担的党组织", choices=KINDS, widget=forms.CheckboxSelectMultiple)
    audience_group = forms.ChoiceField(label="范围", choices=AudienceGroup.choices)
    from_when = forms.ChoiceField(label="何时起执行", choices=FROM_WHEN, widget=forms.RadioSelect, initial="next")
    reason = forms.CharField(label="调整理由", max_length=255, help_text="写明依据，支部和上级都会看到。")

    def __init__(self, data: Any = None, *, target: Target) -> None:
        names = ("title", "at_least", "at_most", "due_day", "by_day", "audience_kinds", "audience_group")
        super().__init__(data, initial={name: _plain(getattr(target, name)) for name in names})
        _offer_start(self.fields["from_when"], target, AT_ONCE)
        if target.unit == "%":
            self.fields["at_least"].help_text = "比例写成小数，如 0.02 为 2 %。"

    def change(self) -> TargetChange:
        """What was asked for; of a valid form only."""
        data = self.cleaned_data
        return TargetChange(
            title=data["title"],
            at_least=data["at_least"],
            at_most=data["at_most"],
            due_day=data["due_day"],
            by_day=data["by_day"],
            audience_kinds=tuple(data["audience_kinds"]),
            audience_group=data["audience_group"],
        )


def _offer_start(field: Any, target: Target, at_once: list[tuple[str, str]]) -> None:
    """What does not come round again in the campaign's year cannot wait for the next time."""
    if not has_next(target.period, target.task.campaign.year, clock.today()):
        field.choices, field.initial = at_once, at_once[0][0]


def _plain(value: Any) -> Any:
    """A number without needless zeros, as one writes it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class EndTargetForm(forms.Form):
    """From when a target is asked for no more, and why."""

    from_when = forms.ChoiceField(label="何时起取消", choices=END_FROM, widget=forms.RadioSelect, initial="next")
    reason = forms.CharField(label="取消理由", max_length=255)

    def __init__(self, data: Any = None, *, target: Target) -> None:
        super().__init__(data)
        _offer_start(self.fields["from_when"], target, END_AT_ONCE)
