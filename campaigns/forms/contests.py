"""Forms of contests, applications and awards."""

from collections.abc import Sequence
from typing import Any

from django import forms

from branches.enums import OrganizationKind
from branches.models import Organization
from campaigns.forms.fields import FilesField
from campaigns.forms.works import EARLIEST, LATEST, PersonField
from campaigns.models import Application, Contest, CriterionAnswer
from campaigns.rules.contests import (
    PRESET_BY_CODE,
    ApplicationState,
    ContestState,
    ContestSubject,
    Preset,
    read_criteria,
    write_criteria,
)
from partybuild.lib import clock

CONTEST_STATES = (("open", "正在申报"), *ContestState.choices)
APPLICATION_STATES = ApplicationState.choices
AWARD_STATES = (("held", "有效"), ("revoked", "已撤销"))
_KINDS = (
    OrganizationKind.COMMITTEE, OrganizationKind.LEADING_GROUP, OrganizationKind.GENERAL_BRANCH,
    OrganizationKind.BRANCH,
)  # fmt: skip
_FIELDS = ("title", "year", "subject", "kinds", "content", "quota", "starts_on", "ends_on", "preset")
_YES_NO = (("yes", "达标"), ("no", "未达标"))
_MOST_LEVEL = 32
_MOST_QUOTA = 9999


class ContestForm(forms.Form):
    """A contest with its criteria, one a line."""

    preset = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    title = forms.CharField(label="名称", max_length=64)
    year = forms.IntegerField(label="年度", min_value=EARLIEST, max_value=LATEST)
    subject = forms.ChoiceField(label="争创对象", choices=ContestSubject.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="面向", choices=[(kind.value, kind.label) for kind in _KINDS], widget=forms.CheckboxSelectMultiple
    )
    content = forms.CharField(
        label="内容和要求", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    criteria = forms.CharField(
        label="争创条件", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="每行一条；需要佐证的，在竖线后写明，例如：组织生活正常开展｜会议记录。发布前至少填写一条。",
    )  # fmt: skip
    levels = forms.CharField(
        label="等次", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="分等次或者星级的，每行一个；不分的不填。",
    )  # fmt: skip
    quota = forms.IntegerField(label="名额", min_value=1, max_value=_MOST_QUOTA, required=False)
    starts_on = forms.DateField(label="申报开始")
    ends_on = forms.DateField(label="申报截止")

    def __init__(self, data: Any = None, *, contest: Contest | None = None, preset: Preset | None = None) -> None:
        today = clock.today()
        start: dict[str, Any] = {"year": today.year, "starts_on": today, "kinds": [OrganizationKind.BRANCH]}
        if preset:
            start |= {
                "preset": preset.code, "title": preset.title, "subject": preset.subject,
                "criteria": "\n".join(preset.criteria), "levels": "\n".join(preset.levels),
            }  # fmt: skip
        if contest:
            start = {field: getattr(contest, field) for field in _FIELDS}
            start["levels"] = "\n".join(contest.levels)
            start["criteria"] = write_criteria(contest.criteria.values_list("text", "evidence"))
        super().__init__(data, initial=start)

    def clean_preset(self) -> str:
        """A code that is known, or none."""
        code: str = self.cleaned_data["preset"]
        return code if code in PRESET_BY_CODE else ""

    def clean_criteria(self) -> list[tuple[str, str]]:
        """Pairs of what is asked and what proves it."""
        return read_criteria(self.cleaned_data["criteria"])

    def clean_levels(self) -> list[str]:
        """One a line, none twice."""
        found = list(dict.fromkeys(line.strip() for line in self.cleaned_data["levels"].splitlines() if line.strip()))
        if any(len(level) > _MOST_LEVEL for level in found):
            raise forms.ValidationError(f"等次不超过 {_MOST_LEVEL} 个字。")
        return found


class ApplicationForm(forms.Form):
    """What is handed in: who or what, why, and what proves each criterion."""

    member = PersonField(label="党员")
    post_name = forms.CharField(label="岗位", max_length=64)
    statement = forms.CharField(label="申报理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self, contest: Contest, organization: Organization, data: Any = None, files: Any = None, *, by_branch: bool
    ) -> None:
        super().__init__(data, files)
        self.fields["member"].use(organization)
        if not by_branch or not contest.is_personal:
            del self.fields["member"]
        if contest.subject != ContestSubject.POST:
            del self.fields["post_name"]
        for criterion in contest.criteria.all():
            self.fields[f"evidence_{criterion.pk}"] = forms.CharField(
                label=criterion.text, max_length=1000, required=bool(criterion.evidence),
                help_text=f"需要的佐证：{criterion.evidence}" if criterion.evidence else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        self.fields["files"] = FilesField(label="附件", required=False)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        prefix = "evidence_"
        cleaned = self.cleaned_data
        evidence = {int(name.removeprefix(prefix)): text for name, text in cleaned.items() if name.startswith(prefix)}
        rest = {name: value for name, value in cleaned.items() if not name.startswith(prefix)}
        return {**rest, "evidence": evidence}


class VerifyForm(forms.Form):
    """Each criterion met or not."""

    def __init__(self, answers: Sequence[CriterionAnswer], data: Any = None) -> None:
        super().__init__(data)
        self.pks = [answer.criterion_id for answer in answers]
        for answer in answers:
            proof = f"佐证：{answer.evidence}" if answer.evidence else "未填写佐证"
            self.fields[f"met_{answer.criterion_id}"] = forms.ChoiceField(
                label=answer.criterion.text, choices=_YES_NO, widget=forms.RadioSelect, help_text=proof,
                initial=None if answer.is_met is None else "yes" if answer.is_met else "no",
            )  # fmt: skip
            self.fields[f"remark_{answer.criterion_id}"] = forms.CharField(
                label="核验意见", max_length=255, required=False, initial=answer.remark
            )
        self.fields["text"] = forms.CharField(
            label="总体意见", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
        )

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "marks": {pk: self.cleaned_data[f"met_{pk}"] == "yes" for pk in self.pks},
            "remarks": {pk: self.cleaned_data[f"remark_{pk}"] for pk in self.pks},
            "text": self.cleaned_data["text"],
        }


class AwardForm(forms.Form):
    """The title as it is given."""

    level = forms.ChoiceField(label="等次")
    number = forms.CharField(label="文号", max_length=64, required=False)
    awarded_on = forms.DateField(label="授予日期")

    def __init__(self, application: Application, data: Any = None) -> None:
        super().__init__(data, initial={"awarded_on": clock.today()})
        levels = application.contest.levels
        self.fields["level"].choices = [("", "请选择"), *((level, level) for level in levels)]
        if not levels:
            del self.fields["level"]
