"""Mass organisations and calls for contributions: kinds and states. Sources: WX, TJ, TS, SX; C15. Pure."""

from datetime import date

from django.db.models import TextChoices

from campaigns.enums import ActivityKind
from campaigns.rules.works import table


class MassKind(TextChoices):
    UNION = "union", "工会"
    YOUTH = "youth", "共青团"
    WOMEN = "women", "妇女组织"


MASS_ACTIVITIES = (ActivityKind.MASS_ACTIVITY, ActivityKind.VOLUNTEER, ActivityKind.CULTURE)
"""What may be an activity of a mass organisation."""


class CallKind(TextChoices):
    REVIEW = "review", "读后感"
    VIDEO = "video", "小视频"
    ARTICLE = "article", "稿件"
    OTHER = "other", "其他"


class CallState(TextChoices):
    DRAFT = "draft", "草稿"
    OPEN = "open", "征集中"
    CLOSED = "closed", "已结束"
    SHOWN = "shown", "已展示"


class Audience(TextChoices):
    """Who may send pieces."""

    ALL = "all", "党组织和党员"
    ORGANIZATIONS = "organizations", "党组织"
    MEMBERS = "members", "党员"


class PieceState(TextChoices):
    SENT = "sent", "已报送"
    SELECTED = "selected", "入选"
    PASSED_OVER = "passed_over", "未入选"


CALL_STATES = table(
    change=((CallState.DRAFT,), CallState.DRAFT),
    publish=((CallState.DRAFT,), CallState.OPEN),
    close=((CallState.OPEN,), CallState.CLOSED),
    show=((CallState.CLOSED,), CallState.SHOWN),
)


def refusal(state: str, opens_on: date, closes_on: date, today: date) -> str:
    """Why nothing may be sent to a call on this day; empty when it may."""
    if state != CallState.OPEN:
        return "该征集没有开放，不能报送。"
    if today < opens_on:
        return "征集尚未开始，请在开始日期之后报送。"
    return "征集已经截止，不能再报送。" if today > closes_on else ""


def term_words(ends_on: date | None, today: date) -> str:
    """How the term of a mass organisation stands."""
    if ends_on is None:
        return ""
    return "逾期未换届" if ends_on < today else "正常"
