import pytest

from members.rules.accounts import LONGEST, LoginStyle, login_of


@pytest.mark.parametrize(
    ("name", "phone", "style", "taken", "login"),
    [
        ("李敏", "13800001234", LoginStyle.NAME, (), "limin"),
        ("李敏", "13800001234", LoginStyle.NAME, ("limin",), "limin2"),
        ("李敏", "", LoginStyle.NAME, ("limin", "limin2", "limin3"), "limin4"),
        ("李敏", "138 0000 1234", LoginStyle.NAME_AND_PHONE, (), "limin1234"),
        ("李敏", "13800001234", LoginStyle.NAME_AND_PHONE, ("limin1234",), "limin1234-2"),
        ("李敏", "", LoginStyle.NAME_AND_PHONE, (), "limin"),
        ("买买提·阿里", "", LoginStyle.NAME, (), "maimaitiali"),
        ("·", "", LoginStyle.NAME, (), "dangyuan"),
    ],
)
def test_a_login_is_the_name_and_perhaps_the_phones_tail(name, phone, style, taken, login):
    assert login_of(name, phone, style, taken) == login


def test_a_login_is_never_too_long():
    assert len(login_of("张" * 60, "13800001234", LoginStyle.NAME_AND_PHONE, ())) <= LONGEST + 4
