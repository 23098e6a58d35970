"""How long one stays signed in, and what a browser is called (security.md rows 8 and 10). Pure."""

import re
from datetime import datetime, timedelta

from branches.enums import EndReason

_SYSTEMS = (
    (r"HarmonyOS|OpenHarmony", "鸿蒙"),
    (r"iPhone|iPad", "苹果手机或平板"),
    (r"Android", "安卓手机"),
    (r"Windows", "Windows 电脑"),
    (r"Mac OS X|Macintosh", "苹果电脑"),
    (r"Linux|X11", "Linux 电脑"),
)
# The first that fits: most browsers also call themselves Chrome, and Chrome calls itself Safari.
_BROWSERS = (
    (r"MicroMessenger", "微信"),
    (r"DingTalk", "钉钉"),
    (r"360SE|360EE|QIHU", "360 浏览器"),
    (r"QQBrowser", "QQ 浏览器"),
    (r"Edg(e|A|iOS)?/", "Edge 浏览器"),
    (r"Firefox/", "火狐浏览器"),
    (r"Chrome/|CriOS/", "谷歌内核浏览器"),
    (r"Safari/", "Safari 浏览器"),
)
UNKNOWN_DEVICE = "未知设备"


def end_reason(
    *, started_at: datetime, seen_at: datetime, now: datetime, idle: timedelta | None, longest: timedelta | None
) -> EndReason | None:
    """Why a sign-in is over; None while it goes on. A limit of None holds nobody."""
    if longest is not None and now - started_at >= longest:
        return EndReason.LIMIT
    return EndReason.IDLE if idle is not None and now - seen_at >= idle else None


def device_words(agent: str) -> str:
    """What a person would call the device: ``Windows 电脑 · Edge 浏览器``."""
    found = [_first(_SYSTEMS, agent), _first(_BROWSERS, agent)]
    return " · ".join(word for word in found if word) or UNKNOWN_DEVICE


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((word for pattern, word in names if re.search(pattern, agent)), "")
