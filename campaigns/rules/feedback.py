"""Kinds and answers of what people say of the burden. Source: domain-rules.md, "Against digital formalism"."""

from django.db.models import TextChoices


class FeedbackKind(TextChoices):
    """What is too much."""

    REPEATED = "repeated", "重复填报"
    NEEDLESS = "needless", "材料没有必要"
    TOO_MANY = "too_many", "任务过多过密"
    HARD = "hard", "不好用、看不懂"
    OTHER = "other", "其他意见"


class FeedbackState(TextChoices):
    """Where it stands; an answer says whether something was changed."""

    SAID = "said", "待答复"
    ADOPTED = "adopted", "已采纳"
    EXPLAINED = "explained", "已说明"


def page_of(address: str) -> str:
    """The path of an address inside the portal, without query and fragment; nothing for any other address."""
    path = address.split("?")[0].split("#")[0]
    return path[:200] if path.startswith("/") and not path.startswith("//") else ""
