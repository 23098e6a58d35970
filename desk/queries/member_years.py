"""The year of a member, drawn from the records of every floor (O08). Each section is a query or two."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse

from branches.permissions import Permission, Scope
from campaigns.models import Activity, Attendance, Entry
from campaigns.queries.contests import awards_of_member
from campaigns.rules.entries import EntryKind
from desk.queries.homes import member_year
from desk.rules.years import Section, Year, money, share_text
from members.models import DevelopmentStep, DuesEntry, Duty, Member, Transfer
from members.rules.development import BY_CODE
from office.queries.rules import kind_names, rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text

STUDY_RULE = "target.study.hours"


def year_of_member(member: Member, year: int, scope: Scope) -> Year:
    """What the portal's records say of one member's year, as far as the scope may see it."""
    place = member.memberships.order_by("-starts_on").select_related("organization").first()
    sections = [_life(member, year), _offices(member, year), _path(member, year)]
    sections += [_entries(member, year, scope), _duties(member, year, scope)]
    sections.append(_awards(member, year))
    if _sees_dues(member, scope, place.organization if place else None):
        sections.append(_dues(member, year))
    where = f"，{place.organization.name}" if place else ""
    return Year(
        f"{member.name}{year}年度个人档案",
        f"{member.name}，{member.get_sex_display()}，{member.kind_on(clock.today()).label}{where}。",
        year,
        sections,
    )


def _sees_dues(member: Member, scope: Scope, organization: object) -> bool:
    is_own = scope.member_id == member.pk
    return is_own or (organization is not None and scope.allows(Permission.VIEW_DUES, organization))  # type: ignore[arg-type]


def _life(member: Member, year: int) -> Section:
    wanted = Decimal(rule_table(clock.today()).dict(STUDY_RULE)["at_least"])
    figures = member_year(member.pk, year, wanted)
    names = kind_names()
    rows = (
        Attendance.objects.filter(
            member=member, activity__held_on__year=year, activity__in=Activity.objects.counting().values("pk")
        )
        .select_related("activity__organization")
        .order_by("activity__held_on", "activity_id")
    )
    lines, links = [], []
    for row in rows:
        record = row.activity
        presence = "到会" if row.is_present else f"缺席（{row.get_reason_display() or '未说明'}）"
        kind = names.get(record.kind, record.get_kind_display())
        lines.append([day_text(record.held_on), kind, record.title or kind, str(record.organization), presence])
        links.append(reverse("campaigns:activity_detail", args=[record.pk]))
    lead = (
        f"应参加{figures.expected}次，实际参加{figures.present}次，"
        f"参加率{share_text(figures.present, figures.expected)}；"
        f"集中学习{figures.hours}学时，年度要求{wanted}学时。"
    )
    return Section("组织生活和学习", ("日期", "类型", "主题", "党组织", "参加情况"), lines, lead, links)


def _offices(member: Member, year: int) -> Section:
    held = (
        member.offices.filter(starts_on__year__lte=year)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__year__gte=year))
        .select_related("organization")
        .order_by("starts_on")
    )
    rows = [
        [office.label, str(office.organization), day_text(office.starts_on), _day(office.ends_on) or "现任"]
        for office in held
    ]
    return Section("党内职务", ("职务", "党组织", "任职时间", "离任时间"), rows)


def _path(member: Member, year: int) -> Section:
    """What changed in his membership: joining, conversion, steps of development, transfers, standings."""
    found: list[tuple[object, str, str]] = []
    if member.joined_on and member.joined_on.year == year:
        found.append((member.joined_on, "入党", "成为预备党员"))
    if member.converted_on and member.converted_on.year == year:
        found.append((member.converted_on, "转正", "转为正式党员"))
    steps = (
        DevelopmentStep.objects.valid().filter(development__member=member, done_on__year=year).order_by("done_on", "pk")
    )
    found += [(step.done_on, "发展党员", BY_CODE[step.code].label) for step in steps]
    moves = Transfer.objects.filter(member=member, started_on__year=year).select_related(
        "from_organization", "to_organization"
    )
    found += [
        (
            move.effective_on or move.started_on,
            "组织关系转接",
            f"{move.origin} → {move.destination}，{move.state_label}",
        )
        for move in moves
    ]
    found += [(mark.starts_on, "党籍情况", str(mark)) for mark in member.standings.filter(starts_on__year=year)]
    rows = [[_day(day), what, words] for day, what, words in sorted(found, key=lambda one: str(one[0]))]
    return Section("党籍和组织关系", ("日期", "事项", "情况"), rows)


def _entries(member: Member, year: int, scope: Scope) -> Section:
    """Books, pledges, study outside and service, as they were entered."""
    seen = Entry.objects.visible_to(scope).counting().filter(member=member, held_on__year=year)
    rows, links, books = [], [], 0
    for entry in seen.order_by("held_on", "pk"):
        books += entry.kind == EntryKind.BOOK
        hours = f"{entry.hours}学时" if entry.hours else ""
        rows.append([day_text(entry.held_on), entry.get_kind_display(), entry.title, hours])
        links.append(reverse("campaigns:entry_detail", args=[entry.pk]))
    lead = f"精读书籍{books}本，共报送{len(rows)}条。" if rows else ""
    return Section("读书、承诺和服务", ("日期", "类别", "书名或事项", "学时"), rows, lead, links)


def _duties(member: Member, year: int, scope: Scope) -> Section:
    """Talks and trainings that were done; sensitive ones only for those who may see them."""
    seen = Duty.objects.visible_to(scope).filter(member=member, done_on__year=year).order_by("done_on")
    rows = [[_day(duty.done_on), duty.get_kind_display(), str(duty.organization)] for duty in seen]
    return Section("谈心谈话和教育培训", ("日期", "事项", "党组织"), rows)


def _awards(member: Member, year: int) -> Section:
    """Titles given to him or to the post that he holds, also those taken back."""
    given = list(awards_of_member(member, year))
    rows = [
        [
            _day(row.awarded_on),
            str(row),
            row.post_name,
            str(row.issuer),
            f"{_day(row.revoked_on)}撤销" if row.revoked_on else "有效",
        ]
        for row in given
    ]
    links = [reverse("campaigns:application_detail", args=[row.application_id]) for row in given]
    return Section("荣誉称号", ("日期", "称号", "岗位", "授予单位", "状态"), rows, links=links)


def _dues(member: Member, year: int) -> Section:
    entries: Sequence[DuesEntry] = list(
        DuesEntry.objects.filter(member=member, month__year=year).select_related("organization").order_by("month")
    )
    due, paid = sum((one.due for one in entries), Decimal(0)), sum((one.paid for one in entries), Decimal(0))
    rows = [
        [f"{one.month.month}月", str(one.organization), money(one.due), money(one.paid), _day(one.paid_on)]
        for one in entries
    ]
    lead = f"应缴{money(due)}元，实缴{money(paid)}元，欠缴{money(sum((one.owed for one in entries), Decimal(0)))}元。"
    return Section(
        "党费",
        ("月份", "党支部", "应缴（元）", "实缴（元）", "缴纳日期"),
        rows,
        lead if entries else "",
        is_personal=True,
    )


def _day(day: object) -> str:
    return day_text(day) if day else ""  # type: ignore[arg-type]
