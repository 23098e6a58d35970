"""Signs of the source documents in words."""

import pytest

from campaigns.rules.cleanups import OFFERS
from campaigns.rules.contests import PRESETS
from campaigns.rules.documents import DOCUMENTS, in_words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("TJ 三（五）", "机关党建推进会讲话 三（五）"),
        ("WX、TS", "“五型模范机关”实施方案、“基层党建提升年”工作方案"),
        ("TJ 二（四）一，WX 9", "机关党建推进会讲话 二（四）一，“五型模范机关”实施方案 9"),
        ("区委第二巡察组反馈", "区委第二巡察组反馈"),
    ],
)
def test_a_place_is_named_in_words(source, words):
    assert in_words(source) == words


def test_no_sign_is_left_in_what_is_offered():
    told = [in_words(each.source) for each in (*OFFERS, *PRESETS)]
    assert not [words for words in told if any(sign in words for sign in DOCUMENTS)]
    assert all(len(in_words(offer.source)) <= 64 for offer in OFFERS)
