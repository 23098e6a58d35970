"""Marks, searches and requests for correction of the demonstration, made by the portal's own actions."""

import random
from datetime import date, timedelta

from branches.models import User
from branches.permissions import Actor
from members.actions.corrections import ask_correction, return_correction
from members.actions.standings import mark_member, note_search
from members.enums import StandingKind
from members.models import Member, Membership
from members.rules.corrections import CORRECTABLE
from partybuild.lib.dates import add_months

_PLACES = ("上海市浦东新区", "广东省深圳市南山区", "江苏省苏州市工业园区")
_SEARCHES = (("电话", "号码已停机"), ("通过家属亲友", "家属称长期在外，无联系方式"), ("上门走访", "登记住址已出租"))
_JOBS = ("一级科员", "四级主任科员", "副科长")
_NATIVE = ("江苏无锡", "山东济宁", "河南南阳", "湖北黄冈", "四川绵阳", "辽宁丹东", "安徽六安", "湖南岳阳")


def fill_roster(*, seed: int, today: date, share: int = 120) -> dict[str, int]:
    """About one member in ``share`` is out of reach or away, and a few ask for a correction; how many of each."""
    chance = random.Random(f"roster-{seed}")
    _complete(chance)
    places = list(Membership.objects.on(today).select_related("member", "organization").order_by("pk"))
    settled = add_months(today, -12)
    plain = [place for place in places if place.member.user_id is None and place.starts_on <= settled]
    chosen = chance.sample(plain, min(len(plain), max(4, len(plain) // share)))
    lost = chosen[: len(chosen) // 2]
    for order, place in enumerate(lost):
        _lose(place, today, months=2 + order * 5 % 9, chance=chance)
    for place in chosen[len(lost) :]:
        mark_member(
            by=Actor.system(), member=place.member, organization=place.organization, kind=StandingKind.MOBILE,
            starts_on=today - timedelta(days=chance.randrange(40, 300)), place=chance.choice(_PLACES),
            reason="外出务工",
        )  # fmt: skip
    return {"lost": len(lost), "mobile": len(chosen) - len(lost), "corrections": _ask(chance)}


def _complete(chance: random.Random) -> None:
    """Native places for most; the register of basic data names those who lack one."""
    by_place: dict[str, list[int]] = {}
    for pk in Member.objects.filter(native_place="").order_by("pk").values_list("pk", flat=True):
        if chance.random() > 0.06:
            by_place.setdefault(chance.choice(_NATIVE), []).append(pk)
    for place, members in by_place.items():
        Member.objects.filter(pk__in=members).update(native_place=place)


def _lose(place: Membership, today: date, *, months: int, chance: random.Random) -> None:
    since = add_months(today, -months)
    standing = mark_member(
        by=Actor.system(), member=place.member, organization=place.organization, kind=StandingKind.LOST,
        starts_on=since, reason="多次联系未果",
    )  # fmt: skip
    for number, (way, result) in enumerate(_SEARCHES[: chance.randrange(1, len(_SEARCHES) + 1)], 1):
        on = since + timedelta(days=15 * number)
        note_search(
            by=Actor.system(), standing=standing, organization=place.organization, on=on, way=way, result=result
        )


def _ask(chance: random.Random) -> int:
    """Members with an account ask; one of the requests is sent back."""
    users = list(User.objects.filter(member__in=Member.objects.filter(user__login__startswith="dangyuan"))[:6])
    asked = []
    for user in sorted(users, key=lambda user: user.login):
        member = user.member
        me = Actor(user_id=user.pk, member_id=member.pk)
        reason = f"{CORRECTABLE['job']}已调整，任职文件已交支部"
        asked.append(ask_correction(by=me, member=member, field="job", wanted=chance.choice(_JOBS), reason=reason))
    for correction in asked[:1]:
        return_correction(by=Actor.system(), correction=correction, answer="请先提交任职文件。")
    return len(asked)
