"""Invented entries of members, month by month: books, pledges, study outside, service outside.

N06–N08, N20, N30.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from campaigns.models import Entry
from campaigns.rules.entries import EntryKind, EntryState
from desk.actions.demo.tree import Tree
from members.enums import OfficeKind
from members.models import Membership, Office
from partybuild.lib import clock
from partybuild.lib.periods import Period

K = EntryKind
MANY, RECENTLY = 200, timedelta(days=100)  # so many branches keep the entries of the last months only
WAITING = timedelta(days=12)  # what came since then may still wait for the branch
BOOKS = (
    "《中国共产党章程》", "《中国共产党简史》", "《乡土中国》", "《论持久战》", "《党员应知应会》",
    "《机关党建工作实务》", "《县域治理案例》", "《苦难辉煌》", "《基层调查方法》", "《廉洁从政手册》",
)  # fmt: skip
REFLECTIONS = (
    "这本书讲道理从身边的事说起，读起来不费力，想起来却很有分量。联系自己的岗位，窗口上每天接待的都是急着办事的群众，"
    "把政策讲清楚、把流程理顺，就是最实在的学习成果。下一步准备把书里提到的调查方法用到走访中，先听明白再动手。",
    "分两周读完，做了笔记。印象最深的是讲责任的一章：事情没有办好，先找自己的原因。对照检查，过去处理来件时满足于按时回复，"
    "没有回头问一问是不是真正解决。以后每办结一件，隔一周再联系一次，把问题清单补完整，也请支部同志监督。",
    "和支部同志一起读，边读边议，收获比一个人看要大。书中关于密切联系群众的论述，放在今天依然管用。"
    "结合本科室的工作，打算把下沉社区时收集的意见按月整理，能办的马上办，一时办不了的写明原因，向居民当面说清楚，做到件件有回音。",
)
SHORT = "读完了，很受启发。"
SERVICES = ("清理楼道杂物", "协助登记老年人信息", "路口文明劝导", "帮助社区布置活动室")
TITLES = {K.INTEGRITY: "年度廉洁承诺书", K.ENROLMENT: "到社区报到", K.SERVICE_REPORT: "社区服务情况报告"}
# Kind → months in which it is done and the share of members who do it, before diligence.
YEARLY = {
    K.INTEGRITY: ((3,), 1.0), K.ENROLMENT: ((2,), 1.0), K.SERVICE: ((4, 9), 1.0), K.SERVICE_REPORT: ((10,), 1.0),
    K.HOURS: ((5, 9), 0.5),
}  # fmt: skip


def enter_month(tree: Tree, month: Period, end: datetime) -> int:
    """What members read, signed and did in the month, entered up to ``end``; how many entries."""
    if len(tree.branches) > MANY and month.ends_on < end.date() - RECENTLY:
        return 0
    random = Random(f"entries-{month.key}")
    diligence = {unit.organization.pk: unit.diligence for unit in tree.branches}
    rows = Membership.objects.on(month.ends_on).filter(organization__in=diligence).order_by("pk")
    leaders = set(Office.objects.filter(kind=OfficeKind.LEADER).values_list("member_id", flat=True))
    # A diligent branch sees to it that everybody is done; in the others some are missing.
    shares = {pk: 1.0 if random.random() < each * 0.9 else 0.8 for pk, each in sorted(diligence.items())}
    entries = [
        entry
        for member, organization in rows.values_list("member_id", "organization_id")
        for entry in _entries(random, member, organization, month, shares[organization], member in leaders, end)
        if entry.counts_from <= end
    ]
    Entry.objects.bulk_create(entries, batch_size=2000)
    return len(entries)


def _entries(
    random: Random, member: int, organization: int, month: Period, share: float, is_leader: bool, end: datetime
) -> Iterator[Entry]:
    kinds = [K.BOOK] if random.random() < share else []
    number = month.starts_on.month
    asked = [(kind, usual) for kind, (months, usual) in YEARLY.items() if number in months]
    kinds += [kind for kind, usual in asked if random.random() < usual * share]
    if is_leader and number == 4:
        kinds.append(K.RECOMMENDED)
    for kind in kinds:
        yield _entry(random, kind, member, organization, month, end)


def _entry(random: Random, kind: EntryKind, member: int, organization: int, month: Period, end: datetime) -> Entry:
    day: date = month.starts_on + timedelta(days=random.randint(2, 24))
    moment = datetime.combine(day, time(random.randint(9, 17), random.randint(0, 59)), tzinfo=clock.ZONE)
    moment += timedelta(days=random.randint(0, 3))
    is_new = end - moment < WAITING and random.random() < 0.6
    title = TITLES.get(kind, "")
    if kind in (K.BOOK, K.RECOMMENDED):
        title = random.choice(BOOKS)
    elif not title:
        title = random.choice(SERVICES) if kind == K.SERVICE else "干部网络学院专题班"
    text = ""
    if kind in (K.BOOK, K.RECOMMENDED):
        text = SHORT if random.random() < 0.004 else random.choice(REFLECTIONS)
    elif kind == K.SERVICE_REPORT:
        text = "全年到社区服务两次，参加清理楼道和文明劝导，收集居民意见并转社区办理。"
    return Entry(
        organization_id=organization, member_id=member, kind=kind, held_on=day, title=title, text=text,
        hours=Decimal(random.choice((4, 8, 8, 12))) if kind == K.HOURS else None,
        form="网络培训" if kind == K.HOURS else "",
        state=EntryState.FILED if is_new else EntryState.CONFIRMED, counts_from=moment, updated_at=moment,
    )  # fmt: skip
