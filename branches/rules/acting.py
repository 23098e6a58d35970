"""When a post may be held for another. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from branches.enums import Role

ROLES = frozenset({Role.STAFF, Role.SECRETARY, Role.LEADER, Role.INSPECTOR})
"""Work that a colleague can take over. The three officers stand for themselves, and nobody is a member for another."""


@dataclass(frozen=True)
class Wish:
    """Who is to hold whose post from when to when."""

    role: Role
    principal_id: int
    deputy_id: int
    is_deputy_active: bool
    is_deputy_officer: bool
    is_acting_itself: bool
    post_starts_on: date
    post_ends_on: date | None
    starts_on: date
    ends_on: date


def refusal(wish: Wish, *, today: date, longest: int) -> tuple[str, str]:
    """Field and sentence of the first rule that the wish breaks; two empty strings when it may be granted."""
    found = next((each for each in _RULES if each[2](wish, today, longest)), None)
    return (found[0], found[1].format(longest=longest)) if found else ("", "")


_RULES: tuple[tuple[str, str, Callable[[Wish, date, int], bool]], ...] = (
    (
        "",
        "系统管理员、安全管理员、审计管理员和党员身份不能委托他人代理。",
        lambda wish, today, longest: wish.role not in ROLES,
    ),
    ("", "代理他人的岗位不能再委托给第三人。", lambda wish, today, longest: wish.is_acting_itself),
    ("deputy", "不能委托给岗位本人。", lambda wish, today, longest: wish.deputy_id == wish.principal_id),
    ("deputy", "该账号已停用，不能代理。", lambda wish, today, longest: not wish.is_deputy_active),
    (
        "deputy",
        "系统管理员、安全管理员、审计管理员不能代理业务岗位。",
        lambda wish, today, longest: wish.is_deputy_officer,
    ),
    ("ends_on", "结束日期不能早于开始日期。", lambda wish, today, longest: wish.ends_on < wish.starts_on),
    ("starts_on", "开始日期不能早于今天。", lambda wish, today, longest: wish.starts_on < today),
    (
        "ends_on",
        "一次委托最长 {longest} 天，请把结束日期提前。",
        lambda wish, today, longest: (wish.ends_on - wish.starts_on).days >= longest,
    ),
    (
        "starts_on",
        "开始日期不能早于该岗位的任职日期。",
        lambda wish, today, longest: wish.starts_on < wish.post_starts_on,
    ),
    (
        "ends_on",
        "代理不能晚于该岗位的结束日期。",
        lambda wish, today, longest: wish.post_ends_on is not None and wish.ends_on > wish.post_ends_on,
    ),
)
