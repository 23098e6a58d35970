"""Names of organisations and people as they are searched for. Pure."""

from functools import lru_cache
from itertools import combinations

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

_SHORT = 4


def initials(name: str, longest: int = 128) -> str:
    """First letters of the pinyin, lower case: 财政局第二支部 → czjdezb."""
    letters = "".join(map(_letters, name)) if _is_plain(name) else _letters_of_phrases(name)
    return "".join(letter for letter in letters if letter.isalnum()).lower()[:longest]


def _is_plain(name: str) -> bool:
    """Whether no phrase of the dictionary stands in a short name, so that each character is read by itself."""
    length = len(name)
    return length <= _SHORT and not any(
        name[start:end] in PHRASES_DICT for start, end in combinations(range(length + 1), 2) if end - start > 1
    )


def _letters_of_phrases(name: str) -> str:
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))


_letters = lru_cache(maxsize=4096)(_letters_of_phrases)
