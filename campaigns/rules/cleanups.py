"""Clean-ups of kinds of problem (专项整治): the classes that each source names, and how one runs (R06)."""

from dataclasses import dataclass

from django.db.models import TextChoices


class CleanupState(TextChoices):
    """How far a clean-up is."""

    DRAFT = "draft", "草稿"
    RUNNING = "running", "进行中"
    ENDED = "ended", "已结束"


@dataclass(frozen=True)
class Offer:
    """A set of classes that a source names, offered when one is drawn up."""

    code: str
    name: str
    source: str
    classes: tuple[str, ...]


OFFERS = (
    Offer("six", "“六治”专项整治", "SX", ("治庸", "治懒", "治散", "治拖", "治浮", "治僵")),
    Offer(
        "weak", "“抓党建转作风促脱贫”专项整治", "TJ 二（三）三要",
        ("弱化", "淡化", "虚化", "边缘化", "机关化", "娱乐化"),
    ),
    Offer("lamp", "“灯下黑”“两张皮”和庸懒散专项整治", "TS", ("灯下黑", "两张皮", "庸懒散", "群众评议反馈问题")),
    Offer("four_winds", "纠正“四风”专项整治", "WX、MF、TS", ("形式主义", "官僚主义", "享乐主义", "奢靡之风")),
)  # fmt: skip
"""What the five documents name (SX 六治, TJ, TS, and 四风 in WX, MF and TS)."""

MOST_CLASSES = 20


def classes_of(text: str) -> list[str]:
    """Classes as somebody typed them, one a line; the same twice is one."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def coverage(checked: int, classes: int) -> str:
    """How far one organisation's self-check is, in the words of the portal."""
    if not checked:
        return "未自查"
    return "已自查" if checked >= classes else "自查中"
