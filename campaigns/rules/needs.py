"""Needs (实事清单): who asks, states, satisfaction, masks.

Sources: SX 2 and MF 4 (我为群众办实事), WX 18 (有求必应), TJ 三（三） (为民服务项目).
"""

from datetime import date

from django.db.models import TextChoices

from campaigns.rules.work_moves import move


class AskerKind(TextChoices):
    MASSES = "masses", "群众"
    STAFF = "staff", "干部职工"
    ENTERPRISE = "enterprise", "企业"


class NeedKind(TextChoices):
    """The three names under which the sources speak of it."""

    MASSES = "masses", "我为群众办实事"
    ENTERPRISE = "enterprise", "服务企业“有求必应”"
    SERVICE = "service", "为民服务项目"


class NeedState(TextChoices):
    DOING = "doing", "办理中"
    DONE = "done", "待评价"
    RATED = "rated", "待销号"
    CLOSED = "closed", "已销号"
    DECLINED = "declined", "未予办理"


class Satisfaction(TextChoices):
    GOOD = "good", "满意"
    FAIR = "fair", "基本满意"
    BAD = "bad", "不满意"


N = NeedState
NEED_MOVES = {
    "progress": move("记录进展", N.DOING, needs_text=True),
    "finish": move("办结", N.DOING, to=N.DONE, needs_text=True, told="已办结，请反映人评价。"),
    "decline": move("不予办理", N.DOING, to=N.DECLINED, needs_text=True),
    "rate": move("登记评价", N.DONE, to=N.RATED),
    "redo": move("重新办理", N.DONE, N.RATED, to=N.DOING, needs_text=True),
    "close": move("销号", N.RATED, to=N.CLOSED),
    "urge": move("督办", N.DOING, leads=True, needs_text=True),
}
OPEN_NEED = (N.DOING, N.DONE, N.RATED)
ASKED_AGAIN = "rate"
_SHOWN_OF_NUMBER = 4


def shown_state(state: str, due_on: date, on: date) -> str:
    """The word of the list: 逾期 while it is being done after its day."""
    return "逾期" if state == NeedState.DOING and due_on < on else NeedState(state).label


def masked_name(name: str) -> str:
    """The family name alone."""
    return f"{name[0]}{'＊' * (len(name) - 1)}" if name else ""


def masked_phone(phone: str) -> str:
    """The last four digits alone."""
    return f"{'＊' * 4}{phone[-_SHOWN_OF_NUMBER:]}" if phone else ""


def satisfied_share(good: int, fair: int, bad: int) -> float | None:
    """满意和基本满意 of all that were rated."""
    rated = good + fair + bad
    return (good + fair) / rated if rated else None
