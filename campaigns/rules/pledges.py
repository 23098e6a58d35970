"""Pledges (承诺践诺): kinds and states. Sources: SX 8 (承诺践诺), SX 5 (重大项目、重点工程廉洁承诺), TJ 三（四）."""

from datetime import date

from django.db.models import TextChoices

from campaigns.rules.work_moves import move


class PledgeKind(TextChoices):
    DEED = "deed", "践诺事项"
    POST = "post", "岗位承诺"
    PROJECT = "project", "重大项目廉洁承诺"


class PledgeState(TextChoices):
    DRAFT = "draft", "待公示"
    PUBLISHED = "published", "公示中"
    REPORTED = "reported", "待评定"
    KEPT = "kept", "已兑现"
    BROKEN = "broken", "未兑现"


P = PledgeState
PLEDGE_MOVES = {
    "publish": move("公示", P.DRAFT, to=P.PUBLISHED, leads=True),
    "report": move("登记践诺", P.PUBLISHED, to=P.REPORTED, needs_text=True, told="已登记践诺，等待党支部评定。"),
    "keep": move("评定兑现", P.REPORTED, to=P.KEPT, leads=True),
    "send_back": move("退回", P.REPORTED, to=P.PUBLISHED, leads=True, needs_text=True),
    "break": move("评定未兑现", P.PUBLISHED, P.REPORTED, to=P.BROKEN, leads=True, needs_text=True),
}
"""``leads`` is the branch; the others are done by the member, or by the branch for him."""
OPEN_PLEDGE = (P.DRAFT, P.PUBLISHED, P.REPORTED)
ON_BOARD = (P.PUBLISHED, P.REPORTED, P.KEPT, P.BROKEN)


def shown_state(state: str, due_on: date, on: date) -> str:
    """The word of the list: 逾期 while nothing was reported after its day."""
    return "逾期" if state == PledgeState.PUBLISHED and due_on < on else PledgeState(state).label


def asks_for_project(kind: str) -> bool:
    """An integrity pledge names the project for which it is given."""
    return kind == PledgeKind.PROJECT
