"""What a row of a ledger of meetings becomes: whose record, of which kind, with whom, and whether it can be filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.queries.row_places import RowPlaces
from branches.rules.uploads import Problem
from campaigns.enums import ActivityKind
from campaigns.queries.attendance import Sheet, hosts_for, sheet_for
from campaigns.rules.activity_imports import ActivityRow, absent_of, minutes_of
from campaigns.rules.content import ActivityDraft, AttendanceLine
from campaigns.rules.kinds import KindRule, is_committee, lacking, offered, propose_title
from partybuild.lib.dates import day_text

_COLUMNS = {"attendance": "present", "minutes": "content", "group": "organization"}
"""Field of the form → column of the ledger, where they have other names."""


@dataclass
class Proposal:
    """The record that a row says; ``gaps`` are why it stays a draft, by column."""

    organization: Organization
    draft: ActivityDraft
    recorder_id: int | None = None
    gaps: list[Problem] = field(default_factory=list)


class RowReader:
    """Makes proposals of rows, within what an import reaches and what its actor may do there."""

    def __init__(self, by: Actor, under: Organization | None, rules: Mapping[str, KindRule], today: date) -> None:
        self.places, self.rules = RowPlaces(by, under, today), rules

    def propose(self, read: ActivityRow) -> Proposal | None:
        """What the row says; None after a refusal."""
        organization, group = self._place(read)
        rule = self._rule(read, organization, group) if organization else None
        if organization is None or rule is None or read.held is None or read.problems:
            return None
        day = read.held.day.value
        sheet = sheet_for(organization, rule.code, day, group)
        host_id, host = self._host(read, organization, day, sheet)
        absent, unknown = _absent(read, sheet)
        draft = ActivityDraft(
            kind=rule.code, held_on=day, title=read.title or propose_title(rule.code, rule.label, day),
            held_at=read.held.at, place=read.place, hours=read.hours, group_id=group.pk if group else None,
            host_id=host_id, minutes=minutes_of(read, host=host), attendance=_lines(sheet, absent),
        )  # fmt: skip
        recorders = [person.member_id for person in sheet.people if person.name == read.recorder]
        proposal = Proposal(organization, draft, recorders[0] if len(recorders) == 1 else None)
        proposal.gaps = self._gaps(proposal, rule, unknown)
        return proposal

    def _place(self, read: ActivityRow) -> tuple[Organization | None, Organization | None]:
        """The organisation that the row names and, of a party group, the branch and the group."""
        found, reason = self._named(read.organization)
        group = found if found is not None and found.kind == OrganizationKind.GROUP else None
        if group is not None:
            found = self.places.names.with_id(group.parent_id)
            reason = "" if found else "该党小组所在的党支部不在导入范围内"
        if found is not None and read.held and found.founded_on and read.held.day.value < found.founded_on:
            reason = f"该党组织{day_text(found.founded_on)}才成立"
        elif found is not None and not self.places.may(found, Permission.FILE_RECORD, Permission.REVIEW_RECORD):
            reason = "无权为该党组织记录活动"
        if reason:
            read.refuse("organization", reason)
            return None, None
        return found, group

    def _named(self, written: str) -> tuple[Organization | None, str]:
        if written:
            return self.places.find(written)
        under = self.places.under
        own = under if under and under.kind == OrganizationKind.BRANCH else None
        return own, "" if own else "请填写所在党支部"

    def _rule(self, read: ActivityRow, organization: Organization, group: Organization | None) -> KindRule | None:
        """The kind that the row means, of those that the organisation holds."""
        if not read.kinds:
            return None
        held = {rule.code for rules in offered(organization.kind, self.rules.values()) for rule in rules}
        code = next((kind for kind in read.kinds if kind in held), None)
        if code is None:
            read.refuse("kind", f"{organization.get_kind_display()}没有这一会议类型")
        elif group is not None and code != ActivityKind.GROUP_MEETING:
            read.refuse("organization", "党小组只登记党小组会，其他活动请填写党支部")
        else:
            return self.rules[code]
        return None

    def _host(self, read: ActivityRow, organization: Organization, day: date, sheet: Sheet) -> tuple[int | None, str]:
        """The host's id, or his name where it is not that of one person who may have hosted."""
        if not read.host:
            return None, ""
        hosts = hosts_for(organization, day, sheet)
        found = [pk for pk, name in hosts if name.partition("（")[0] == read.host]
        return (found[0], "") if len(found) == 1 else (None, read.host)

    def _gaps(self, proposal: Proposal, rule: KindRule, unknown: str) -> list[Problem]:
        draft, organization = proposal.draft, proposal.organization
        has_roster = not is_committee(organization.kind)
        missing = lacking(rule, draft.content(), title=draft.title, place=draft.place, has_roster=has_roster)
        if unknown and "attendance" in rule.required:
            missing["attendance"] = f"{unknown}，请登记到会人员。"
        if not self.places.may(organization, Permission.FILE_RECORD):
            missing["organization"] = "由该党组织核对后提交。"
        return [Problem(_COLUMNS.get(name, name), f"存为草稿：{text.rstrip('。')}") for name, text in missing.items()]


def _absent(read: ActivityRow, sheet: Sheet) -> tuple[dict[int, str] | None, str]:
    """Who was absent; where nobody is listed (a committee without seats) there is nothing to know."""
    if not sheet.is_roster:
        return None, ""
    return absent_of(read, [(person.member_id, person.name) for person in sheet.people])


def _lines(sheet: Sheet, absent: Mapping[int, str] | None) -> tuple[AttendanceLine, ...]:
    if absent is None:
        return ()
    lines = (
        AttendanceLine(each.member_id, can_vote=each.can_vote, in_committee=each.in_committee) for each in sheet.people
    )
    return tuple(
        replace(line, is_present=False, reason=absent[line.member_id]) if line.member_id in absent else line
        for line in lines
    )
