"""Names of organisations and people as they are searched for. Pure."""

from pypinyin import Style, lazy_pinyin


def initials(name: str, longest: int = 128) -> str:
    """First letters of the pinyin, lower case: 财政局第二支部 → czjdezb."""
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(letter for letter in letters if letter.isalnum()).lower()[:longest]
