"""The mid-year round of the demonstration: checked by the branches themselves, by their committees, and published."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from assessments.actions import rounds, sheets
from assessments.enums import IndicatorKind, RoundStatus, StageName
from assessments.models import Round, Submission
from assessments.queries.sheets import rows_of
from assessments.rules.sheets import Entry
from branches.models import User
from branches.permissions import Actor
from campaigns.models import Campaign
from desk.actions import cycles
from office.actions import runs
from office.enums import Job
from partybuild.lib import clock

OPENS = (6, 10)
COMMENTS = ("对照清单逐项自查，台账齐全。", "总体按计划推进，个别项目下半年补齐。", "已完成自查，短板已列入整改。")
REASONS = ("查阅台账，与自评一致度不足。", "现场查看材料，酌情调整。")
CORRECTED = 0.03  # of the points that a committee looks at


def hold_midyear(random: Random, year: int, end: datetime) -> None:
    """Open, check, publish; whatever lies after ``end`` has not happened yet."""
    by_organization = _users()
    opened_at = _moment(date(year, *OPENS))
    if opened_at > end or not Campaign.objects.filter(year=year).exists():
        return
    with clock.pretending(opened_at):
        cycles.do_run(runs.request_run(by=Actor.system(), job=Job.MIDYEAR, period=f"{year}H1").pk)
    for round_ in Round.objects.filter(key=f"{year}H1"):
        next_day = timedelta(days=1)
        advance = partial(rounds.advance, by=Actor.system(), round_=round_)
        _at(round_.self_check_by, end, partial(_self_check, random, round_, by_organization))
        _at(round_.self_check_by + next_day, end, advance)
        _at(round_.check_by, end, partial(_check, random, round_, by_organization))
        _at(round_.check_by + next_day, end, advance)
        _at(round_.final_by, end, partial(rounds.publish, by=Actor.system(), round_=round_))


def _at(day: date, end: datetime, deed: Callable[[], object]) -> None:
    if _moment(day) <= end:
        with clock.pretending(_moment(day)):
            deed()


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(15, 0), tzinfo=clock.ZONE)


def _users() -> dict[int, User]:
    """Who fills in the sheets of an organisation: its secretary, or the staff of its office."""
    rows = User.objects.filter(posts__role__in=["staff", "secretary"]).order_by("-pk")
    return {user.organization_id: user for user in rows if user.organization_id}


def _actor(user: User | None) -> Actor:
    return Actor(user_id=user.pk, organization_id=user.organization_id) if user else Actor.system()


def _self_check(random: Random, round_: Round, users: dict[int, User]) -> None:
    for sheet in Submission.objects.filter(round=round_).select_related("organization", "round").order_by("pk"):
        entries = {
            pk: Entry(points=_share(random, row.indicator.points), note="见活动记录和台账。")
            for pk, row in rows_of(sheet, StageName.SELF_CHECK).items()
            if row.indicator.kind == IndicatorKind.MANUAL
        }
        by = _actor(users.get(sheet.organization_id))
        sheets.hand_in(by=by, sheet=sheet, entries=entries, comment=random.choice(COMMENTS))


def _check(random: Random, round_: Round, users: dict[int, User]) -> None:
    round_.refresh_from_db()
    assert round_.status == RoundStatus.CHECK
    for sheet in Submission.objects.filter(round=round_).select_related("organization", "round").order_by("pk"):
        entries = {}
        for pk, row in rows_of(sheet, StageName.CHECK).items():
            start = row.start or Decimal(0)
            if start and random.random() < CORRECTED:
                points = (start * Decimal("0.8")).quantize(Decimal("0.01"))
                entries[pk] = Entry(points=points, reason=random.choice(REASONS))
            else:
                entries[pk] = Entry(points=row.points)
        by = _actor(users.get(sheet.unit_id) if sheet.unit_id != sheet.organization_id else None)
        sheets.hand_in(by=by, sheet=sheet, entries=entries, comment="验收属实。")


def _share(random: Random, full: Decimal) -> Decimal:
    return (full * Decimal(random.choice(("1", "1", "0.9", "0.8", "0.7")))).quantize(Decimal("0.01"))
