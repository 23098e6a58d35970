"""The elected persons of an election, row by row, named from the roster."""

import re
from collections import defaultdict
from datetime import date
from typing import Any

from django import forms

from branches.enums import OrganizationKind
from branches.models import Organization
from members.enums import OfficeKind
from members.queries.roster import memberships_on, voters_on
from members.rules.terms import COMMITTEE_OFFICES, Seat

OFFERED = 3000
ROWS = {OrganizationKind.BRANCH: 7}
MOST_ROWS = 11
_CODED = re.compile(r"^(?P<name>[^（(]+)[（(](?P<branch>[^（）()]+)[）)]$")


class SeatForm(forms.Form):
    """One elected person; an empty row is left out."""

    member = forms.CharField(label="姓名", max_length=160, required=False)
    kind = forms.ChoiceField(
        label="职务",
        choices=[("", "请选择"), *((kind.value, OfficeKind(kind).label) for kind in COMMITTEE_OFFICES)],
        required=False,
    )
    title = forms.CharField(label="分工", max_length=64, required=False)
    votes = forms.IntegerField(label="赞成票", min_value=0, max_value=99_999, required=False)

    def __init__(self, *args: Any, roster: "RosterNames", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roster = roster
        for field in self.fields.values():
            field.widget.attrs["class"] = "control"
        self.fields["member"].widget.attrs.update({"list": "roster-names", "autocomplete": "off"})

    def clean(self) -> dict[str, Any]:
        """A row that names nobody says nothing; one that does needs office and votes."""
        cleaned = super().clean() or {}
        written = cleaned.get("member", "")
        if not written:
            if cleaned.get("votes") is not None or cleaned.get("title"):
                self.add_error("member", "请填写姓名。")
            return cleaned
        member, reason = self.roster.find(written)
        if member is None:
            self.add_error("member", reason)
        if not cleaned.get("kind"):
            self.add_error("kind", "请选择职务。")
        if cleaned.get("votes") is None:
            self.add_error("votes", "请填写赞成票。")
        cleaned["pk"] = member
        return cleaned


class RosterNames:
    """The full members of an organisation's roster on a day, by name and, where two share one, by branch."""

    def __init__(self, organization: Organization, on: date) -> None:
        voters = voters_on(organization, on)
        places = memberships_on(organization, on).filter(member__in=voters.order_by().values("pk"))
        self.by_name: dict[str, list[tuple[int, str]]] = defaultdict(list)
        rows = places.select_related("organization").order_by("member__initials", "member_id")
        for pk, name, short, full in rows.values_list(
            "member_id", "member__name", "organization__short_name", "organization__name"
        )[:OFFERED]:
            self.by_name[name].append((pk, short or full))

    def offered(self) -> list[str]:
        """What the input proposes: the name, with the branch where two share it."""
        return [
            name if len(found) == 1 else f"{name}（{branch}）"
            for name, found in self.by_name.items()
            for _, branch in found
        ]

    def find(self, written: str) -> tuple[int | None, str]:
        """The member that is meant, or why there is none."""
        text = "".join(written.split())
        parts = _CODED.match(text)
        found = self.by_name.get(parts["name"] if parts else text, [])
        if parts:
            found = [one for one in found if one[1] == parts["branch"]]
        if not found:
            return None, "名册中没有这名正式党员，请从提示的姓名中选择。"
        if len(found) > 1:
            return None, "名册中有同名党员，请从提示的姓名中选择。"
        return found[0][0], ""


class _BaseSeats(forms.BaseFormSet):
    def clean(self) -> None:
        """At least one person is elected."""
        if not any(self.errors) and not self.seats():
            raise forms.ValidationError("请填写当选人员。")

    def seats(self) -> list[Seat]:
        """The rows that name somebody."""
        return [
            Seat(row["pk"], row["kind"], row["title"], row["votes"])
            for row in (form.cleaned_data for form in self.forms)
            if row.get("member")
        ]


def seat_formset(organization: Organization, roster: RosterNames, data: Any = None) -> Any:
    """As many rows as a committee of this kind may need."""
    rows = ROWS.get(OrganizationKind(organization.kind), MOST_ROWS)
    made = forms.formset_factory(SeatForm, formset=_BaseSeats, extra=rows, max_num=rows, absolute_max=rows)
    initial = [{"kind": OfficeKind.SECRETARY}, {"kind": OfficeKind.DEPUTY_SECRETARY}]
    initial += [{"kind": OfficeKind.COMMITTEE_MEMBER}] * (rows - len(initial))
    formset = made(data, prefix="seats", form_kwargs={"roster": roster})
    for form, values in zip(formset.forms, initial, strict=False):
        form.initial = values
    return formset
