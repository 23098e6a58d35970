"""The form in which an activity is written down; its fields follow from organisation, kind and day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from branches.models import Organization
from campaigns.enums import AbsenceReason, ActivityKind, ActivityPart, AttachmentSlot
from campaigns.forms.fields import FilesField, IdsField
from campaigns.forms.windows import WindowForm
from campaigns.models import Activity
from campaigns.queries.attendance import Person, groups_of, hosts_for, sheet_for
from campaigns.rules.activities import NOT_YET
from campaigns.rules.content import ActivityDraft, AttendanceLine
from campaigns.rules.kinds import KindRule, is_committee, lacking, offered, parts_of, propose_title
from partybuild.lib import clock

_REASONS = (("", "选择原因"), *AbsenceReason.choices)
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)
_SLOT = re.compile(r"slot-(\d{1,18})", re.ASCII)
_MOST_MINUTES = 20_000
# Kind, day and group decide what the form asks: the part of the page is drawn anew when they change.
_RESHAPES = {
    "hx-post": "", "hx-trigger": "change", "hx-target": "#record-fields", "hx-swap": "outerHTML",
    "hx-sync": "closest form:replace",
}  # fmt: skip
# What somebody may be typing meanwhile stays as it is.
_KEPT = {"hx-preserve": "true"}


class Mode(Enum):
    """What the form is wanted for: to be shown (again) with proposals, or to save what was typed as it is."""

    SHOW = "show"
    SAVE = "save"


@dataclass(frozen=True)
class ListedPerson:
    """A name of the list with what is ticked for it."""

    person: Person
    is_present: bool
    reason: str
    reasons: Sequence[tuple[str, str]] = _REASONS


class ActivityForm(WindowForm):
    """One activity. A draft needs kind and day alone; what filing needs besides, the action says."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label="是什么活动", widget=forms.RadioSelect, error_messages={"required": "请选择是什么活动。"}
    )
    held_on = forms.DateField(label="日期", widget=forms.DateInput(_RESHAPES))
    held_at = forms.TimeField(label="时间", required=False)
    hours = forms.DecimalField(
        label="时长", required=False, min_value=0, max_value=240, max_digits=5, decimal_places=1,
        widget=forms.NumberInput({"step": "0.5", "inputmode": "decimal"}),
    )  # fmt: skip
    place = forms.CharField(label="地点", required=False, max_length=128, widget=forms.TextInput(_KEPT))
    title = forms.CharField(label="主题", required=False, max_length=128)
    group = forms.ChoiceField(label="党小组", required=False, widget=forms.Select(_RESHAPES))
    parts = forms.MultipleChoiceField(
        label="还包含", required=False, choices=ActivityPart.choices, widget=forms.CheckboxSelectMultiple
    )
    host = forms.ChoiceField(
        label="主持人", required=False,
        error_messages={"invalid_choice": "所选人员在这一天不是本组织党员，请重新选择。"},
    )  # fmt: skip
    minutes = forms.CharField(
        label="记录", required=False, max_length=_MOST_MINUTES, widget=forms.Textarea({"rows": 8, **_KEPT})
    )
    uploads = FilesField(label="附件", required=False)
    attendance = IdsField(label="参加人员", required=False)
    shown = IdsField(required=False)
    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    proposed_title = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    proposed_hours = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(
        self,
        organization: Organization,
        rules: Mapping[str, KindRule],
        data: Any = None,
        files: Any = None,
        *,
        activity: Activity | None = None,
        kind: str = "",
        mode: Mode = Mode.SHOW,
    ) -> None:
        super().__init__(
            data, files, initial=_initial(activity, kind), saved_at=activity.saved_at if activity else None
        )
        self.organization, self.rules, self.activity = organization, rules, activity
        if mode is Mode.SHOW:
            self._errors = ErrorDict()  # what is only shown again is not judged
        self.prominent, self.others = offered(organization.kind, rules.values())
        self.fields["kind"].choices = [(rule.code, rule.label) for rule in (*self.prominent, *self.others)]
        self.rule = rules.get(self.peek("kind", "")) if self.peek("kind", "") in self._kinds else None
        if self.rule is None:
            return
        self.day: date = self.peek("held_on", clock.today())
        self.groups = groups_of(organization, self.day) if self.rule.code == ActivityKind.GROUP_MEETING else []
        self._fill_choices()
        if mode is Mode.SHOW:
            self._propose()

    @property
    def _kinds(self) -> set[str]:
        return {rule.code for rule in (*self.prominent, *self.others)}

    def peek(self, name: str, default: Any) -> Any:
        """A field's value before the form is checked; the default where it is not in order."""
        field = self.fields[name]
        raw = (
            field.widget.value_from_datadict(self.data, self.files, name)
            if self.is_bound
            else self.get_initial_for_field(field, name)
        )
        try:
            return field.clean(raw) or default
        except ValidationError:
            return default

    def _fill_choices(self) -> None:
        assert self.rule is not None
        self.fields["group"].choices = [("", "请选择"), *((str(each.pk), each.label) for each in self.groups)]
        if not self.groups:
            del self.fields["group"]
        group_id = self.peek("group", "") if self.groups else ""
        group = next((each for each in self.groups if str(each.pk) == str(group_id)), None)
        self.sheet = sheet_for(self.organization, self.rule.code, self.day, group)
        hosts = hosts_for(self.organization, self.day, self.sheet)
        self.fields["host"].choices = [("", "请选择"), *((str(pk), name) for pk, name in hosts)]
        if "host" in self.rule.required:
            self.fields["host"].label = "主讲人"
        self.fields["parts"].choices = [(part.value, part.label) for part in parts_of(self.rule.code)]
        self._drop_parts_of_other_kinds()
        for person in self.sheet.people:
            self.fields[f"reason-{person.member_id}"] = forms.ChoiceField(required=False, choices=_REASONS)

    def _drop_parts_of_other_kinds(self) -> None:
        """What was ticked before another kind was chosen, and is not offered any more."""
        offered_now = dict(self.fields["parts"].choices)
        if self.is_bound and hasattr(self.data, "setlist"):
            posted = self.data.getlist("parts")
            self.data = self.data.copy()
            self.data.setlist("parts", [p for p in posted if p in offered_now or p not in ActivityPart.values])

    def _propose(self) -> None:
        """A title and a length from kind and day, unless other ones were typed."""
        assert self.rule is not None
        title = propose_title(self.rule.code, self.rule.label, self.day)
        hours = str(self.rule.default_hours)
        for name, proposal in (("title", title), ("hours", hours)):
            before = self.data.get(f"proposed_{name}", "") if self.is_bound else ""
            current = self.data.get(name, "") if self.is_bound else (self.initial.get(name) or "")
            self._take(name, proposal if str(current).strip() in ("", before) else current)
            self._take(f"proposed_{name}", proposal)

    def _take(self, name: str, value: Any) -> None:
        if self.is_bound:
            data = self.data.copy()
            data[name] = value
            self.data = data
        else:
            self.initial = {**self.initial, name: value}

    # What the page shows ---------------------------------------------------------------------------------------------

    def mark_compulsory(self) -> None:
        """Tell the page which fields the kind makes compulsory; a draft is saved without them."""
        for name in {"title", "group"} | (self.rule.required if self.rule else frozenset()):
            if name in self.fields:
                self.fields[name].required = True

    def people(self) -> list[ListedPerson]:
        """The list as ticked: who was not shown yet is present on a roster and absent on a list to pick from."""
        present, absent = self._ticked()
        return [
            ListedPerson(
                person,
                person.member_id in present or (person.member_id not in absent and self.sheet.is_roster),
                absent.get(person.member_id, ""),
            )
            for person in self.sheet.people
        ]

    def _ticked(self) -> tuple[frozenset[int], dict[int, str]]:
        if not self.is_bound:
            saved = self.activity.attendances.values_list("member_id", "is_present", "reason") if self.activity else ()
            rows = list(saved)
            return frozenset(pk for pk, is_present, _ in rows if is_present), {
                pk: reason for pk, is_present, reason in rows if not is_present
            }
        present, shown = self.peek("attendance", frozenset()), self.peek("shown", frozenset())
        return present, {pk: self._reason(pk) for pk in shown - present}

    def _reason(self, member_id: int) -> str:
        reason = self.data.get(f"reason-{member_id}", "")
        return reason if reason in AbsenceReason.values else ""

    def names(self) -> dict[int, str]:
        """The names of the list, by id."""
        return {person.member_id: person.name for person in self.sheet.people}

    def shown_ids(self) -> str:
        """The people of the list, for the hidden field that tells a form what it has shown."""
        return ",".join(str(person.member_id) for person in self.sheet.people)

    # What is saved ---------------------------------------------------------------------------------------------------

    def clean_parts(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["parts"])

    def missing(self, draft: ActivityDraft) -> dict[str, str]:
        """What the kind makes compulsory and the draft does not say."""
        if self.rule is None:
            return {}
        missing = lacking(
            self.rule,
            draft.content(),
            title=draft.title,
            place=draft.place,
            has_roster=not is_committee(self.organization.kind),
        )
        if not self.groups and "group" in missing:
            missing["group"] = "本组织没有党小组，请改选其他类型。"
        return self._wrong_day() | missing

    def _wrong_day(self) -> dict[str, str]:
        """A day that is empty, is none, or has not come: such a record is a draft for the time being."""
        day = self.peek("held_on", None)
        if day is None:
            return {"held_on": "请选择日期。"}
        return {"held_on": NOT_YET} if day > clock.today() else {}

    def draft(self) -> ActivityDraft:
        """What was typed; of a valid form only."""
        return self._draft(self.cleaned_data)

    def typed(self) -> ActivityDraft:
        """What stands in the form, as far as it is in order, valid or not."""
        return self._draft({name: self.peek(name, None) for name in self.fields if not name.startswith("reason-")})

    def _draft(self, data: Mapping[str, Any]) -> ActivityDraft:
        assert self.rule is not None
        return ActivityDraft(
            kind=self.rule.code,
            held_on=data["held_on"] or self.day,
            title=data["title"] or "",
            held_at=data["held_at"],
            place=data["place"] or "",
            hours=data["hours"] or Decimal(0),
            parts=tuple(data["parts"] or ()),
            group_id=int(data["group"]) if data.get("group") else None,
            host_id=int(data["host"]) if data["host"] else None,
            minutes=data["minutes"] or "",
            attendance=tuple(self._lines()),
        )

    def _lines(self) -> list[AttendanceLine]:
        return [
            AttendanceLine(
                listed.person.member_id,
                listed.is_present,
                "" if listed.is_present else listed.reason,
                listed.person.can_vote,
                listed.person.in_committee,
            )
            for listed in self.people()
            if listed.is_present or self.sheet.is_roster
        ]

    def has_files_to_settle(self) -> bool:
        """Whether files came with the form, or are to be named anew or removed."""
        return bool(self.cleaned_data["uploads"] or self.slots() or self.removed())

    def removed(self) -> int | None:
        """The attachment whose button 移除 was pressed, in a browser without scripts."""
        pressed = str(self.data.get("remove", ""))
        return int(pressed) if _DIGITS.fullmatch(pressed) else None

    def slots(self) -> dict[int, str]:
        """Attachment id → what it proves, as chosen in the form."""
        found = {int(match[1]): self.data[name] for name in self.data if (match := _SLOT.fullmatch(name))}
        return {pk: slot for pk, slot in found.items() if slot in AttachmentSlot.values}


def _initial(activity: Activity | None, kind: str) -> dict[str, Any]:
    if activity is None:
        return {"kind": kind, "held_on": clock.today(), "client_key": uuid4()}
    fields = ("kind", "held_on", "held_at", "hours", "place", "title", "parts", "minutes", "client_key")
    found = {name: getattr(activity, name) for name in fields}
    hours = activity.hours.normalize()
    return {**found, "hours": f"{hours:f}", "group": activity.group_id, "host": activity.host_id}


class VoidForm(forms.Form):
    """Why a record is declared void."""

    reason = forms.CharField(
        label="作废原因", max_length=255, widget=forms.Textarea({"rows": 3}), help_text="原因与记录一起保留。"
    )
