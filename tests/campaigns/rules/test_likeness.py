"""Texts and pictures that look alike."""

import time
from random import Random

import pytest

from campaigns.rules.likeness import (
    distance,
    normalised,
    picture_keys,
    picture_value,
    share,
    stretches,
    text_keys,
)
from tests.factories.district import MINUTES

OTHER = (
    "会议由支部书记主持，传达学习了上级关于作风建设的通知。与会同志结合窗口岗位谈了体会，"
    "认为要把群众等候时间压下来，由综合科牵头拿出办法，月底前在支委会上汇报。"
)


def random_text(seed: int, length: int) -> str:
    random = Random(seed)
    return "".join(chr(random.randint(0x4E00, 0x9FA0)) for _ in range(length))


def test_x11_digits_blanks_and_punctuation_say_nothing():
    assert normalised("3月12日， Party　Ａ！") == "月日partya"


def test_x11_the_same_text_with_another_date_is_the_same():
    assert share(stretches(f"3月12日{MINUTES}"), stretches(f"4月9日：{MINUTES}")) == 100
    assert text_keys(f"3月12日{MINUTES}") == text_keys(f"4月9日：{MINUTES}")


def test_x11_a_text_of_another_meeting_is_another():
    assert share(stretches(MINUTES), stretches(OTHER)) < 10
    assert not {*text_keys(MINUTES)} & {*text_keys(OTHER)}


def test_x11_a_short_text_is_not_compared():
    assert text_keys("学习条例，讨论措施。" * 3) == []


@pytest.mark.parametrize("seed", range(20))
def test_x11_a_copied_text_with_a_changed_sentence_shares_a_key(seed):
    text = random_text(seed, 500)
    changed = text[:200] + random_text(seed + 1000, 40) + text[240:]
    assert share(stretches(text), stretches(changed)) > 70
    assert {*text_keys(text)} & {*text_keys(changed)}


def test_x11_keys_fit_into_the_database_and_are_made_fast():
    text = random_text(7, 10_000)
    start = time.perf_counter()
    keys = text_keys(text)
    assert time.perf_counter() - start < 0.5  # about 20 ms on a free machine
    assert len(keys) == 16
    assert all(-(1 << 63) <= key < 1 << 63 for key in keys)


def test_x11_pictures_that_differ_in_three_bits_share_a_key():
    bits = Random(3).getrandbits(64)
    near = bits ^ (1 << 2 | 1 << 20 | 1 << 40)
    assert distance(picture_value(bits), picture_value(near)) == 3
    assert {*picture_keys(bits)} & {*picture_keys(near)}
    assert distance(picture_value(0), picture_value((1 << 64) - 1)) == 64
    assert max(picture_keys((1 << 64) - 1)) < 1 << 31
