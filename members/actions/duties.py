"""Seeing to talks and trainings that are due (N18, N29)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from members.actions.occasions import make_occasion
from members.actions.restricted import file_record
from members.enums import RestrictedKind
from members.models import Duty, DutyProof, Member, Occasion
from members.models.duty import DutyQuerySet
from members.rules.duties import TALKS
from office.actions.files import store_sealed
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def record_occasion(
    *,
    by: Actor,
    member: Member,
    organization: Organization,
    kind: str,
    happened_on: date,
    detail: str = "",
    talker: Member | None = None,
) -> Occasion:
    """Something happened that asks for a talk: it is due within the days of the rule table. Source: WX, 四必谈."""
    if happened_on > clock.today():
        raise ValidationError({"happened_on": "发生日期不能晚于今天。"})
    if talker is not None and talker.pk == member.pk:
        raise ValidationError({"talker": "谈话人不能是本人。"})
    # A second press of the button finds the first one's row.
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    same = Duty.objects.open().filter(member=member, occasion__kind=kind, occasion__happened_on=happened_on)
    if same.exists():
        raise ValidationError("同一情形已经登记，谈话尚未办理。")
    occasion = make_occasion(
        by=by, kind=kind, member=member, organization=organization, happened_on=happened_on, detail=detail.strip(),
        talker=talker,
    )  # fmt: skip
    audit.record(by=by, verb="登记应谈情形", obj=occasion, organization=organization)
    for duty in occasion.duties.select_related("talker__user", "organization"):
        _tell_talker(duty)
    return occasion


@transaction.atomic
def fulfil_duty(
    *,
    by: Actor,
    duty: Duty,
    done_on: date,
    summary: str,
    notes: str = "",
    also: Iterable[Duty] = (),
    uploads: Iterable[Any] = (),
) -> Duty:
    """A talk was held or a training given. ``notes`` become a restricted record; ``also`` are further talks of the
    same occasion that this one answers, so that nobody writes it down twice."""
    wanted = sorted({duty.pk, *(one.pk for one in also)})
    locked = {one.pk: one for one in Duty.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=["self"])}
    duty = locked[duty.pk]
    for one in locked.values():
        _refuse(one, duty, done_on)
    if not summary.strip():
        raise ValidationError({"summary": "请填写办理情况。"})
    record = None
    if notes.strip():
        record = file_record(
            by=by, member=duty.member, organization=duty.organization, kind=RestrictedKind.TALK, happened_on=done_on,
            content=notes,
        )  # fmt: skip
    for one in locked.values():
        one.done_on, one.summary, one.record = done_on, summary.strip(), record
        one.save(update_fields=["done_on", "summary", "record"])
        audit.record(by=by, verb=f"办理{one.get_kind_display()}", obj=one, organization=one.organization)
    for upload in uploads:
        DutyProof.objects.create(
            duty=duty, file=store_sealed(upload), name=upload.name, added_at=clock.now(), added_by_id=by.user_id
        )
    return duty


@transaction.atomic
def waive_duty(*, by: Actor, duty: Duty, reason: str) -> Duty:
    """A duty need not be done, for a reason: it came about in error, or the member has left."""
    if not reason.strip():
        raise ValidationError({"reason": "请填写免办原因。"})
    duty = Duty.objects.select_for_update(of=["self"]).get(pk=duty.pk)
    _refuse_closed(duty)
    duty.waived_on, duty.waived_reason = clock.today(), reason.strip()
    duty.save(update_fields=["waived_on", "waived_reason"])
    audit.record(
        by=by, verb=f"免办{duty.get_kind_display()}", obj=duty, organization=duty.organization,
        detail={"note": f"原因：{reason.strip()}"},
    )  # fmt: skip
    return duty


@transaction.atomic
def name_talker(*, by: Actor, duty: Duty, talker: Member) -> Duty:
    """Say who holds the talk; he is told, and learns what the occasion was."""
    duty = Duty.objects.select_for_update(of=["self"]).get(pk=duty.pk)
    _refuse_closed(duty)
    if talker.pk == duty.member_id:
        raise ValidationError({"talker": "谈话人不能是本人。"})
    if duty.talker_id != talker.pk:
        duty.talker = talker
        duty.save(update_fields=["talker"])
        audit.record(by=by, verb="确定谈话人", obj=duty, organization=duty.organization, detail={"talker": talker.pk})
        _tell_talker(duty)
    return duty


@transaction.atomic
def note_duty_seen(*, by: Actor, duty: Duty) -> None:
    """Somebody looked at a talk of a sensitive kind with what is known of the occasion."""
    audit.record(by=by, verb="查阅应谈情形", obj=duty.occasion, organization=duty.organization)


@transaction.atomic
def note_proof_seen(*, by: Actor, proof: DutyProof) -> None:
    """Somebody took out what shows that a talk of a sensitive kind was held."""
    duty = proof.duty
    audit.record(
        by=by,
        verb="下载应谈情形办理材料",
        obj=duty.occasion,
        organization=duty.organization,
        detail={"paper": proof.pk},
    )


@transaction.atomic
def remind_duties(*, by: Actor, on: date) -> int:
    """Tell talker and keepers shortly before the day and when it is past, their superior when it stays undone (Y05).

    The words never say what a sensitive occasion was, nor whose it is.
    """
    table = rule_table(on)
    soon = on + timedelta(days=table.int("duty.remind_days"))
    late = on - timedelta(days=table.int("duty.escalate_days"))
    due = Duty.objects.open().select_related("member__user", "talker__user", "occasion", "organization__parent")
    told = _remind(
        due.filter(due_on__gte=on, due_on__lte=soon), "soon", "期限为{day}，请及时办理。", is_member_told=True
    )
    told += _remind(due.filter(due_on__lt=on), "late", "已于{day}到期，请尽快办理并登记。")
    return told + _remind(due.filter(due_on__lte=late), "above", "已于{day}到期仍未办理，请督促。", is_above=True)


def _remind(
    duties: DutyQuerySet, occasion: str, words: str, *, is_member_told: bool = False, is_above: bool = False
) -> int:
    rows = list(duties)
    places = {one.organization.parent_id or one.organization_id if is_above else one.organization_id for one in rows}
    keepers = people_at(places, [Role.STAFF] if is_above else [Role.SECRETARY, Role.STAFF])
    told = 0
    for duty in rows:
        place = (duty.organization.parent_id or duty.organization_id) if is_above else duty.organization_id
        people = set(keepers.get(place, ()))
        if not is_above and duty.talker and duty.talker.user_id:
            people.add(duty.talker.user_id)
        text = f"{_subject(duty)}{words.format(day=day_text(duty.due_on))}"
        told += tell(people=people, key=f"duty:{duty.pk}:{occasion}", text=text, url=_url(duty), due_on=duty.due_on)
        if is_member_told and duty.member.user_id and not duty.occasion.is_sensitive and duty.kind not in TALKS:
            told += tell(
                people=[duty.member.user_id], key=f"duty:{duty.pk}:own",
                text=f"您应参加的{duty.get_kind_display()}期限为{day_text(duty.due_on)}。", due_on=duty.due_on,
            )  # fmt: skip
    return told


def _tell_talker(duty: Duty) -> None:
    if duty.talker and duty.talker.user_id:
        text = f"{_subject(duty)}请您在{day_text(duty.due_on)}前办理并登记。"
        tell(people=[duty.talker.user_id], key=f"duty:{duty.pk}:talker", text=text, url=_url(duty), due_on=duty.due_on)


def _subject(duty: Duty) -> str:
    if duty.occasion.is_sensitive:
        return "一项应谈话事项"
    return f"{duty.member.name}的{duty.get_kind_display()}"


def _url(duty: Duty) -> str:
    return reverse("members:duty_detail", args=[duty.pk])


def _refuse(one: Duty, first: Duty, done_on: date) -> None:
    _refuse_closed(one)
    if one.occasion_id != first.occasion_id or (one.pk != first.pk and not {one.kind, first.kind} <= TALKS):
        raise ValidationError({"also": "只能同时办理同一情形的谈话。"})
    if done_on > clock.today():
        raise ValidationError({"done_on": "办理日期不能晚于今天。"})
    if done_on < one.occasion.happened_on:
        raise ValidationError({"done_on": f"办理日期不能早于事项发生的{day_text(one.occasion.happened_on)}。"})


def _refuse_closed(duty: Duty) -> None:
    if not duty.is_open:
        raise ValidationError("该事项已办理或者免办。")
