"""Forms of the review desk: its filter, a return with remarks, and marked records."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from campaigns.enums import CampaignStatus
from campaigns.models import Campaign
from campaigns.queries.campaign_overview import visible
from campaigns.queries.remarks import Remark
from campaigns.queries.review_queue import AGAIN, BELOW, FLAGGED, OWN, QueueFilter

_KEY = re.compile(r"(activity|answer)-(\d{1,18})", re.ASCII)
_MARK = re.compile(r"(activity|answer)-(\d{1,18})-(\d{1,4})", re.ASCII)
_MOST_MARKED = 200


class QueueFilterForm(forms.Form):
    """Hint, reach, campaign and organisation; ``record`` is the one that is open."""

    hint = forms.ChoiceField(required=False, choices=[("", ""), (FLAGGED, ""), (AGAIN, "")], widget=forms.HiddenInput)
    reach = forms.ChoiceField(required=False, choices=[("", ""), (OWN, ""), (BELOW, "")], widget=forms.HiddenInput)
    campaign = forms.ModelChoiceField(
        label="活动", queryset=Campaign.objects.none(), required=False, empty_label="全部"
    )
    organization = OrganizationField(
        label="党组织", permission=Permission.REVIEW_RECORD, required=False, help_text="", max_length=200
    )
    record = forms.RegexField(_KEY, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, scope: Scope) -> None:
        super().__init__(data)
        campaigns = visible(scope).exclude(status=CampaignStatus.DRAFT)
        self.fields["campaign"].queryset = campaigns.order_by("-year", "code")
        self.fields["campaign"].label_from_instance = lambda campaign: f"{campaign.name}（{campaign.year}）"
        self.fields["organization"].scope = scope

    def wanted(self) -> QueueFilter:
        """What was asked for; everything when the filter is not in order."""
        data = self.cleaned_data if self.is_valid() else {}
        campaign = data.get("campaign")
        return QueueFilter(
            hint=data.get("hint", ""),
            reach=data.get("reach") or OWN,
            campaign=campaign.pk if campaign else None,
            organization=data.get("organization"),
        )

    def record_key(self) -> tuple[str, int] | None:
        """Sort and id of the record that the address names."""
        found = _KEY.fullmatch(self.cleaned_data.get("record", "")) if self.is_valid() else None
        return (found[1], int(found[2])) if found else None


class DecisionForm(forms.Form):
    """Approve or return the version that was seen, with remarks on the whole and on single items."""

    decision = forms.ChoiceField(choices=[("approve", "通过"), ("return", "退回")])
    version = forms.IntegerField(min_value=1, max_value=32_767, widget=forms.HiddenInput)
    remark = forms.CharField(
        label="退回原因", required=False, max_length=500, widget=forms.Textarea({"rows": 3, "id": "remark"})
    )

    def __init__(self, items: Iterable[Remark], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"on-{item.code}"] = forms.CharField(label=item.label, required=False, max_length=200)

    def remarks(self) -> dict[str, str]:
        """Item → remark, of those that were remarked on."""
        texts = {item.code: self.cleaned_data[f"on-{item.code}"] for item in self.items}
        return {code: text for code, text in texts.items() if text}

    def item_fields(self) -> list[Any]:
        """The fields for remarks on single items."""
        return [self[f"on-{item.code}"] for item in self.items]


class MarkedForm(forms.Form):
    """The records marked in the queue."""

    marked = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        marks = data.getlist("marked")
        self.fields["marked"].choices = [(mark, mark) for mark in marks if _MARK.fullmatch(mark)]

    def clean_marked(self) -> list[tuple[str, int, int]]:
        """Sort, id and version of each."""
        marks = self.cleaned_data["marked"]
        if not marks:
            raise ValidationError("请先勾选要通过的记录。")
        if len(marks) > _MOST_MARKED:
            raise ValidationError(f"一次最多通过 {_MOST_MARKED} 条。")
        found = (_MARK.fullmatch(mark) for mark in marks)
        return [(match[1], int(match[2]), int(match[3])) for match in found if match]
