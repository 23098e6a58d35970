"""Import of activities from a ledger: whole records are filed, others go in as drafts of their organisations.

docs/adr/0023: nobody is credited with a presence that the row does not tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.urls import reverse

from branches.actions.uploads import Importer
from branches.enums import ImportKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.rules.uploads import ImportResult, place_of
from campaigns.actions import records
from campaigns.actions.activities import save_draft
from campaigns.actions.filing import file_together
from campaigns.actions.works import tell_place
from campaigns.enums import ActivityStatus
from campaigns.models import Activity, Attendance
from campaigns.queries.activities import content_of
from campaigns.queries.activity_rows import Proposal, RowReader
from campaigns.queries.kinds import kind_rules
from campaigns.rules.activity_imports import COLUMNS, EXAMPLE, ActivityRow, read_row
from campaigns.rules.content import ActivityDraft
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.workbook import Row, Table

_Key = tuple[int, int | None, str, date, str]
_BATCH = 500


@dataclass
class _Entry:
    """A row that goes in: as a new record, or into the draft that an earlier import left."""

    proposal: Proposal
    activity: Activity | None = None

    @property
    def is_whole(self) -> bool:
        return not self.proposal.gaps


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows and write the good ones when asked to.

    A record is known by organisation, group, kind, day and title; it changes only as long as it is a draft that nobody
    has opened since the import.
    """
    today = clock.today()
    kinds = kind_rules(rule_table(today))
    reader = RowReader(by, under, kinds, today)
    labels = {code: rule.label for code, rule in kinds.items()}
    proposed = [_proposed(reader, read_row(row, today, labels)) for row in table.rows]
    if write:
        _lock(proposal for _, proposal in proposed if proposal)
    result, entries = _judge(table, proposed)
    if write:
        _write(by, entries)
    return result


def _proposed(reader: RowReader, read: ActivityRow) -> tuple[ActivityRow, Proposal | None]:
    return read, reader.propose(read)


def _lock(proposals: Iterable[Proposal]) -> None:
    """Records change under their organisations' locks, taken in the order of ids."""
    ids = {proposal.organization.pk for proposal in proposals}
    locked = Organization.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    list(locked.values_list("pk", flat=True))


def _judge(table: Table, proposed: Sequence[tuple[ActivityRow, Proposal | None]]) -> tuple[ImportResult, list[_Entry]]:
    """What becomes of each row, and those that are to be written."""
    result, entries = ImportResult(), []
    known = _known([proposal for _, proposal in proposed if proposal])
    above: dict[_Key, Row] = {}
    for read, proposal in proposed:
        if proposal is not None and (first := above.setdefault(_key(proposal), read.row)) is not read.row:
            read.refuse("title", f"与{place_of(first, read.row)}重复：党组织、会议类型、日期和名称都相同")
        if proposal is None or read.problems:
            result.refuse_row(table, read.row, read.problems)
            continue
        found = known.get(_key(proposal))
        entry = _Entry(proposal, found)
        if found is None:
            result.created += 1
        elif not _may_change(read, entry, found):
            result.unchanged += 1
            result.notes += [table.error(read.row, note.field, note.reason) for note in read.notes]
            continue
        else:
            result.updated += 1
        entries.append(entry)
        read.notes += proposal.gaps
        result.notes += [table.error(read.row, note.field, note.reason) for note in read.notes]
    return result, entries


def _known(proposals: Sequence[Proposal]) -> dict[_Key, Activity]:
    """The records that are there already; of several alike one that is in force, else the first."""
    days = [proposal.draft.held_on for proposal in proposals]
    if not days:
        return {}
    rows = Activity.objects.filter(
        organization__in={proposal.organization.pk for proposal in proposals}, held_on__range=(min(days), max(days)),
        corrects=None,
    )  # fmt: skip
    found: dict[_Key, Activity] = {}
    for activity in sorted(rows, key=lambda each: (each.status == ActivityStatus.VOID, each.pk)):
        key = (activity.organization_id, activity.group_id, activity.kind, activity.held_on, activity.title)
        found.setdefault(key, activity)
    return found


def _key(proposal: Proposal) -> _Key:
    draft = proposal.draft
    return proposal.organization.pk, draft.group_id, draft.kind, draft.held_on, draft.title


def _may_change(read: ActivityRow, entry: _Entry, found: Activity) -> bool:
    """Whether the row has something for the record that is there; a note says why not."""
    says = _heads(found) == _draft_heads(entry.proposal.draft)
    if found.status == ActivityStatus.VOID:
        read.note("title", "同一活动的记录已作废，没有重新导入")
    elif found.status != ActivityStatus.DRAFT:
        if not says:
            read.note("title", f"已有的记录是“{found.get_status_display()}”，没有改动，需要时请在页面上更正")
    elif found.saved_in is not None or found.version:
        read.note("title", "草稿已在页面上填写过，没有改动，请在页面上继续")
    else:
        return entry.is_whole or not says or content_of(found) != entry.proposal.draft.content()
    return False


def _heads(activity: Activity) -> tuple[object, ...]:
    return activity.held_at, activity.place, activity.hours, activity.host_id, activity.minutes


def _draft_heads(draft: ActivityDraft) -> tuple[object, ...]:
    return draft.held_at, draft.place, draft.hours, draft.host_id, draft.minutes


def _write(by: Actor, entries: list[_Entry]) -> None:
    for entry in entries:
        if entry.activity is not None:
            _change(by, entry, entry.activity)
    new = [entry for entry in entries if entry.activity is None]
    _create(by, new)
    file_together(by=by, activities=[each.activity for each in entries if each.is_whole and each.activity])
    _tell(by, [entry for entry in new if not entry.is_whole])


def _change(by: Actor, entry: _Entry, activity: Activity) -> None:
    proposal = entry.proposal
    entry.activity = save_draft(
        by=by, organization=proposal.organization, client_key=activity.client_key, draft=proposal.draft
    )
    if activity.recorder_id != proposal.recorder_id:
        Activity.objects.filter(pk=activity.pk).update(recorder=proposal.recorder_id)


def _create(by: Actor, entries: Sequence[_Entry]) -> None:
    now = clock.now()
    made = Activity.objects.bulk_create(
        (
            Activity(
                organization=entry.proposal.organization, client_key=uuid4(), created_at=now, saved_at=now,
                created_by_id=by.user_id, recorder_id=entry.proposal.recorder_id, **_fields(entry.proposal.draft),
            )
            for entry in entries
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    for entry, activity in zip(entries, made, strict=True):
        entry.activity = activity
        records.note(activity, "导入", by=by)
    Attendance.objects.bulk_create(
        (
            Attendance(activity=entry.activity, **vars(line))
            for entry in entries
            for line in entry.proposal.draft.attendance
        ),
        batch_size=2000,
    )


def _fields(draft: ActivityDraft) -> dict[str, object]:
    names = ("kind", "title", "held_on", "held_at", "place", "hours", "group_id", "host_id", "minutes")
    return {name: getattr(draft, name) for name in names}


def _tell(by: Actor, drafts: Sequence[_Entry]) -> None:
    """Who acts at the organisations is told what is to be completed; not the one that imports for itself."""
    waiting: dict[int, list[int]] = defaultdict(list)
    for entry in drafts:
        if entry.activity is not None and entry.proposal.organization.pk != by.organization_id:
            waiting[entry.proposal.organization.pk].append(entry.activity.pk)
    for organization_id, ids in sorted(waiting.items()):
        text = f"已导入 {len(ids)} 条活动记录草稿，请补充到会人员等内容后提交。"
        url = f"{reverse('campaigns:activity_list')}?state={ActivityStatus.DRAFT.value}"
        tell_place([organization_id], f"activity_import:{organization_id}:{max(ids)}", text, url=url)


IMPORTER = Importer(
    kind=ImportKind.ACTIVITIES,
    permission=Permission.FILE_RECORD,
    verb="导入活动记录",
    columns=COLUMNS,
    run=run,
    example=EXAMPLE,
)
"""How a ledger of meetings is imported."""
