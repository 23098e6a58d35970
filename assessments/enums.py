"""Fixed vocabularies of assessment."""

from django.db.models import TextChoices


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
    SELF_CHECK = "self_check", "自评"
    CHECK = "check", "验收"
    FINAL = "final", "综合"


class Grade(TextChoices):
    """TS 二（一）: 好、较好、一般、差."""

    GOOD = "good", "好"
    FAIR = "fair", "较好"
    AVERAGE = "average", "一般"
    POOR = "poor", "差"
