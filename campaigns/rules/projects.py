"""States of projects (一支一项) and of members' claims.

Sources: WX 16 (党组出题、机关党委督办、党支部领办); TJ 三（三） (认领学习任务、为民服务项目、先锋岗位责任).
"""

from datetime import date

from django.db.models import TextChoices

from campaigns.rules.work_moves import move


class ProjectState(TextChoices):
    RUNNING = "running", "进行中"
    PENDING = "pending", "待验收"
    ACCEPTED = "accepted", "已验收"
    ABANDONED = "abandoned", "已终止"


S = ProjectState
PROJECT_MOVES = {
    "progress": move("记录进展", S.RUNNING, needs_text=True),
    "submit": move("申请验收", S.RUNNING, to=S.PENDING, needs_text=True, told="已申请验收，等待上级验收。"),
    "abandon": move("终止", S.RUNNING, to=S.ABANDONED, needs_text=True),
    "accept": move("通过验收", S.PENDING, to=S.ACCEPTED, leads=True, needs_text=True),
    "send_back": move("退回整改", S.PENDING, to=S.RUNNING, leads=True, needs_text=True),
    "supervise": move("督办", S.RUNNING, S.PENDING, leads=True, needs_text=True),
}
OPEN_PROJECT = (S.RUNNING, S.PENDING)


class ClaimKind(TextChoices):
    """The three that TJ names."""

    STUDY = "study", "党员学习任务"
    SERVICE = "service", "为民服务项目"
    POST = "post", "先锋岗位责任"


class ClaimState(TextChoices):
    TAKEN = "taken", "已认领"
    REPORTED = "reported", "待确认"
    CONFIRMED = "confirmed", "已完成"
    GIVEN_UP = "given_up", "已放弃"


C = ClaimState
CLAIM_MOVES = {
    "report": move("报告完成", C.TAKEN, to=C.REPORTED, needs_text=True, told="已报告完成，等待党支部确认。"),
    "give_up": move("放弃", C.TAKEN, to=C.GIVEN_UP, needs_text=True),
    "confirm": move("确认完成", C.REPORTED, to=C.CONFIRMED, leads=True),
    "send_back": move("退回", C.REPORTED, to=C.TAKEN, leads=True, needs_text=True),
}
"""``leads`` is the branch here, the others are the member."""


def counted_day(year: int, accepted_on: date) -> date:
    """The day on which a project counts: it belongs to its own year even when it is accepted in the next."""
    return min(accepted_on, date(year, 12, 31))


def project_note(state: str) -> str:
    """Why a project does not count yet; empty when it does. WX 16 speaks of 领办项目, so one under way is progress."""
    return {
        ProjectState.RUNNING: "项目正在进行，通过验收后计入",
        ProjectState.PENDING: "项目等待验收，通过验收后计入",
        ProjectState.ABANDONED: "项目已经终止",
    }.get(ProjectState(state), "")


def has_place(places: int, taken: int) -> bool:
    """Whether one more member may claim."""
    return taken < places
