"""Writes on restricted records, and the trace that every look at them leaves (O10)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.actions.occasions import make_occasion
from members.actions.papers import forget_papers
from members.enums import OccasionKind, RestrictedKind
from members.models import CareCase, Duty, DutyProof, Member, Occasion, RecordPaper, RestrictedRecord
from members.models.duty import SENSITIVE
from members.rules.restricted import belonging, keep_until, problems
from office.actions.files import store_sealed
from office.queries.rules import rule_table
from partybuild.lib import clock


@transaction.atomic
def file_record(
    *,
    by: Actor,
    member: Member,
    organization: Organization,
    kind: str,
    happened_on: date,
    content: str,
    basis: str = "",
    measure: str = "",
    form: str = "",
    sanction: str = "",
    effective_on: date | None = None,
    impact_until: date | None = None,
    uploads: Iterable[Any] = (),
) -> RestrictedRecord:
    """Keep a record until the day that the rule table gives for its kind. The trail says neither who nor what.

    A sanction makes a talk due (N18).
    """
    special = belonging(kind, form=form, sanction=sanction, effective_on=effective_on, impact_until=impact_until)
    found = problems(kind=kind, happened_on=happened_on, today=clock.today(), content=content, **special)  # type: ignore[arg-type]
    if wrong := dict(found):
        raise ValidationError(wrong)
    years = rule_table(clock.today()).int(f"restricted.keep_years.{kind}")
    record = RestrictedRecord(
        kind=kind, member=member, organization=organization, happened_on=happened_on, content=content.strip(),
        basis=basis.strip(), measure=measure.strip(), recorded_at=clock.now(), recorded_by_id=by.user_id,
        keep_until=keep_until(kind, happened_on, years, special["impact_until"]), **special,  # type: ignore[arg-type]
    )  # fmt: skip
    record.save()
    for upload in uploads:
        _attach(by, record, upload)
    if kind == RestrictedKind.DISCIPLINE:
        make_occasion(
            by=by, kind=OccasionKind.SANCTION, member=member, organization=organization, happened_on=happened_on,
            record=record,
        )  # fmt: skip
    audit.record(by=by, verb=f"登记{record.get_kind_display()}", obj=record, organization=organization)
    return record


@transaction.atomic
def add_paper(*, by: Actor, record: RestrictedRecord, upload: Any) -> RecordPaper:
    """A further paper of a record that is still kept."""
    record = RestrictedRecord.objects.select_for_update(of=["self"]).get(pk=record.pk)
    if record.destroyed_at is not None:
        raise ValidationError("该记录已按期销毁，不能再添加材料。")
    paper = _attach(by, record, upload)
    audit.record(by=by, verb="添加限定记录材料", obj=record, organization=record.organization)
    return paper


@transaction.atomic
def note_list_seen(*, by: Actor, what: str, kind: str = "", count: int = 0) -> None:
    """Somebody looked at a list of restricted records: which kind, how many."""
    audit.record(by=by, verb=f"查阅{what}目录", detail={"kind": kind, "count": count, "note": f"共 {count} 条"})


@transaction.atomic
def note_record_seen(*, by: Actor, record: RestrictedRecord) -> None:
    """Somebody looked at what a record is about, without its text."""
    audit.record(by=by, verb=f"查阅{record.get_kind_display()}", obj=record, organization=record.organization)


@transaction.atomic
def open_record(*, by: Actor, record: RestrictedRecord, reason: str) -> RestrictedRecord:
    """Somebody reads the text of a record, for a reason that the trail keeps."""
    if not reason.strip():
        raise ValidationError({"reason": "请填写查阅原因。"})
    if record.destroyed_at is not None:
        raise ValidationError("该记录已按期销毁。")
    audit.record(
        by=by, verb=f"查阅{record.get_kind_display()}全文", obj=record, organization=record.organization,
        detail={"note": f"原因：{reason.strip()}"},
    )  # fmt: skip
    return record


@transaction.atomic
def note_paper_seen(*, by: Actor, paper: RecordPaper) -> None:
    """Somebody took out a paper of a record."""
    record = paper.record
    audit.record(
        by=by, verb=f"下载{record.get_kind_display()}材料", obj=record, organization=record.organization,
        detail={"paper": paper.pk},
    )  # fmt: skip


@transaction.atomic
def destroy_record(*, by: Actor, record: RestrictedRecord, reason: str) -> RestrictedRecord:
    """Take away text, papers and person before the time, with a reason, for instance what was entered in error."""
    if not reason.strip():
        raise ValidationError({"reason": "请填写销毁原因。"})
    record = RestrictedRecord.objects.select_for_update(of=["self"]).get(pk=record.pk)
    if record.destroyed_at is None:
        _destroy(by, record, "提前销毁限定记录", f"原因：{reason.strip()}")
    return record


@transaction.atomic
def destroy_expired(*, by: Actor, on: date) -> int:
    """Destroy what is kept no longer on the day: of records a row with kind and dates stays; sensitive occasions with
    their duties and ended care cases go whole. How many; safe to repeat. Called once a day."""
    expired = RestrictedRecord.objects.kept().filter(keep_until__lt=on).select_for_update(of=["self"])
    records = list(expired.select_related("organization").order_by("pk"))
    for record in records:
        _destroy(by, record, "按期销毁限定记录", f"保存至 {record.keep_until.isoformat()}")
    table = rule_table(on)
    occasions = Occasion.objects.filter(
        kind__in=SENSITIVE, happened_on__lt=_years_before(on, table.int("restricted.keep_years.talk"))
    )
    cases = CareCase.objects.filter(ends_on__lt=_years_before(on, table.int("restricted.keep_years.care")))
    forget_papers(DutyProof.objects.filter(duty__occasion__in=occasions))
    return len(records) + _clear(by, occasions, "按期销毁应谈情形") + _clear(by, cases, "按期销毁关怀帮扶记录")


def _attach(by: Actor, record: RestrictedRecord, upload: Any) -> RecordPaper:
    return RecordPaper.objects.create(
        record=record, file=store_sealed(upload), name=upload.name, added_at=clock.now(), added_by_id=by.user_id
    )


def _destroy(by: Actor, record: RestrictedRecord, verb: str, note: str) -> None:
    papers = forget_papers(record.papers)
    record.member = None
    record.content = record.basis = record.measure = None
    record.form = record.sanction = ""
    record.effective_on = record.impact_until = None
    record.destroyed_at = clock.now()
    record.save()
    # What was said in the talk goes with its note; the duty that the record made due goes with the record.
    told = Duty.objects.filter(record=record)
    papers += forget_papers(DutyProof.objects.filter(duty__in=told))
    told.update(summary="")
    made = Occasion.objects.filter(record=record)
    papers += forget_papers(DutyProof.objects.filter(duty__occasion__in=made))
    made.delete()
    audit.record(
        by=by, verb=verb, obj=record, organization=record.organization, detail={"papers": papers, "note": note}
    )


def _clear(by: Actor, rows: Any, verb: str) -> int:
    count = rows.count()
    if count:
        rows.delete()
        audit.record(by=by, verb=verb, detail={"count": count, "note": f"共 {count} 条"})
    return count


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))
