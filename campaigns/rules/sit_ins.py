"""列席: who sits in on a meeting without being of its committee. Source: WX 23, O12. Pure."""

import re

from campaigns.enums import ActivityKind

NAMED_MEETINGS = (ActivityKind.DEMOCRATIC_LIFE, ActivityKind.COMMITTEE_MEETING)
"""“专职副书记列席本单位党员领导干部民主生活会和党组（党委）……会议”; other meetings of the head are kept nowhere."""

_STOP = r"[^。；;\n]"


def is_named_as_sitting_in(minutes: str, name: str) -> bool:
    """Whether a sentence of the minutes says that the person sat in: 列席：李某某；李某某列席会议."""
    who = re.escape(name)
    pattern = rf"列席{_STOP}{{0,60}}{who}|{who}{_STOP}{{0,20}}列席"
    return bool(name) and re.search(pattern, minutes) is not None and not _is_excused(minutes, who)


def _is_excused(minutes: str, who: str) -> bool:
    """未列席, 因公请假未能列席."""
    return re.search(rf"{who}{_STOP}{{0,20}}(?:未|没有|不能|请假){_STOP}{{0,8}}(?:列席|$)", minutes) is not None
