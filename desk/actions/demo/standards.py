"""Invented risk points, sheets of standards and weak branches of the demonstration, inserted in bulk."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from desk.actions.demo.tree import Tree, Unit
from members.enums import RiskLevel, RiskVerdict, SheetState
from members.models import (
    PlanStep,
    RiskPoint,
    RiskReview,
    StandardItem,
    StandardSheet,
    WeakBranch,
)
from members.queries.standards import standard_wordings
from partybuild.lib import clock

# Post, field, link, what may go wrong, what is done about it.
RISKS = (
    ("行政审批岗", "行政审批", "受理", "申报材料审核不严，办理时限随意。", "一次性告知，限时办结，按月抽查。"),
    ("物资采购岗", "物资采购", "验收", "验收走过场，数量和质量不符。", "三人以上共同验收，留存清单和照片。"),
    ("经费管理岗", "经费使用", "支付", "超范围、超标准列支。", "双人复核，按季度公开收支情况。"),
    ("项目管理岗", "工程项目", "评审", "评审专家选取不公开。", "随机抽取专家，评审全程留痕。"),
    ("人事管理岗", "干部人事", "考察", "考察失实，跑风漏气。", "双人考察，签订保密承诺。"),
    ("资产管理岗", "国有资产", "处置", "资产处置不评估、不报批。", "集体研究，公开处置，年度盘点。"),
)
EVIDENCE = ("有会议记录和签到。", "制度已上墙，台账齐全。", "阵地按标准布置，有照片。", "年度测评结果良好。")
REASONS = ("组织生活不经常，记录不全。", "班子长期不健全，作用发挥不够。", "党员教育管理松散，群众有反映。")
MEASURES = ("配齐支部班子，明确分工。", "落实“三会一课”，上级派员指导。", "建立党员联系群众制度并考核。")
WEAK_SHARE, SHEET_SHARE = 0.05, 0.8


def fill_standards(random: Random, tree: Tree, today: date) -> None:
    """Risk points for every organisation, sheets of this year for most branches, and a few weak branches."""
    _fill_risks(random, [*tree.committees, *tree.branches], today)
    _fill_sheets(random, tree, today)
    _fill_weak(random, tree, today)


def _fill_risks(random: Random, units: list[Unit], today: date) -> None:
    points = [point for unit in units for point in _points(random, unit, today)]
    RiskPoint.objects.bulk_create(points, batch_size=500)
    reviews = [
        RiskReview(risk=point, reviewed_on=point.reviewed_on, verdict=RiskVerdict.VALID, recorded_at=clock.now())
        for point in points
        if point.reviewed_on
    ]
    RiskReview.objects.bulk_create(reviews, batch_size=500)


def _points(random: Random, unit: Unit, today: date) -> Iterator[RiskPoint]:
    people = unit.leaders or unit.committee or unit.members
    if not people:
        return
    for post, field, link, description, measures in random.sample(RISKS, random.choice((1, 2, 2, 3))):
        found_on = today - timedelta(days=random.randint(200, 700))
        looked_at = today - timedelta(days=random.randint(10, 190))
        yield RiskPoint(
            organization=unit.organization, post=post, field=field, link=link, description=description,
            level=random.choice(RiskLevel.values), measures=measures, responsible=random.choice(people),
            found_on=found_on, reviewed_on=looked_at if random.random() < unit.diligence else None,
        )  # fmt: skip


def _fill_sheets(random: Random, tree: Tree, today: date) -> None:
    wordings = standard_wordings(today)
    units = [unit for unit in tree.branches if random.random() < SHEET_SHARE]
    sheets = [StandardSheet(organization=unit.organization, year=today.year) for unit in units]
    for sheet in sheets:
        sheet.state = random.choice((SheetState.DRAFT, SheetState.SUBMITTED, SheetState.CONFIRMED))
        sheet.checked_at = clock.now() if sheet.state == SheetState.CONFIRMED else None
    StandardSheet.objects.bulk_create(sheets, batch_size=500)
    items = []
    for unit, sheet in zip(units, sheets, strict=True):
        for position, wording in enumerate(wordings, 1):
            is_met = not wording.is_open and random.random() < unit.diligence
            items.append(
                StandardItem(
                    sheet=sheet,
                    code=wording.code,
                    label=wording.label,
                    source=wording.source,
                    position=position,
                    is_open=wording.is_open,
                    is_met=is_met,
                    evidence=random.choice(EVIDENCE) if is_met else "",
                )
            )
    StandardItem.objects.bulk_create(items, batch_size=1000)


def _fill_weak(random: Random, tree: Tree, today: date) -> None:
    weakest = sorted(tree.branches, key=lambda unit: unit.diligence)
    chosen = weakest[: max(2, round(len(weakest) * WEAK_SHARE))]
    rows = [
        WeakBranch(
            organization=unit.organization,
            listed_on=today - timedelta(days=random.randint(150, 400)),
            reasons=random.choice(REASONS),
        )
        for unit in chosen
    ]
    WeakBranch.objects.bulk_create(rows)
    steps = []
    # The last one has no plan yet.
    for weak in rows[:-1]:
        for place, measure in enumerate(MEASURES):
            target_on = weak.listed_on + timedelta(days=110 + place * 300)
            is_done = target_on < today and random.random() < 0.6
            steps.append(
                PlanStep(
                    weak=weak,
                    year=target_on.year,
                    measure=measure,
                    target_on=target_on,
                    done_on=target_on if is_done else None,
                    result="已按期完成。" if is_done else "",
                )
            )
    PlanStep.objects.bulk_create(steps)
