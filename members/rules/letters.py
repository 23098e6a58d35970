"""The words of a letter of introduction (组织关系介绍信): stub, letter, receipt. Pure."""

from dataclasses import dataclass
from datetime import date

from partybuild.lib.dates import day_text, month_text


@dataclass(frozen=True)
class Introduced:
    """Whom the letter is about, and between whom it goes."""

    name: str
    sex: str
    ethnicity: str
    kind: str
    id_number: str
    phone: str
    age: int | None
    origin: str
    destination: str
    issuer: str
    number: str
    sent_on: date
    valid_days: int
    dues_until: date | None
    reason: str = ""
    issuer_phone: str = ""
    destination_address: str = ""


def age_on(born_on: date | None, day: date) -> int | None:
    """Full years on the day."""
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def stub(letter: Introduced) -> list[str]:
    """The part that the issuer keeps."""
    return [
        f"{letter.name}，{letter.kind}，组织关系由{letter.origin}转往{letter.destination}。",
        f"转接原因：{letter.reason or '无'}。党费交至：{_dues(letter)}。有效期 {letter.valid_days} 天。",
    ]


def body(letter: Introduced) -> list[str]:
    """The letter itself."""
    age = f"，{letter.age} 岁" if letter.age is not None else ""
    return [
        f"兹有{letter.name}同志（{letter.sex}{age}，{letter.ethnicity or '民族未填'}），系中共{letter.kind}，"
        f"身份证号 {letter.id_number or '未填'}，由{letter.origin}转往{letter.destination}，请接转组织关系。",
        f"该同志党费交至{_dues(letter)}。",
        f"本介绍信自开出之日起 {letter.valid_days} 天内有效。",
    ]


def contact(letter: Introduced) -> list[str]:
    """How to reach the member and the issuer."""
    return [
        f"党员联系电话：{letter.phone or '　' * 8}",
        f"开具单位联系电话：{letter.issuer_phone or '　' * 8}",
    ]


def receipt(letter: Introduced) -> list[str]:
    """What the other side fills in and sends back."""
    return [
        f"你处转来的{letter.name}同志（介绍信{letter.number}）的组织关系已经接收，编入{'　' * 8}党支部。",
        f"经办人：{'　' * 6}联系电话：{'　' * 6}",
    ]


def reply(name: str, number: str, branch: str, on: date) -> list[str]:
    """The receipt that we send for somebody who came from outside."""
    letter = f"（介绍信{number}）" if number else ""
    return [f"你处转来的{name}同志{letter}的组织关系已于{day_text(on)}接收，编入{branch}。"]


def _dues(letter: Introduced) -> str:
    return month_text(letter.dues_until) if letter.dues_until else f"{'　' * 3}年{'　' * 2}月"
