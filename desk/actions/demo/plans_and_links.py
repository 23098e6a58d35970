"""Invented plans, information, contacts, agreements, lists, mass organisations and calls (C06 – C11, C15), in bulk."""

from datetime import date, datetime, time, timedelta
from random import Random

from branches.enums import Role
from campaigns.enums import ActivityKind
from campaigns.models import (
    Activity,
    Agreement,
    BranchPlan,
    Call,
    Contact,
    ContactVisit,
    InfoItem,
    MassOrganization,
    Piece,
    PlanItem,
    WorkList,
    WorkListItem,
)
from campaigns.queries.work_demands import demands_of
from campaigns.rules.agreements import AgreementState, proposed_text
from campaigns.rules.branch_plans import PlanState
from campaigns.rules.contacts import ContactKind, PartnerKind
from campaigns.rules.info_items import InfoKind, InfoLevel, InfoState
from campaigns.rules.mass_work import Audience, CallKind, CallState, MassKind, PieceState
from campaigns.rules.work_lists import WorkListKind, WorkListState
from desk.actions.demo.tree import Tree, Unit
from office.queries.notices import people_at
from partybuild.lib.clock import ZONE

_BATCH = 2000
_PLAN = (
    "一、目标：围绕中心任务抓好支部建设，规范组织生活。\n二、措施：每月开展主题党日，每季度讲一次党课。\n"
    "三、要求：责任到人，按时记录。"
)
_ITEMS = (
    (3, ActivityKind.THEME_DAY, "学习贯彻全会精神主题党日"), (4, ActivityKind.PARTY_LECTURE, "书记讲党课"),
    (6, ActivityKind.THEME_DAY, "重温入党誓词"), (9, ActivityKind.VOLUNTEER, "社区志愿服务"),
    (11, ActivityKind.ORGANIZATION_LIFE, "专题组织生活会"),
)  # fmt: skip
_INFO = (
    (InfoKind.INFORMATION, "支部到社区开展便民服务"), (InfoKind.PRACTICE, "“三个一”学习法提高党课质量"),
    (InfoKind.MODEL, "扎根窗口的党员先锋"), (InfoKind.ARTICLE, "机关青年读书分享稿件"),
)  # fmt: skip
_PARTNERS = ("新园社区", "和平社区", "青山村", "东河村", "启明科技公司")
_LINES = (("规范“三会一课”", "按期召开，记录完整"), ("落实主题党日", "每月一次"), ("谈心谈话", "全年覆盖全体党员"))


def fill_plans_and_links(random: Random, tree: Tree, today: date) -> None:
    """Most branches have a plan, information, a pairing; committees sign agreements; the top calls for pieces."""
    at = datetime.combine(today, time(9, 0), ZONE)
    units = [unit for unit in tree.branches if unit.members]
    _plans(random, units, today, at)
    _information(random, units, today)
    _contacts(random, units, today, at)
    _agreements(random, tree, today, at)
    _lists(random, units, today, at)
    _mass(random, tree, units, today)
    _calls(random, tree, units, today, at)


def _plans(random: Random, units: list[Unit], today: date, at: datetime) -> None:
    handed_in = datetime(today.year, 3, 20, 10, 0, tzinfo=ZONE)
    handed_in = min(handed_in, at)
    plans = []
    for unit in units:
        state = random.choices(
            [PlanState.APPROVED, PlanState.SUBMITTED, PlanState.RETURNED, PlanState.DRAFT, None], [70, 10, 5, 5, 10]
        )[0]
        if state is None:
            continue
        plan = BranchPlan(
            organization=unit.organization, year=today.year, title=f"{today.year}年度支部工作计划", text=_PLAN,
            state=state, created_at=handed_in,
        )  # fmt: skip
        if state != PlanState.DRAFT:
            plan.submitted_at = handed_in
        if state in (PlanState.APPROVED, PlanState.RETURNED):
            plan.decided_at = handed_in
        plan.remark = "请补充责任人和完成时间。" if state == PlanState.RETURNED else ""
        plans.append(plan)
    BranchPlan.objects.bulk_create(plans, batch_size=_BATCH)
    people = {unit.organization.pk: unit.secretary for unit in units}
    items = [
        PlanItem(plan=plan, month=month, kind=kind, title=title, responsible=people[plan.organization_id])
        for plan in plans
        for month, kind, title in _ITEMS
    ]
    PlanItem.objects.bulk_create(items, batch_size=_BATCH)


def _information(random: Random, units: list[Unit], today: date) -> None:
    rows = []
    for unit in units:
        receiver = unit.organization.parent
        for kind, title in random.sample(_INFO, random.choice((0, 1, 1, 2))):
            day = today - timedelta(days=random.randint(1, 90))
            sent = datetime.combine(day, time(15, 0), ZONE)
            state = random.choices(
                [InfoState.SUBMITTED, InfoState.ADOPTED, InfoState.DECLINED, InfoState.PUBLISHED], [30, 30, 15, 25]
            )[0]
            taken = state in (InfoState.ADOPTED, InfoState.PUBLISHED)
            rows.append(
                InfoItem(
                    organization=unit.organization, receiver=receiver, kind=kind, title=title, state=state,
                    text=f"{unit.organization}结合实际开展工作，形成可以推广的做法。", created_at=sent,
                    submitted_at=sent,
                    submitted_on=day, level=InfoLevel.OWN if taken else "",
                    remark="内容与上期重复。" if state == InfoState.DECLINED else "",
                    decided_at=None if state == InfoState.SUBMITTED else sent + timedelta(days=1),
                    published_on=min(day + timedelta(days=2), today) if state == InfoState.PUBLISHED else None,
                )
            )  # fmt: skip
    InfoItem.objects.bulk_create(rows, batch_size=_BATCH)


def _contacts(random: Random, units: list[Unit], today: date, at: datetime) -> None:
    rows = []
    for unit in units:
        start = date(today.year, 1, 15)
        if random.random() < 0.5:
            partner = random.choice(_PARTNERS)
            village = partner.endswith("村")
            kind = PartnerKind.VILLAGE if village else PartnerKind.COMMUNITY
            kind = PartnerKind.ENTERPRISE if partner.endswith("公司") else kind
            rows.append(
                Contact(
                    organization=unit.organization, kind=ContactKind.PAIRING, year=today.year, partner_kind=kind,
                    partner=partner, aim="组织共建、活动共办、难题共解。", starts_on=start, created_at=at,
                )
            )  # fmt: skip
        if unit.secretary and random.random() < 0.4:
            rows.append(
                Contact(
                    organization=unit.organization, kind=ContactKind.POINT, year=today.year, leader=unit.secretary,
                    partner_kind=PartnerKind.BRANCH, partner=random.choice(units).organization.name, starts_on=start,
                    created_at=at,
                )
            )  # fmt: skip
    Contact.objects.bulk_create(rows, batch_size=_BATCH)
    visits = []
    for contact in rows:
        for _ in range(random.choice((0, 1, 2))):
            day = max(contact.starts_on, today - timedelta(days=random.randint(3, 120)))
            problem = random.choice(("", "", "活动场地不足"))
            solved = bool(problem) and random.random() < 0.6
            visits.append(
                ContactVisit(
                    contact=contact, visited_on=min(day, today), visitors="支部委员", note="了解情况，商定共建事项。",
                    problem=problem, solution="协调使用共享活动室。" if solved else "",
                    solved_on=today if solved else None, created_at=at,
                )
            )  # fmt: skip
    ContactVisit.objects.bulk_create(visits, batch_size=_BATCH)


def _agreements(random: Random, tree: Tree, today: date, at: datetime) -> None:
    below = [unit for unit in (*tree.committees, *tree.branches) if unit.organization.parent_id == tree.root.pk]
    signers = people_at([tree.root.pk], [Role.STAFF, Role.LEADER]).get(tree.root.pk, [])
    theirs = people_at([unit.organization.pk for unit in below], [Role.SECRETARY, Role.LEADER])
    demands = demands_of([unit.organization.pk for unit in below], today.year)
    rows = []
    for unit in below:
        place = unit.organization
        row = Agreement(
            superior=tree.root, organization=place, year=today.year, created_at=at, sent_at=at,
            state=AgreementState.SENT, title=f"{today.year}年度机关党建工作目标责任书",
            text=proposed_text(today.year, tree.root.name, place.name, demands.get(place.pk, [])),
        )  # fmt: skip
        if signers and theirs.get(place.pk) and random.random() < 0.8:
            row.superior_signed_at = row.own_signed_at = at
            row.superior_signed_by_id, row.own_signed_by_id = signers[0], theirs[place.pk][0]
            row.state, row.signed_on = AgreementState.SIGNED, today
        rows.append(row)
    Agreement.objects.bulk_create(rows, batch_size=_BATCH)


def _lists(random: Random, units: list[Unit], today: date, at: datetime) -> None:
    lists, items = [], []
    for unit in random.sample(units, len(units) // 3):
        is_done = random.random() < 0.7
        row = WorkList(
            organization=unit.organization, kind=random.choice((WorkListKind.DUTY, WorkListKind.PROJECT)),
            year=today.year, created_at=at, state=WorkListState.CONFIRMED if is_done else WorkListState.DRAFT,
            confirmed_at=at if is_done else None, confirmed_on=today if is_done else None,
        )  # fmt: skip
        lists.append(row)
        items += [
            WorkListItem(
                work_list=row, what=what, standard=standard, member=unit.secretary, post="支部书记",
                due_on=date(today.year, 12, 20), position=place,
            )
            for place, (what, standard) in enumerate(_LINES)
        ]  # fmt: skip
    WorkList.objects.bulk_create(lists, batch_size=_BATCH)
    WorkListItem.objects.bulk_create(items, batch_size=_BATCH)


def _mass(random: Random, tree: Tree, units: list[Unit], today: date) -> None:
    rows = [
        MassOrganization(
            organization=unit.organization, kind=kind, name=f"{unit.organization}{word}", head="周敏",
            members_count=random.randint(8, 60), founded_on=date(today.year - 6, 5, 4),
            term_ends_on=today + timedelta(days=random.randint(-60, 900)),
        )
        for unit in tree.committees
        for kind, word in ((MassKind.UNION, "机关工会"), (MassKind.YOUTH, "团支部"), (MassKind.WOMEN, "妇委会"))
        if random.random() < 0.7
    ]  # fmt: skip
    rows += [
        MassOrganization(organization=unit.organization, kind=MassKind.UNION, name=f"{unit.organization}工会小组")
        for unit in units
        if random.random() < 0.2
    ]
    MassOrganization.objects.bulk_create(rows, batch_size=_BATCH)
    held = Activity.objects.counting().filter(
        organization__in=[row.organization_id for row in rows], kind=ActivityKind.VOLUNTEER
    )
    places = {row.organization_id: row.pk for row in rows}
    link = MassOrganization.activities.through
    links = [
        link(massorganization_id=places[place], activity_id=pk)
        for pk, place in held.values_list("pk", "organization_id")
    ]
    link.objects.bulk_create(links, batch_size=_BATCH)


def _calls(random: Random, tree: Tree, units: list[Unit], today: date, at: datetime) -> None:
    old, running = Call.objects.bulk_create(
        [
            Call(
                issuer=tree.root, kind=CallKind.REVIEW, title="“书香机关”读后感征集", audience=Audience.ALL,
                text="围绕精读书目撰写读后感，一千字以内。", opens_on=today - timedelta(days=90),
                closes_on=today - timedelta(days=30), state=CallState.SHOWN, created_at=at,
            ),
            Call(
                issuer=tree.root, kind=CallKind.VIDEO, title="支部微视频征集", audience=Audience.ORGANIZATIONS,
                text="三分钟以内，展示支部特色做法。", opens_on=today - timedelta(days=10),
                closes_on=today + timedelta(days=20), state=CallState.OPEN, created_at=at,
            ),
        ]
    )  # fmt: skip
    pieces = []
    for unit in random.sample(units, min(len(units), 12)):
        state = random.choice((PieceState.SELECTED, PieceState.PASSED_OVER))
        pieces.append(
            Piece(
                call=old, organization=unit.organization, member=random.choice(unit.members), title="读书有感",
                text="读书使人明理，学以致用。", state=state, sent_at=at,
            )
        )  # fmt: skip
    pieces += [
        Piece(call=running, organization=unit.organization, title="我们的支部", text="脚本见文字稿。", sent_at=at)
        for unit in random.sample(units, min(len(units), 5))
    ]
    Piece.objects.bulk_create(pieces, batch_size=_BATCH)
