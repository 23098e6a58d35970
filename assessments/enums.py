"""Fixed vocabularies of assessment."""

from enum import StrEnum

from django.db.models import TextChoices


class TaskName(StrEnum):
    """Names of the tasks of this app, by which they are queued."""

    SCORE_ROUND = "assessments.score_round"


class IndicatorKind(TextChoices):
    """How an indicator gets its points."""

    METERED = "metered", "系统计量"
    MANUAL = "manual", "集中评分"


class RoundStatus(TextChoices):
    """Stage of a round; the three stages of SX 三（三）."""

    SELF_CHECK = "self_check", "自查自评"
    CHECK = "check", "集中验收"
    FINAL = "final", "综合评估"
    PUBLISHED = "published", "已公布"


class StageName(TextChoices):
    """A stage at which points are given; same codes as the round's own stages."""

    SELF_CHECK = "self_check", "自评"
    CHECK = "check", "验收"
    FINAL = "final", "综合"


class SheetState(TextChoices):
    """How far one organisation's sheet is in the stage that the round is in."""

    OPEN = "open", "未提交"
    HANDED_IN = "handed_in", "已提交"


class Verdict(TextChoices):
    """How an assignment stands for scoring: its frozen outcome, or the live one while it is not closed."""

    ON_TIME = "on_time", "按时"
    LATE = "late", "补报"
    MISSING = "missing", "未完成"
    OPEN = "open", "尚未完成"
    EXEMPT = "exempt", "免报"


class Grade(TextChoices):
    """TS 二（一）: 好、较好、一般、差."""

    GOOD = "good", "好"
    FAIR = "fair", "较好"
    AVERAGE = "average", "一般"
    POOR = "poor", "差"
