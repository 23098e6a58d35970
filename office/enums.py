"""Fixed vocabularies of the office floor."""

from django.db.models import TextChoices


class Job(TextChoices):
    """A periodic job; together with its period the name of a run."""

    DISPATCH = "dispatch", "月度任务下发"
    CLOSE = "close", "月度结账"
    BULLETIN = "bulletin", "月调度纪要"
    MIDYEAR = "midyear", "半年评估"
    DAILY = "daily", "每日提醒"
    CHANGES = "changes", "党组织变更生效"


class RunStatus(TextChoices):
    WAITING = "waiting", "等待中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未成功"


class DocumentKind(TextChoices):
    MINUTES = "minutes", "纪要"
    BULLETIN = "bulletin", "通报"
    NOTICE = "notice", "通知"
    LETTER = "letter", "函"


class DocumentStatus(TextChoices):
    DRAFT = "draft", "草稿"
    CHECKED = "checked", "已核稿"
    SIGNED = "signed", "已签发"
    ISSUED = "issued", "已印发"


class DayMark(TextChoices):
    """What a day of the working calendar is marked as."""

    REST = "rest", "休息日"
    WORKDAY = "workday", "工作日"
    USUAL = "usual", "恢复为平常安排"
