from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuild.lib import identity
from partybuild.lib.identity import IdentityError, IdNumber, Sex

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    "written", ["11010519491231002X", "11010519491231002x", " 110105 19491231 002X\n", "'１１０１０５19491231002X"]
)
def test_a_right_number_says_birth_date_and_sex(written):
    assert identity.read_id_number(written, today=TODAY) == IdNumber(
        "11010519491231002X", date(1949, 12, 31), Sex.FEMALE
    )


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "身份证号为空"),
        ("110105491231002", "身份证号是 15 位旧号码，请填写 18 位号码"),
        ("1101051949123100", "身份证号应为 18 位，现为 16 位"),
        ("1101051949123100200", "身份证号应为 18 位，现为 19 位"),
        ("11010519491231OO2X", "身份证号前 17 位应为数字，末位应为数字或 X"),
        ("1101051949123100X2", "身份证号前 17 位应为数字，末位应为数字或 X"),
        ("110105١٩٤٩123100" + "2X", "身份证号前 17 位应为数字，末位应为数字或 X"),
        ("110105194902310025", "身份证号中的出生日期 19490231 不存在"),
        ("110105197013310025", "身份证号中的出生日期 19701331 不存在"),
        ("110105184912310023", "身份证号中的出生日期 18491231 早于 1900 年"),
        ("110105202603060026", "身份证号中的出生日期 20260306 晚于今天"),
        ("110105194912310021", "身份证号校验码不正确，请核对号码"),
    ],
)  # fmt: skip
def test_a_wrong_number_is_refused_with_its_reason(written, reason):
    with pytest.raises(IdentityError) as refused:
        identity.read_id_number(written, today=TODAY)
    assert str(refused.value) == reason


@given(
    area=st.integers(110000, 659999),
    born_on=st.dates(date(1900, 1, 1), TODAY),
    order=st.integers(0, 999),
    place=st.integers(0, 17),
    digit=st.sampled_from("0123456789"),
)
def test_any_single_wrong_character_is_noticed(area, born_on, order, place, digit):
    first = f"{area}{born_on:%Y%m%d}{order:03}"
    number = first + identity.check_character(first)

    read = identity.read_id_number(number, today=TODAY)
    assert read == IdNumber(number, born_on, Sex.MALE if order % 2 else Sex.FEMALE)

    if number[place] != digit:
        with pytest.raises(IdentityError):
            identity.read_id_number(number[:place] + digit + number[place + 1 :], today=TODAY)


def test_sex_and_birth_date_must_agree_with_the_number():
    number = identity.read_id_number("11010519491231002X", today=TODAY)

    identity.check_agreement(number, sex="女", born_on=date(1949, 12, 31))
    identity.check_agreement(number, sex=Sex.FEMALE)
    with pytest.raises(IdentityError, match=r"^性别与身份证号不一致，按身份证号应为女$"):
        identity.check_agreement(number, sex="男")
    with pytest.raises(IdentityError, match=r"^出生日期与身份证号不一致，按身份证号应为1949年12月31日$"):
        identity.check_agreement(number, born_on=date(1949, 12, 30))


@pytest.mark.parametrize("written", ["13800001234", "+86 138-0000-1234", "138 0000 1234", "１３８00001234"])
def test_a_mobile_number_is_brought_to_eleven_digits(written):
    assert identity.read_mobile(written) == "13800001234"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (" ", "手机号码为空"),
        ("1380000123", "手机号码应为 11 位，现为 10 位"),
        ("138000012345", "手机号码应为 11 位，现为 12 位"),
        ("1380000123a", "手机号码只能是数字"),
        ("01088887777", "手机号码应以 1 开头"),
    ],
)
def test_a_wrong_mobile_number_is_refused_with_its_reason(written, reason):
    with pytest.raises(IdentityError) as refused:
        identity.read_mobile(written)
    assert str(refused.value) == reason
