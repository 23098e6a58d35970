"""Invented matters, opinions asked of branches, members' suggestions and delegates (O11, O15, O17), in bulk."""

from datetime import date, timedelta
from random import Random

from desk.actions.demo.tree import Tree, Unit
from members.enums import MatterKind, OpinionAnswer, OpinionPurpose, SuggestionState
from members.models import Delegate, Matter, OpinionRequest, Suggestion
from partybuild.lib.dates import add_months

_MATTERS = (
    (MatterKind.DECISION, "年度党建工作计划"), (MatterKind.PERSONNEL, "支部委员分工调整"),
    (MatterKind.PROJECT, "党员活动室改造"), (MatterKind.FUNDS, "主题党日活动经费安排"),
    (MatterKind.REQUEST, "关于增补支部委员的请示"), (MatterKind.REPORT, "关于上半年党建工作情况的报告"),
)  # fmt: skip
_SUGGESTIONS = ("建议增加现场学习。", "建议学习材料提前两天发放。", "希望多组织青年党员交流。")
_ANSWER = "已研究，列入下季度工作安排。"
_SHARE = 0.6


def fill_matters(random: Random, tree: Tree, today: date) -> None:
    """Most branches have some matters and suggestions; some are asked about a member; each committee has a delegate."""
    units = [unit for unit in tree.branches if unit.members and random.random() < _SHARE]
    Matter.objects.bulk_create([row for unit in units for row in _matters(random, unit, today)], batch_size=2000)
    Suggestion.objects.bulk_create([_suggestion(random, unit, today) for unit in units], batch_size=2000)
    asked = [unit for unit in units if random.random() < _SHARE / 2]
    OpinionRequest.objects.bulk_create([_opinion(random, unit, today) for unit in asked], batch_size=2000)
    chosen = random.sample(units, min(len(tree.committees), len(units)))
    Delegate.objects.bulk_create([_delegate(random, unit, today) for unit in chosen], batch_size=2000)


def _matters(random: Random, unit: Unit, today: date) -> list[Matter]:
    rows = []
    for kind, title in random.sample(_MATTERS, 3):
        day = today - timedelta(days=random.randint(5, 280))
        goes_up = kind in (MatterKind.REQUEST, MatterKind.REPORT)
        row = Matter(organization=unit.organization, kind=kind, title=title, happened_on=day)
        if random.random() < 0.9:
            size = min(len(unit.members), 5)
            row.meeting, row.held_on, row.expected, row.present = "支部委员会", day, size, size
            row.votes_for, row.votes_against, row.votes_abstain = size, 0, 0
            row.decision = f"会议讨论并同意{title}。"
        if goes_up:
            row.reported_on = day
        if kind == MatterKind.REQUEST:
            row.due_on = day + timedelta(days=15)
            if random.random() < 0.7:
                row.answer, row.answered_on = "同意，请按程序办理。", day + timedelta(days=4)
        rows.append(row)
    return rows


def _suggestion(random: Random, unit: Unit, today: date) -> Suggestion:
    day = today - timedelta(days=random.randint(2, 60))
    row = Suggestion(
        member=random.choice(unit.members), organization=unit.organization, handler=unit.organization,
        is_nameless=random.random() < 0.2, text=random.choice(_SUGGESTIONS), raised_on=day,
        due_on=day + timedelta(days=15),
    )  # fmt: skip
    if random.random() < 0.7:
        row.state, row.answer, row.answered_on = SuggestionState.ANSWERED, _ANSWER, day + timedelta(days=2)
    return row


def _opinion(random: Random, unit: Unit, today: date) -> OpinionRequest:
    day = today - timedelta(days=random.randint(3, 40))
    row = OpinionRequest(
        member=random.choice(unit.members), asker=unit.organization.parent, organization=unit.organization,
        purpose=OpinionPurpose.AWARD, subject="优秀共产党员", asked_on=day, due_on=day + timedelta(days=7),
    )  # fmt: skip
    if random.random() < 0.7:
        answered_on = day + timedelta(days=2)
        row.answer, row.text, row.met_on, row.answered_on = OpinionAnswer.AGREED, "同意推荐。", answered_on, answered_on
        row.closed_on = answered_on + timedelta(days=1) if random.random() < 0.8 else None
    return row


def _delegate(random: Random, unit: Unit, today: date) -> Delegate:
    term_ends_on = add_months(today, random.choice((-1, 4, 30, 42)))
    starts_on = add_months(term_ends_on, -60)
    return Delegate(
        member=random.choice(unit.members), organization=unit.organization, congress="区党代表大会",
        unit="区直属机关", elected_on=starts_on, starts_on=starts_on, term_ends_on=term_ends_on,
    )  # fmt: skip
