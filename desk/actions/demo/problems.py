"""Invented problems being put right, common problems claimed, a clean-up, reports by members (R01 – R06), in bulk."""

from datetime import date, timedelta
from random import Random

from branches.enums import Role
from branches.models import Post
from campaigns.enums import TaskNature
from campaigns.models import Cleanup, CleanupCheck, CommonClaim, Problem, ProblemEvent, Snapshot, Step, Task
from campaigns.rules.cleanups import OFFERS, CleanupState
from campaigns.rules.documents import in_words
from campaigns.rules.problems import Deadline, Origin, State, Verb
from desk.actions.demo.tree import Tree, Unit
from partybuild.lib import clock
from partybuild.lib.dates import add_months

_TEXTS = (
    (Origin.DEBRIEFING, "主题党日形式单一，联系业务工作不够"), (Origin.DEMOCRATIC_LIFE, "批评意见不够尖锐，辣味不足"),
    (Origin.COMMENT, "支部工作记录不完整，研讨发言材料缺失"), (Origin.VISIT, "党员活动室资料更新不及时"),
    (Origin.FEEDBACK, "党建责任清单没有细化到人"), (Origin.TOUR, "落实双重组织生活制度不够经常"),
    (Origin.APPRAISAL, "窗口服务一次性告知不到位"), (Origin.INSPECTION, "发展党员档案材料装订不规范"),
    (Origin.SELF_CHECK, "党员学习计划落实有欠账"), (Origin.ENTERPRISES, "政策解答回复企业不够及时"),
)  # fmt: skip
_STEPS = ("对照要求补齐欠缺的资料", "制定完善相关制度", "每月检查一次落实情况", "组织专题学习培训")
_REGULATIONS = ("《支部工作记录制度》", "《党员学习考勤办法》", "《一次性告知工作规范》")
_WORDS = ("经逐项对照，未发现此类问题", "已建立制度并坚持落实，不存在此类问题")
_SEEN = "楼道宣传栏内容过期，建议及时更新。"
_OWN = (Verb.CLAIM, Verb.PROGRESS, Verb.ASK)
_SHARE, _BATCH = 0.45, 2000
_STATES = (State.CLOSED,) * 6 + (State.WORKING,) * 3 + (State.ASKED, State.RETURNED, State.REGISTERED, State.REOPENED)


def fill_problems(random: Random, tree: Tree, today: date) -> None:
    """Nearly half of the organisations have problems in all states; committees spoke on the common problems."""
    units = [unit for unit in (*tree.committees, *tree.branches) if unit.members or unit.leaders]
    made = [_problem(random, unit, tree, today) for unit in units for _ in range(2) if random.random() < _SHARE]
    claims = _claims(random, tree, today)
    made += [claim.problem for claim in claims if claim.problem is not None]
    cleanup = _cleanup(tree, today)
    checks, found = _checks(random, tree, cleanup, today)
    Problem.objects.bulk_create([*made, *found], batch_size=_BATCH)
    CommonClaim.objects.bulk_create(claims, batch_size=_BATCH)
    CleanupCheck.objects.bulk_create(checks, batch_size=_BATCH)
    every = [*made, *found]
    Step.objects.bulk_create([step for row in every for step in _steps(random, row, today)], batch_size=_BATCH)
    events = [event for row in every for event in _events(row, tree, today)]
    ProblemEvent.objects.bulk_create(events, batch_size=_BATCH)
    Snapshot.objects.bulk_create(_snapshots(random, today), batch_size=_BATCH)


def _problem(random: Random, unit: Unit, tree: Tree, today: date, text: str = "", **values: object) -> Problem:
    origin, words = random.choice(_TEXTS)
    state = random.choice(_STATES) if random.random() < unit.diligence else State.WORKING
    deadline = Deadline.LONGER if random.random() < 0.25 else Deadline.IMMEDIATE
    raised = max(date(today.year, 1, 5), today - timedelta(days=random.randint(15, 240)))
    raised = min(raised, today)
    due_on = raised + timedelta(days=150 if deadline == Deadline.LONGER else random.choice((30, 60, 90)))
    superior = unit.organization.parent or tree.root
    problem = Problem(
        organization=unit.organization, origin=origin, text=text or words, raised_on=raised, due_on=due_on,
        deadline=deadline, state=state, raised_at=superior, created_at=clock.start_of_day(raised),
    )  # fmt: skip
    for field, value in values.items():
        setattr(problem, field, value)
    if state != State.REGISTERED:
        people = unit.leaders or unit.committee or unit.members
        problem.leader, problem.responsible = people[0].name, (unit.secretary or people[-1]).name
        problem.claimed_on = min(raised + timedelta(days=3), today)
        problem.effect_due_on = add_months(problem.claimed_on, 2) if deadline == Deadline.LONGER else None
    if state in (State.CLOSED, State.ASKED, State.RETURNED, State.REOPENED):
        problem.asked_on = min(raised + timedelta(days=random.randint(10, 100)), today)
    _finish(random, problem, today)
    return problem


def _finish(random: Random, problem: Problem, today: date) -> None:
    if problem.state == State.CLOSED:
        problem.closed_on = problem.asked_on
        problem.regulation = random.choice(_REGULATIONS) if random.random() < 0.4 else ""
    elif problem.state == State.REOPENED:
        problem.reopened, problem.reopened_at = 1, clock.start_of_day(today - timedelta(days=5))
        problem.asked_on, problem.due_on = None, today + timedelta(days=25)


def _steps(random: Random, problem: Problem, today: date) -> list[Step]:
    if problem.state == State.REGISTERED:
        return []
    rows = []
    for place, text in enumerate(random.sample(_STEPS, 2), 1):
        is_done = problem.asked_on is not None or random.random() < 0.4
        done_on = (problem.asked_on or min(problem.raised_on + timedelta(days=12), today)) if is_done else None
        rows.append(
            Step(problem=problem, text=text, person=problem.responsible, due_on=problem.due_on, done_on=done_on,
                 position=place)
        )  # fmt: skip
    return rows


def _events(problem: Problem, tree: Tree, today: date) -> list[ProblemEvent]:
    told = [(Verb.RAISE, problem.get_origin_display(), problem.raised_on)]
    if problem.claimed_on:
        told.append((Verb.CLAIM, "", problem.claimed_on))
        told.append((Verb.PROGRESS, "已按措施推进，阶段性任务基本完成。", problem.claimed_on))
    if problem.asked_on:
        told.append((Verb.ASK, "各项措施已完成，申请销号。", problem.asked_on))
    if problem.state == State.CLOSED:
        told.append((Verb.CLOSE, "核验属实。", problem.asked_on or today))
    elif problem.state == State.RETURNED:
        told.append((Verb.RETURN, "佐证材料不充分，请补充后再报。", problem.asked_on or today))
    elif problem.state == State.REOPENED:
        told.append((Verb.BACK, "回头看发现同类问题再次出现。", today - timedelta(days=5)))
    return [
        ProblemEvent(problem=problem, verb=verb, text=text, happened_on=day, recorded_at=clock.start_of_day(day),
                     organization=problem.organization if verb in _OWN else problem.raised_at)
        for verb, text, day in told
    ]  # fmt: skip


def _claims(random: Random, tree: Tree, today: date) -> list[CommonClaim]:
    """The organisations directly below the root speak on most of the common problems."""
    tasks = list(Task.objects.filter(nature=TaskNature.PROBLEM, campaign__issuer=tree.root).select_related("campaign"))
    rows = []
    for unit in tree.committees:
        for task in tasks:
            if random.random() > unit.diligence:
                continue
            applies = random.random() < 0.3 and bool(unit.members or unit.leaders)
            word = "本组织在这方面抓得不够经常" if applies else random.choice(_WORDS)
            problem = None
            if applies:
                problem = _problem(
                    random, unit, tree, today, f"{task.title}：{word}", origin=Origin.COMMON, task=task,
                    campaign=task.campaign, origin_key=f"common:{task.pk}:{unit.organization.pk}",
                )  # fmt: skip
            rows.append(
                CommonClaim(task=task, organization=unit.organization, applies=applies, word=word, problem=problem,
                            declared_at=clock.start_of_day(max(date(today.year, 1, 6), today - timedelta(days=60))))
            )  # fmt: skip
    return rows


def _cleanup(tree: Tree, today: date) -> Cleanup:
    offer = OFFERS[0]
    return Cleanup.objects.create(
        issuer=tree.root, name=offer.name, classes=list(offer.classes), source=in_words(offer.source),
        requirement="对照六类问题逐项自查，边查边改，立行立改。", starts_on=today - timedelta(days=25),
        check_by=today + timedelta(days=5), ends_on=today + timedelta(days=60), audience_kinds=["committee"],
        state=CleanupState.RUNNING, created_at=clock.now(),
    )  # fmt: skip


def _checks(random: Random, tree: Tree, cleanup: Cleanup, today: date) -> tuple[list[CleanupCheck], list[Problem]]:
    checks, problems = [], []
    for unit in tree.committees:
        for name in cleanup.classes:
            if random.random() > unit.diligence - 0.1:
                continue
            is_found = random.random() < 0.25 and bool(unit.members or unit.leaders)
            word = "查出问题，已列入整改台账。" if is_found else "经自查未发现问题。"
            checks.append(
                CleanupCheck(cleanup=cleanup, organization=unit.organization, name=name, is_found=is_found, word=word,
                             checked_at=clock.now())
            )  # fmt: skip
            if is_found:
                text = f"{name.removeprefix('治')}的问题：个别事项推进不够有力"
                problems.append(
                    _problem(random, unit, tree, today, text, origin=Origin.CLEANUP, origin_note=cleanup.name,
                             cleanup=cleanup, cleanup_class=name)
                )  # fmt: skip
    return checks, problems


def _snapshots(random: Random, today: date) -> list[Snapshot]:
    """Some members with an account have reported something."""
    posts = Post.objects.filter(role=Role.MEMBER, organization__kind="branch").order_by("pk")[:10]
    rows = []
    for post in posts:
        day = today - timedelta(days=random.randint(1, 20))
        rows.append(
            Snapshot(organization_id=post.organization_id, user_id=post.user_id, text=_SEEN, place="一楼大厅",
                     reported_on=day, due_on=day + timedelta(days=7))
        )  # fmt: skip
    return rows
