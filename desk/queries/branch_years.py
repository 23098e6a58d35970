"""The year of a branch (《工作记录》), drawn from the records of every floor (O08). Each section is a query or two."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse

from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.enums import Outcome
from campaigns.models import Activity, Assignment
from desk.rules.years import Section, Year, by_quarter, money, share_text
from members.models import DevelopmentFile, DuesEntry, Duty, Membership, Room, Term, Transfer
from members.queries.roster import figures_on, offices_on
from office.queries.rules import kind_names
from partybuild.lib import clock
from partybuild.lib.dates import day_text

Part = Callable[[Organization, int, Scope], Section | None]


def year_of_branch(branch: Organization, year: int, scope: Scope) -> Year:
    """What the portal's records say of one branch's year, as far as the scope may see it."""
    day = min(date(year, 12, 31), clock.today())
    figures = figures_on(branch, day)
    records = _records(branch, year)
    parts = [section for part in _PARTS if (section := part(branch, year, scope)) is not None]
    sections = [parts[0], _life(records), *parts[1:], _diary(records)]
    subtitle = f"{branch.name}，截至{day_text(day)}有党员{figures.members}名，其中正式党员{figures.full}名。"
    return Year(f"{branch.name}{year}年度工作记录", subtitle, year, sections)


def _committee(branch: Organization, year: int, scope: Scope) -> Section:
    day = min(date(year, 12, 31), clock.today())
    rows = [[office.label, office.member.name, day_text(office.starts_on)] for office in offices_on(branch, day)]
    terms = Term.objects.filter(organization=branch, elected_on__year__lte=year).order_by("-elected_on")[:1]
    lead = "".join(f"{day_text(term.elected_on)}选举产生，应于{day_text(term.due_on)}换届。" for term in terms)
    return Section("班子", ("职务", "姓名", "任职时间"), rows, lead)


def _records(branch: Organization, year: int) -> list[Any]:
    """The records of the year, each with how many were expected and present."""
    return list(
        Activity.objects.counting()
        .filter(organization=branch, held_on__year=year)
        .annotate(expected=Count("attendances"), present=Count("attendances", filter=Q(attendances__is_present=True)))
        .select_related("host")
        .defer("minutes")
        .order_by("held_on", "pk")
    )


def _life(records: list[Any]) -> Section:
    names = kind_names()
    rows = by_quarter((names.get(record.kind, record.get_kind_display()), record.held_on) for record in records)
    lead = f"全年开展组织生活和活动{len(records)}次。" if records else ""
    return Section("组织生活", ("类型", "一季度", "二季度", "三季度", "四季度", "合计"), rows, lead)


def _diary(records: list[Any]) -> Section:
    names = kind_names()
    rows = [
        [
            day_text(record.held_on),
            names.get(record.kind, record.get_kind_display()),
            record.title,
            share_text(record.present, record.expected),
            record.host.name if record.host else "",
        ]
        for record in records
    ]
    links = [reverse("campaigns:activity_detail", args=[record.pk]) for record in records]
    return Section("活动记录", ("日期", "类型", "主题", "到会", "主持人或主讲人"), rows, links=links)


def _tasks(branch: Organization, year: int, scope: Scope) -> Section:
    """Assignments that fell due in the year, campaign by campaign, as they were closed; those open apart."""
    found = (
        Assignment.objects.filter(organization=branch, due_month__startswith=f"{year}-")
        .values("campaign__name")
        .annotate(
            expected=Count("pk"),
            exempt=Count("pk", filter=Q(outcome=Outcome.EXEMPT)),
            on_time=Count("pk", filter=Q(outcome=Outcome.ON_TIME)),
            late=Count("pk", filter=Q(outcome=Outcome.LATE)),
            missing=Count("pk", filter=Q(outcome=Outcome.MISSING)),
            running=Count("pk", filter=Q(closed_at__isnull=True)),
        )
        .order_by("campaign__name")
    )
    rows = [
        [
            one["campaign__name"],
            *(str(one[name]) for name in ("expected", "exempt", "on_time", "late", "missing", "running")),
        ]
        for one in found
    ]
    return Section("创建活动任务", ("创建活动", "应完成", "免报", "按时", "补报", "未完成", "未结账"), rows)


def _development(branch: Organization, year: int, scope: Scope) -> Section | None:
    if not scope.allows(Permission.VIEW_PARTY_WORK, branch):
        return None
    files = (
        DevelopmentFile.objects.filter(organization=branch)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__year__gte=year), opened_on__year__lte=year)
        .select_related("member")
        .order_by("opened_on")
    )
    rows = [[one.member.name, day_text(one.opened_on), one.stage_label, one.get_outcome_display()] for one in files]
    links = [reverse("members:development_detail", args=[one.pk]) for one in files]
    return Section("发展党员", ("姓名", "申请日期", "阶段", "情况"), rows, links=links)


def _moves(branch: Organization, year: int, scope: Scope) -> Section | None:
    if not scope.allows(Permission.VIEW_MEMBER, branch):
        return None
    came = Membership.objects.filter(organization=branch, starts_on__year=year).count()
    left = Membership.objects.filter(organization=branch, ends_on__year=year).count()
    moves = (
        Transfer.objects.filter(Q(from_organization=branch) | Q(to_organization=branch), started_on__year=year)
        .select_related("member", "from_organization", "to_organization")
        .order_by("started_on")
    )
    rows = [
        [day_text(move.started_on), move.member.name, move.origin, move.destination, move.state_label] for move in moves
    ]
    lead = f"本年编入{came}人，离开{left}人。" if came or left else ""
    return Section("组织关系", ("发起日期", "姓名", "转出", "转入", "状态"), rows, lead)


def _dues(branch: Organization, year: int, scope: Scope) -> Section | None:
    if not scope.allows(Permission.VIEW_DUES, branch):
        return None
    found = (
        DuesEntry.objects.filter(organization=branch, month__year=year)
        .values("month")
        .annotate(people=Count("pk"), owing=Sum("due"), got=Sum("paid"))
        .order_by("month")
    )
    rows = [[f"{one['month'].month}月", str(one["people"]), money(one["owing"]), money(one["got"])] for one in found]
    due = sum((one["owing"] for one in found), Decimal(0))
    paid = sum((one["got"] for one in found), Decimal(0))
    lead = f"全年应缴{money(due)}元，实缴{money(paid)}元。" if rows else ""
    return Section("党费", ("月份", "人数", "应缴（元）", "实缴（元）"), rows, lead)


def _duties(branch: Organization, year: int, scope: Scope) -> Section | None:
    """Talks and trainings that were due in the year: figures only, without the persons."""
    if not scope.allows(Permission.VIEW_PARTY_WORK, branch):
        return None
    found = (
        Duty.objects.visible_to(scope)
        .filter(organization=branch, due_on__year=year)
        .values("kind")
        .annotate(
            expected=Count("pk", distinct=True),
            done=Count("pk", filter=Q(done_on__isnull=False), distinct=True),
        )
        .order_by("kind")
    )
    labels = dict(Duty._meta.get_field("kind").flatchoices)
    rows = [[labels[one["kind"]], str(one["expected"]), str(one["done"])] for one in found]
    return Section("谈心谈话和教育培训", ("事项", "应办", "已办"), rows)


def _rooms(branch: Organization, year: int, scope: Scope) -> Section | None:
    if not scope.allows(Permission.VIEW_PARTY_WORK, branch):
        return None
    rooms = Room.objects.in_use().filter(organization=branch)
    rows = [[room.name, room.place, "已核验" if room.is_confirmed else "待核验"] for room in rooms]
    links = [reverse("members:room_detail", args=[room.pk]) for room in rooms]
    return Section("阵地", ("活动室", "地点", "上级核验"), rows, links=links)


_PARTS: tuple[Part, ...] = (_committee, _tasks, _development, _moves, _dues, _duties, _rooms)
