"""公示 and half-yearly observations."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor
from members.actions.development.files import held, settle
from members.enums import NoticeKind
from members.models import DevelopmentFile, Observation, PublicNotice
from members.queries.development import terms_on
from office.queries.calendar import workday_checker
from partybuild.lib import clock


@transaction.atomic
def publish_notice(
    *, by: Actor, file: DevelopmentFile, kind: str, starts_on: date, ends_on: date, place: str
) -> PublicNotice:
    """Keep a 公示 that runs from–to, at least so many working days as the rule table says."""
    file = held(file)
    if ends_on < starts_on:
        raise ValidationError({"ends_on": "公示结束日期不能早于开始日期。"})
    if starts_on < file.opened_on or (ends_on - starts_on).days > 366:
        raise ValidationError({"starts_on": "公示日期有误，请核对。"})
    workdays, least = _workdays(starts_on, ends_on), terms_on(starts_on).notice_workdays[kind]
    if workdays < least:
        raise ValidationError({"ends_on": f"公示不少于{least}个工作日，现为{workdays}个工作日。"})
    notice, is_new = PublicNotice.objects.get_or_create(
        development=file, kind=kind, starts_on=starts_on, ends_on=ends_on, place=place.strip(),
        defaults={"workdays": workdays, "recorded_at": clock.now(), "recorded_by_id": by.user_id},
    )  # fmt: skip
    if is_new:
        _note(by, file, f"{NoticeKind(kind).label}公示", place)
    return notice


@transaction.atomic
def settle_notice(*, by: Actor, notice: PublicNotice, objections: str, settlement: str) -> PublicNotice:
    """What was objected during a 公示, and how it was examined; an open objection holds the file up."""
    file = held(notice.development)
    notice = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    if settlement.strip() and not objections.strip():
        raise ValidationError({"objections": "请先填写收到的异议。"})
    notice.objections, notice.settlement = objections.strip(), settlement.strip()
    notice.save(update_fields=["objections", "settlement"])
    _note(by, file, "登记公示异议和处理", notice.get_kind_display())
    return notice


@transaction.atomic
def note_observation(*, by: Actor, file: DevelopmentFile, observed_on: date, people: str, text: str) -> Observation:
    """Keep a half-yearly note; the same day twice is one note."""
    file = held(file)
    if observed_on > clock.today() or observed_on < file.opened_on:
        raise ValidationError({"observed_on": "考察日期应在申请日期之后，且不晚于今天。"})
    if not text.strip():
        raise ValidationError({"text": "请填写考察意见。"})
    if file.observations.filter(observed_on=observed_on).exists():
        raise ValidationError({"observed_on": "当天已有考察记录。"})
    note = Observation.objects.create(
        development=file, observed_on=observed_on, people=people.strip(), text=text.strip(), recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )  # fmt: skip
    settle(file)
    _note(by, file, "登记考察记录", observed_on.isoformat())
    return note


def _workdays(starts_on: date, ends_on: date) -> int:
    is_workday = workday_checker()
    days = (starts_on + timedelta(days=place) for place in range((ends_on - starts_on).days + 1))
    return sum(1 for day in days if is_workday(day))


def _note(by: Actor, file: DevelopmentFile, verb: str, note: str) -> None:
    audit.record(by=by, verb=verb, obj=file, organization=file.organization, detail={"note": note})
