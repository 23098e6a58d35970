"""The form of a step: day, people, notes and materials, and what its kind asks for besides."""

from typing import Any

from django import forms

from branches.enums import OrganizationKind
from branches.models import Organization
from members.actions.development.steps import Paper
from members.enums import DecisionKind
from members.models import DevelopmentFile, Member
from members.queries.roster import voters_on
from members.rules.development import Step, StepForm
from members.rules.development_dues import RESOLUTIONS, Ballot
from partybuild.lib import clock

_OTHER = "其他材料"


class MaterialField(forms.FileField):
    """A material that is asked for, though a tick for the paper may stand in its place: the rules say what lacks."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None


class PlainStepForm(forms.Form):
    """What every step asks for. Each material is a file, or a tick that the paper lies in the folder."""

    done_on = forms.DateField(label="办理日期")
    people = forms.CharField(max_length=128)
    notes = forms.CharField(label="情况说明", required=False, max_length=4000, widget=forms.Textarea({"rows": 3}))

    BALLOT: tuple[str, ...] = ()

    def __init__(self, step: Step, file: DevelopmentFile, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.step, self.file = step, file
        self.fields["done_on"].initial = clock.today
        self.fields["people"].label = step.people
        self.materials: list[tuple[int, str]] = []
        kept = set(file.papers.filter(code=step.code).values_list("kind", flat=True))
        for place, kind in enumerate([*step.papers, _OTHER]):
            self._add_material(place, kind, is_kept=kind in kept)

    def _add_material(self, place: int, kind: str, *, is_kept: bool) -> None:
        note = "已有，不必再传。" if is_kept else ""
        is_asked = kind != _OTHER and not is_kept
        made = MaterialField if is_asked else forms.FileField
        self.fields[f"paper_{place}"] = made(label=kind, required=is_asked, max_length=500, help_text=note)
        if is_asked:
            self.fields[f"on_paper_{place}"] = forms.BooleanField(label=f"{kind}：纸质材料已核对并入卷", required=False)
        self.materials.append((place, kind))

    def main_fields(self) -> list[Any]:
        """All but notes, materials and the figures of a vote, as the page shows them first."""
        return [self[name] for name in self.fields if "paper_" not in name and name not in ("notes", *self.BALLOT)]

    def ballot_pairs(self) -> list[tuple[Any, Any]]:
        """The figures of a vote, two by two."""
        bound = [self[name] for name in self.BALLOT]
        return list(zip(bound[::2], bound[1::2], strict=True))

    def paper_fields(self) -> list[Any]:
        """The materials."""
        return [self[name] for name in self.fields if "paper_" in name]

    def papers(self) -> list[Paper]:
        """What was handed in."""
        found = []
        for place, kind in self.materials:
            upload = self.cleaned_data.get(f"paper_{place}")
            if upload is not None or self.cleaned_data.get(f"on_paper_{place}"):
                found.append(Paper(kind, upload))
        return found

    def common(self) -> dict[str, Any]:
        """What each action of a step takes."""
        return {"people": self.cleaned_data["people"], "papers": self.papers()}


class PeopleStepForm(PlainStepForm):
    """培养联系人, 入党介绍人: full members of the branch."""

    members = forms.ModelMultipleChoiceField(
        Member.objects.none(), label="人员", widget=forms.CheckboxSelectMultiple, help_text="本支部正式党员。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members: Any = self.fields["members"]
        members.queryset = voters_on(self.file.organization, clock.today())
        members.label = {"contacts": "培养联系人", "introducers": "入党介绍人"}[self.step.code]
        self.order_fields(["members", "done_on"])


class PlaceStepForm(PlainStepForm):
    """The 党小组 of a new probationary member."""

    group = forms.ModelChoiceField(
        Organization.objects.none(), label="党小组", required=False, empty_label="不编入党小组"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset = self.file.organization.children.filter(kind=OrganizationKind.GROUP, dissolved_on__isnull=True)


class DecisionForm(PlainStepForm):
    """The superior's decision."""

    is_agreed = forms.TypedChoiceField(
        label="意见", choices=[("yes", "同意"), ("no", "不同意")], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    opinion = forms.CharField(label="具体意见", max_length=255, widget=forms.Textarea({"rows": 2}))
    quota_note = forms.CharField(
        label="超出控制总量的说明",
        max_length=255,
        required=False,
        help_text="本年度控制总量已用完而确需接收的，写明依据。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["notes"]
        if self.step.code != DecisionKind.PRE_REVIEW:
            del self.fields["quota_note"]
        self.fields["is_agreed"].label = self.step.label
        self.order_fields(["done_on", "people", "is_agreed", "opinion", "quota_note"])

    def given(self) -> dict[str, Any]:
        """The arguments of the action."""
        cleaned = self.cleaned_data
        return {
            **self.common(), "kind": self.step.code, "decided_on": cleaned["done_on"],
            "is_agreed": cleaned["is_agreed"], "opinion": cleaned["opinion"],
            "quota_note": cleaned.get("quota_note", ""),
        }  # fmt: skip


class VoteForm(PlainStepForm):
    """A vote of the branch meeting; those entitled are proposed from the roster."""

    resolution = forms.ChoiceField(label="表决事项", widget=forms.RadioSelect)
    months = forms.IntegerField(label="延长预备期（月）", required=False, min_value=1, max_value=36)
    entitled = forms.IntegerField(label="有表决权的党员", min_value=0, max_value=9999)
    present = forms.IntegerField(label="到会有表决权的党员", min_value=0, max_value=9999)
    written = forms.IntegerField(
        label="书面意见",
        min_value=0,
        max_value=9999,
        initial=0,
        help_text="因故不能到会、会前提出书面意见的，计入票数。",
    )
    in_favour = forms.IntegerField(label="赞成", min_value=0, max_value=9999)
    against = forms.IntegerField(label="反对", min_value=0, max_value=9999, initial=0)
    abstained = forms.IntegerField(label="弃权", min_value=0, max_value=9999, initial=0)

    BALLOT = ("entitled", "present", "written", "in_favour", "against", "abstained")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].label = "会议日期"
        resolution: Any = self.fields["resolution"]
        resolution.choices = [(one.value, one.label) for one in RESOLUTIONS[self.step.code]]
        resolution.initial = RESOLUTIONS[self.step.code][0]
        if len(RESOLUTIONS[self.step.code]) == 1:
            del self.fields["months"]
        voters = voters_on(self.file.organization, clock.today()).count()
        self.fields["entitled"].initial = voters
        self.fields["entitled"].help_text = f"名册中本支部现有正式党员{voters}名；预备党员没有表决权。"
        self.order_fields(["done_on", "people", "resolution", "months", *self.BALLOT])

    def given(self) -> dict[str, Any]:
        """The arguments of the action."""
        cleaned = self.cleaned_data
        return {
            **self.common(), "code": self.step.code, "held_on": cleaned["done_on"], "notes": cleaned["notes"],
            "ballot": Ballot(**{name: cleaned[name] for name in self.BALLOT}), "resolution": cleaned["resolution"],
            "months": cleaned.get("months") or 0,
        }  # fmt: skip


FORMS: dict[StepForm, type[PlainStepForm]] = {
    StepForm.PLAIN: PlainStepForm,
    StepForm.OBSERVED: PlainStepForm,
    StepForm.PEOPLE: PeopleStepForm,
    StepForm.PLACE: PlaceStepForm,
    StepForm.DECISION: DecisionForm,
    StepForm.VOTE: VoteForm,
}


def step_form(step: Step, file: DevelopmentFile, data: Any = None, files: Any = None) -> PlainStepForm:
    """The form that a step asks for."""
    return FORMS[step.form](step, file, data, files)
