"""Identity numbers of GB 11643 and phone numbers: checked, normalised, and refused with the reason in Chinese."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from operator import mul

from django.db.models import TextChoices

# GB 11643, ISO 7064 MOD 11-2: the weight of each of the first 17 digits, the character for each remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHARACTERS = "10X98765432"
_EARLIEST_YEAR = 1900
_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)


class Sex(TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class IdentityError(ValueError):
    """A number that cannot be right; the message says what is wrong, in Chinese, without repeating the number."""


@dataclass(frozen=True)
class IdNumber:
    """A number that passed, and what it says."""

    number: str
    born_on: date
    sex: Sex


def read_id_number(written: str, *, today: date) -> IdNumber:
    """Check length, digits, birth date and check character of a citizen's number."""
    number = _plain(written).upper()
    if not number:
        raise IdentityError("身份证号为空")
    if len(number) == 15 and number.isdigit():
        raise IdentityError("身份证号是 15 位旧号码，请填写 18 位号码")
    if len(number) != 18:
        raise IdentityError(f"身份证号应为 18 位，现为 {len(number)} 位")
    if not _NUMBER.fullmatch(number):
        raise IdentityError("身份证号前 17 位应为数字，末位应为数字或 X")
    born_on = _birth_date(number, today)
    if check_character(number[:17]) != number[17]:
        raise IdentityError("身份证号校验码不正确，请核对号码")
    return IdNumber(number, born_on, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def check_agreement(id_number: IdNumber, *, sex: str | None = None, born_on: date | None = None) -> None:
    """Refuse a sex (``Sex`` or 男/女) or a birth date that is not that of the number."""
    if sex and sex not in {id_number.sex.value, id_number.sex.label}:
        raise IdentityError(f"性别与身份证号不一致，按身份证号应为{id_number.sex.label}")
    if born_on and born_on != id_number.born_on:
        shown = f"{id_number.born_on.year}年{id_number.born_on.month}月{id_number.born_on.day}日"
        raise IdentityError(f"出生日期与身份证号不一致，按身份证号应为{shown}")


def check_character(first_17: str) -> str:
    """The last character that belongs to 17 digits."""
    total = sum(map(mul, _WEIGHTS, map(int, first_17)))
    return _CHARACTERS[total % 11]


def read_mobile(written: str) -> str:
    """The 11 digits of a mobile number, without blanks, dashes and +86."""
    number = _plain(written)
    if not (len(number) == 11 and number.isascii() and number.isdigit()):
        number = re.sub(r"^(\+86|0086)", "", re.sub(r"[-‐-―()]", "", number))
    if not number:
        raise IdentityError("手机号码为空")
    if not (number.isascii() and number.isdigit()):
        raise IdentityError("手机号码只能是数字")
    if len(number) != 11:
        raise IdentityError(f"手机号码应为 11 位，现为 {len(number)} 位")
    if number[0] != "1":
        raise IdentityError("手机号码应以 1 开头")
    return number


def _plain(written: str) -> str:
    """Half-width, without blanks and without the mark that keeps Excel from taking it as a number."""
    if written.isascii() and written.isalnum():
        return written
    return re.sub(r"[\s\u200b-\u200f\ufeff]", "", unicodedata.normalize("NFKC", written)).lstrip("'‘’`")


def _birth_date(number: str, today: date) -> date:
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdentityError(f"身份证号中的出生日期 {number[6:14]} 不存在") from None
    if born_on.year < _EARLIEST_YEAR:
        raise IdentityError(f"身份证号中的出生日期 {number[6:14]} 早于 {_EARLIEST_YEAR} 年")
    if born_on > today:
        raise IdentityError(f"身份证号中的出生日期 {number[6:14]} 晚于今天")
    return born_on
