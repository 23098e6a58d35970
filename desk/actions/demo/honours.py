"""Invented topics, projects, claims, contests, awards, needs and pledges (C09, C12, C13, C14), in bulk."""

from datetime import date, datetime, timedelta
from random import Random

from branches.enums import OrganizationKind
from campaigns.models import (
    Application,
    Award,
    Claim,
    ClaimTask,
    Contest,
    Criterion,
    CriterionAnswer,
    Need,
    Pledge,
    Project,
    Topic,
    WorkNote,
)
from campaigns.rules.contests import MODEL_POST, ApplicationState, ContestState, ContestSubject
from campaigns.rules.needs import AskerKind, NeedKind, NeedState, Satisfaction
from campaigns.rules.pledges import PledgeKind, PledgeState
from campaigns.rules.projects import ClaimKind, ClaimState, ProjectState
from desk.actions.demo.tree import Tree, Unit
from partybuild.lib import clock

_TOPICS = ("优化政务服务窗口", "党建引领基层治理")
_PROJECTS = (
    ("窗口服务提升行动", "办理时限压缩三分之一"), ("老旧小区结对帮扶", "解决居民反映的三件难事"),
    ("业务骨干结对培养", "形成一批业务能手"), ("惠企政策上门宣讲", "走访企业二十家"),
)  # fmt: skip
_TASKS = (
    (ClaimKind.STUDY, "学习党章并交流"), (ClaimKind.SERVICE, "社区便民服务"), (ClaimKind.POST, "亮牌上岗服务群众"),
)  # fmt: skip
_NEEDS = (
    (NeedKind.MASSES, AskerKind.MASSES, "楼道加装扶手"),
    (NeedKind.ENTERPRISE, AskerKind.ENTERPRISE, "协调企业用工对接"),
    (NeedKind.SERVICE, AskerKind.MASSES, "老年人办证上门服务"),
    (NeedKind.MASSES, AskerKind.STAFF, "食堂就餐时间调整"),
)
_PLEDGES = ((PledgeKind.POST, "首问负责，当日答复"), (PledgeKind.DEED, "每季度参加一次志愿服务"))
_CRITERIA = (("岗位业绩突出", "工作实绩材料"), ("群众评价良好", ""))
_SHARE, _FULL = 0.5, 0.8


def fill_honours(random: Random, tree: Tree, today: date) -> None:
    """The top sets topics and a contest for model posts; about half of the branches do something of each kind."""
    units = [unit for unit in tree.branches if unit.members and random.random() < _SHARE]
    topics = Topic.objects.bulk_create([_topic(tree, title, today) for title in _TOPICS])
    projects = Project.objects.bulk_create([_project(random, unit, topics, today) for unit in units], batch_size=1000)
    WorkNote.objects.bulk_create([note for row in projects for note in _notes(row, tree, today)], batch_size=1000)
    _claims(random, units, today)
    _contest(random, tree, units, today)
    Need.objects.bulk_create([_need(random, unit, today) for unit in units], batch_size=1000)
    Pledge.objects.bulk_create([row for unit in units for row in _pledges(random, unit, today)], batch_size=1000)


def _moment(day: date) -> datetime:
    return clock.start_of_day(day) + timedelta(hours=10)


def _topic(tree: Tree, title: str, today: date) -> Topic:
    return Topic(
        issuer=tree.root, year=today.year, title=title, content="结合单位职能选定切入点，年内见到实效。",
        kinds=[OrganizationKind.GENERAL_BRANCH, OrganizationKind.BRANCH], published_on=today - timedelta(days=40),
        claim_by=today + timedelta(days=20),
    )  # fmt: skip


def _project(random: Random, unit: Unit, topics: list[Topic], today: date) -> Project:
    title, goal = random.choice(_PROJECTS)
    day = max(today - timedelta(days=random.randint(10, 35)), date(today.year, 1, 1))
    row = Project(
        organization=unit.organization, topic=random.choice([*topics, None]), year=today.year, title=title, goal=goal,
        responsible=unit.secretary or unit.members[0], starts_on=day,
        ends_on=min(day + timedelta(days=random.choice((20, 120))), date(today.year, 12, 31)), taken_at=_moment(day),
    )  # fmt: skip
    chance = random.random()
    if chance < 0.2:
        row.state, row.result = ProjectState.PENDING, "已按计划完成，申请验收。"
    elif chance < 0.5:
        row.state, row.result, row.accepted_at = ProjectState.ACCEPTED, "目标已经达到。", _moment(today)
        row.is_excellent = random.random() < 0.3
    return row


def _notes(project: Project, tree: Tree, today: date) -> list[WorkNote]:
    """Taken on; submitted and accepted where the project is that far."""
    told = [("take_on", "领办项目", "", project.taken_at, project.organization)]
    if project.state in (ProjectState.PENDING, ProjectState.ACCEPTED):
        told.append(("submit", "申请验收", project.result, _moment(today - timedelta(days=1)), project.organization))
    if project.state == ProjectState.ACCEPTED:
        told.append(("accept", "通过验收", "目标已达到，同意通过。", _moment(today), tree.root))
    return [
        WorkNote(project=project, verb=verb, label=label, text=text, at=at, place=place)
        for verb, label, text, at, place in told
    ]


def _claims(random: Random, units: list[Unit], today: date) -> None:
    tasks = []
    for unit in units:
        kind, title = random.choice(_TASKS)
        tasks.append(
            ClaimTask(
                organization=unit.organization, kind=kind, title=title, places=max(len(unit.members) // 2, 1),
                published_on=today - timedelta(days=15), claim_by=today + timedelta(days=15),
                due_on=today + timedelta(days=60),
            )
        )  # fmt: skip
    claims = []
    for unit, task in zip(units, ClaimTask.objects.bulk_create(tasks, batch_size=1000), strict=True):
        for member in unit.members[: task.places // 2]:
            state = random.choice((ClaimState.TAKEN, ClaimState.REPORTED, ClaimState.CONFIRMED))
            day = today if state == ClaimState.CONFIRMED else None
            moment = _moment(today - timedelta(days=10))
            claims.append(Claim(task=task, member=member, state=state, claimed_at=moment, confirmed_on=day))
    Claim.objects.bulk_create(claims, batch_size=2000)


def _contest(random: Random, tree: Tree, units: list[Unit], today: date) -> None:
    contest = Contest.objects.create(
        issuer=tree.root, preset=MODEL_POST, year=today.year, title="党员示范岗", subject=ContestSubject.POST,
        kinds=[OrganizationKind.BRANCH], content="每个支部都要参与，并达到创建标准。", state=ContestState.PUBLISHED,
        starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=30),
    )  # fmt: skip
    criteria = Criterion.objects.bulk_create(
        Criterion(contest=contest, position=position, text=text, evidence=evidence)
        for position, (text, evidence) in enumerate(_CRITERIA, 1)
    )
    made = Application.objects.bulk_create(
        [_application(random, contest, unit, today) for unit in units if random.random() < _FULL], batch_size=1000
    )
    CriterionAnswer.objects.bulk_create(
        [
            CriterionAnswer(
                application=row, criterion=one, evidence="见附件材料", is_met=True if row.verified_at else None
            )
            for row in made
            for one in criteria
        ],
        batch_size=2000,
    )  # fmt: skip
    Award.objects.bulk_create(
        Award(
            application=row, issuer=tree.root, organization=row.organization, member=row.member,
            post_name=row.post_name, title=contest.title, awarded_on=today,
        )
        for row in made
        if row.state == ApplicationState.AWARDED
    )  # fmt: skip


def _application(random: Random, contest: Contest, unit: Unit, today: date) -> Application:
    state = random.choice((ApplicationState.RECOMMENDED, ApplicationState.MET, ApplicationState.AWARDED))
    return Application(
        contest=contest, organization=unit.organization, member=random.choice(unit.members),
        post_name=random.choice(("综合服务窗口", "政策咨询岗", "一线执法岗")), statement="立足岗位，业绩突出。",
        state=state,
        applied_at=_moment(today - timedelta(days=random.randint(5, 25))),
        verified_at=None if state == ApplicationState.RECOMMENDED else _moment(today - timedelta(days=3)),
    )  # fmt: skip


def _need(random: Random, unit: Unit, today: date) -> Need:
    kind, asker, title = random.choice(_NEEDS)
    day = today - timedelta(days=random.randint(5, 60))
    row = Need(
        organization=unit.organization, owner=unit.organization, responsible=unit.secretary, kind=kind,
        asker_kind=asker, title=title, raised_on=day, due_on=day + timedelta(days=30),
    )  # fmt: skip
    chance = random.random()
    if chance < 0.7:
        row.state, row.result, row.done_on = NeedState.DONE, "已协调解决。", day + timedelta(days=4)
    if chance < 0.5:
        row.satisfaction = Satisfaction.GOOD if chance < 0.4 else Satisfaction.FAIR
        row.state, row.rated_on = NeedState.RATED, day + timedelta(days=5)
    if chance < 0.35:
        row.state, row.closed_on = NeedState.CLOSED, day + timedelta(days=5)
    return row


def _pledges(random: Random, unit: Unit, today: date) -> list[Pledge]:
    rows = []
    for member in unit.members[:4]:
        kind, text = random.choice(_PLEDGES)
        row = Pledge(
            organization=unit.organization, member=member, kind=kind, year=today.year, text=text,
            made_on=today - timedelta(days=30), due_on=date(today.year, 12, 31), state=PledgeState.PUBLISHED,
            published_on=today - timedelta(days=28),
        )  # fmt: skip
        if random.random() < 0.4:
            row.state, row.result, row.reported_on = PledgeState.REPORTED, "已按承诺做到。", today
        rows.append(row)
    return rows
