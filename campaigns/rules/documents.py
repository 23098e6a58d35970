"""The short signs of the source documents in words: "TJ 三（五）" is "机关党建推进会讲话 三（五）"."""

import re

DOCUMENTS = {
    "SX": "“四型机关”工作方案",
    "WX": "“五型模范机关”实施方案",
    "MF": "“模范机关”实施方案",
    "TJ": "机关党建推进会讲话",
    "TS": "“基层党建提升年”工作方案",
}
_SIGN = re.compile(r"\b(SX|WX|MF|TJ|TS)\b")


def in_words(source: str) -> str:
    """The place in a document as it stands on a page; what carries no sign stays as it is."""
    return _SIGN.sub(lambda match: DOCUMENTS[match[1]], source)
