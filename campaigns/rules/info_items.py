"""Items of information and good practice: kinds, states, levels. TJ 二（四）二要, all (选树典型); C10. Pure."""

from django.db.models import TextChoices

from campaigns.rules.works import table


class InfoKind(TextChoices):
    INFORMATION = "information", "信息"
    PRACTICE = "practice", "经验做法"
    MODEL = "model", "典型"
    ARTICLE = "article", "稿件"


class InfoState(TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待处理"
    ADOPTED = "adopted", "已采用"
    DECLINED = "declined", "未采用"
    PUBLISHED = "published", "已发布"


class InfoLevel(TextChoices):
    """Where it was taken up."""

    OWN = "own", "本级采用"
    CITY = "city", "市级采用"
    PROVINCE = "province", "省级采用"
    STATE = "state", "国家级采用"


SENT = (InfoState.SUBMITTED, InfoState.ADOPTED, InfoState.DECLINED, InfoState.PUBLISHED)
TAKEN = (InfoState.ADOPTED, InfoState.PUBLISHED)
INFO_STATES = table(
    submit=((InfoState.DRAFT,), InfoState.SUBMITTED),
    withdraw=((InfoState.SUBMITTED,), InfoState.DRAFT),
    adopt=((InfoState.SUBMITTED,), InfoState.ADOPTED),
    decline=((InfoState.SUBMITTED,), InfoState.DECLINED),
    publish=((InfoState.ADOPTED,), InfoState.PUBLISHED),
    take_back=((InfoState.PUBLISHED,), InfoState.ADOPTED),
)
