import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from branches.rules.names import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("财政局第二支部", "czjdezb"),
        ("A局（机关）3科", "ajjg3k"),
        ("张三", "zs"),
        ("", ""),
    ],
)
def test_first_letters_of_the_pinyin(name, letters):
    assert initials(name) == letters


def test_no_longer_than_its_column():
    assert initials("中" * 200, 32) == "z" * 32


@pytest.mark.parametrize("name", ["重庆", "张朝阳", "单于", "曾国藩", "𠮷田", "Li Ming", "长安·银行", "阿依古丽"])
def test_a_short_name_is_read_as_a_long_one(name):
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    assert initials(name) == "".join(filter(str.isalnum, letters)).lower()


@given(st.text(st.sampled_from("张王重庆长行朝阳单于曾乐银中国人民不了好a1·"), max_size=5))
def test_phrases_are_seen_in_every_short_name(name):
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    assert initials(name) == "".join(filter(str.isalnum, letters)).lower()
