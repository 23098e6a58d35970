"""Writes on entries (个人报送): by the member himself, or by his branch for many at once. N06–N08, N20, N30."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import fact_credits
from campaigns.models import Entry, EntryFile
from campaigns.queries.entries import entry_url, forms_of_study, homes_of
from campaigns.rules.entries import (
    EDITABLE,
    ENTRY_MOVES,
    METRICS,
    EntryDraft,
    EntryKind,
    EntryState,
    faults,
    title_of,
)
from campaigns.rules.work_moves import after, refusal
from members.models import Member
from members.queries.roster import roster_on
from office.actions.files import store_upload
from office.actions.notices import tell
from partybuild.lib import clock

MOST_FILES = 5
_LONGEST_NAME = 200
_FIELDS = ("kind", "held_on", "title", "text", "hours", "form")


@transaction.atomic
def enter(
    *,
    by: Actor,
    organization: Organization,
    members: Sequence[Member],
    draft: EntryDraft,
    uploads: Iterable[Any] = (),
    is_confirmed: bool = False,
) -> list[Entry]:
    """The same doing of one or many members of a branch; what is there already stays as it is.

    ``is_confirmed``: the branch enters it itself, so that nobody has to confirm it.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    _check(draft)
    if not members:
        raise ValidationError({"members": "请选择党员。"})
    _refuse_strangers(organization, members, draft.held_on)
    values = _values(draft)
    same = {name: values[name] for name in ("kind", "held_on", "title")}
    known = Entry.objects.exclude(state=EntryState.VOID).filter(member__in=[one.pk for one in members], **same)
    there = set(known.values_list("member_id", flat=True))
    files = [(store_upload(upload), upload.name[-_LONGEST_NAME:]) for upload in list(uploads)[:MOST_FILES]]
    made = []
    for member in members:
        if member.pk in there:
            continue
        entry = Entry.objects.create(
            organization=organization, member=member, counts_from=clock.now(), updated_at=clock.now(),
            state=EntryState.CONFIRMED if is_confirmed else EntryState.FILED, filed_by_id=by.user_id, **values,
        )  # fmt: skip
        for file, name in files:
            _keep(by, entry, file, name)
        audit.record(by=by, verb="报送", obj=entry, organization=organization)
        made.append(entry)
    count_entries(made)
    return made


@transaction.atomic
def correct(*, by: Actor, entry: Entry, draft: EntryDraft, uploads: Iterable[Any] = ()) -> Entry:
    """Change what was entered until it is confirmed; one that was sent back is filed again by that."""
    entry = _held(entry)
    if entry.state not in EDITABLE:
        raise ValidationError("这一条已经确认或者作废，不能修改。")
    _check(draft)
    _refuse_strangers(entry.organization, [entry.member], draft.held_on)
    before = (entry.kind, entry.held_on)
    values = _values(draft)
    if _is_there(entry, values):
        raise ValidationError({"title": "同一天、同一事项已经报送过。"})
    changed = [name for name in _FIELDS if getattr(entry, name) != values[name]]
    for name in changed:
        setattr(entry, name, values[name])
    is_again = entry.state == EntryState.RETURNED
    entry.state, entry.remark, entry.updated_at = EntryState.FILED, "", clock.now()
    entry.save()
    for upload in list(uploads)[: max(MOST_FILES - entry.files.count(), 0)]:
        _keep(by, entry, store_upload(upload), upload.name[-_LONGEST_NAME:])
    audit.record(
        by=by, verb="重新报送" if is_again else "修改报送", obj=entry, organization=entry.organization,
        detail={"fields": changed},
    )  # fmt: skip
    _count(entry.member_id, *before)
    count_entries([entry])
    return entry


@transaction.atomic
def move_entry(*, by: Actor, entry: Entry, verb: str, text: str = "") -> Entry:
    """Confirmed or sent back by the branch, withdrawn for good; nobody confirms his own."""
    entry = _held(entry)
    if fault := refusal(ENTRY_MOVES, verb, entry.state, text):
        raise ValidationError(fault)
    wanted = ENTRY_MOVES[verb]
    if wanted.leads and by.member_id == entry.member_id:
        raise ValidationError("不能确认或者退回本人的报送，请由支部其他负责人办理。")
    entry.state = after(ENTRY_MOVES, verb, entry.state)
    entry.remark = text.strip()[:255] if verb != "confirm" else ""
    entry.updated_at = clock.now()
    entry.save(update_fields=["state", "remark", "updated_at"])
    audit.record(
        by=by,
        verb=f"{wanted.label}报送",
        obj=entry,
        organization=entry.organization,
        detail={"note": text.strip()[:255]},
    )
    if verb == "return" and entry.member.user_id:
        tell(
            people=[entry.member.user_id],
            key=f"entry:{entry.pk}:returned:{entry.updated_at.isoformat()}",
            text=f"报送的“{entry}”被退回：{entry.remark}，请修改后重新报送。",
            url=entry_url(entry.pk),
        )
    count_entries([entry])
    return entry


def count_entries(entries: Iterable[Entry]) -> None:
    """Count the tasks that these entries may move, once each however many entries there are; at the end of the
    transaction that wrote them."""
    entries = list(entries)
    homes = homes_of({entry.member_id for entry in entries})
    for kind in sorted({entry.kind for entry in entries}):
        same = [entry for entry in entries if entry.kind == kind]
        organizations = {home for entry in same for home in homes.get(entry.member_id, ())}
        days = [entry.held_on for entry in same]
        fact_credits.refresh(METRICS[kind], organizations, on=min(days), until=max(days))


def _count(member_id: int, kind: str, day: date) -> None:
    fact_credits.refresh(METRICS[kind], homes_of({member_id}).get(member_id, ()), on=day)


def _check(draft: EntryDraft) -> None:
    if found := faults(draft, clock.today(), forms_of_study()):
        raise ValidationError(found)


def _values(draft: EntryDraft) -> dict[str, Any]:
    is_study = draft.kind == EntryKind.HOURS
    return {
        "kind": draft.kind, "held_on": draft.held_on, "title": title_of(draft), "text": draft.text.strip(),
        "hours": draft.hours if is_study else None, "form": draft.form if is_study else "",
    }  # fmt: skip


def _is_there(entry: Entry, values: dict[str, Any]) -> bool:
    same = Entry.objects.filter(
        member=entry.member_id, kind=values["kind"], held_on=values["held_on"], title=values["title"]
    )
    return same.exclude(pk=entry.pk).exclude(state=EntryState.VOID).exists()


def _refuse_strangers(organization: Organization, members: Sequence[Member], day: date) -> None:
    wanted = {member.pk for member in members}
    known = set(roster_on(organization, day).filter(pk__in=wanted).values_list("pk", flat=True))
    known |= set(roster_on(organization, clock.today()).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        raise ValidationError({"members": "只能报送本党支部名册中党员的情况。"})


def _keep(by: Actor, entry: Entry, file: Any, name: str) -> None:
    EntryFile.objects.get_or_create(
        entry=entry, file=file, name=name, defaults={"added_at": clock.now(), "added_by_id": by.user_id}
    )


def _held(entry: Entry) -> Entry:
    rows = Entry.objects.select_for_update(of=("self",)).select_related("organization", "member")
    return rows.get(pk=entry.pk)
