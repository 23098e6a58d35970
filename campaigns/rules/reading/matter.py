"""What in a document is not its plan: salutations, signatures, dates, lists of attachments, notes to the printer."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.markers import Style, marker_of

if TYPE_CHECKING:
    from campaigns.rules.reading.outline import Node


class Matter(Enum):
    BODY = "body"
    SKIP = "skip"
    END = "end"


_YEAR = r"(?:\d{4}|[二〇零○Oо0一三四五六七八九]{4})"
DATE_LINE = re.compile(
    rf"\(?\s*{_YEAR}\s*年\s*[\d一二三四五六七八九十]{{1,2}}\s*月(?:\s*[\d一二三四五六七八九十]{{1,3}}\s*日)?\s*\)?"
)
DOCUMENT_NUMBER = re.compile(r".{0,20}\(?\s*\d{4}\s*\)?\s*第?\s*\d{1,4}\s*号")
SALUTATION = re.compile(r"(?:各|同志们|尊敬的|全体|机关各|本)[^。]{0,80}：")
_ATTACHMENT = re.compile(r"附\s*[件表录]\s*[\d一二三四五六七八九十]{0,2}\s*(?:[：.、]|$)")
_NOTE = re.compile(
    r"\(?(?:此件|本文有删减|联系人|联系电话|抄\s*送|主\s*送|主题词|印发|校对|签发人|密级|特此通知|公开属性)"
)
_CLOSING = re.compile(r"同志们[，：！]")
_PAGE = re.compile(r"-?\s*\d{1,3}\s*-?|第\s*\d+\s*页.*")
_PLAIN_HEADING = re.compile(
    r"(?:总体要求|总体思路|总体目标|指导思想|基本原则|工作目标|主要目标|重要意义|重点任务|主要任务|工作任务|重点工作"
    r"|重点举措"
    r"|主要措施|工作措施|具体措施|主要内容|工作内容|创建内容|活动内容|实施步骤|方法步骤|工作步骤|时间安排|进度安排"
    r"|阶段安排"
    r"|组织领导|保障措施|组织保障|工作保障|工作要求|有关要求|相关要求|考核评价|监督检查|督导检查|组织实施)"
)


def matter_of(line: Piece, has_headings: bool, rest: Sequence[Piece]) -> Matter:
    """Whether a paragraph belongs to the plan, is passed over, or ends it."""
    plain = line.plain
    if _NOTE.match(plain) or _PAGE.fullmatch(plain) or DOCUMENT_NUMBER.fullmatch(plain):
        return Matter.SKIP
    if DATE_LINE.fullmatch(plain) or _is_signature(line, rest):
        return Matter.SKIP
    if has_headings and _CLOSING.match(plain) and not any(marker_of(each) for each in rest):
        return Matter.END
    return Matter.SKIP if _ATTACHMENT.match(plain) else Matter.BODY


def is_matter(line: Piece) -> bool:
    """A date, a number, a salutation, a note to the printer, a list of attachments."""
    plain = line.plain
    patterns = (DATE_LINE, DOCUMENT_NUMBER, SALUTATION, _PAGE)
    return bool(_NOTE.match(plain) or _ATTACHMENT.match(plain) or any(each.fullmatch(plain) for each in patterns))


def _is_signature(line: Piece, rest: Sequence[Piece]) -> bool:
    """The name of a body on a line of its own before the date."""
    for following in rest[:3]:
        if DATE_LINE.fullmatch(following.plain):
            return len(line.text) <= 40 and marker_of(line) is None and not re.search(r"[。；：]$", line.plain)
        if len(following.text) > 40 or re.search(r"[。；：，]", following.plain):
            return False
    return False


def is_annex(line: Piece) -> bool:
    """附件：…: what follows belongs to none of the parts above."""
    return bool(_ATTACHMENT.match(line.plain))


def attachment_list(line: Piece, rest: Sequence[Piece]) -> int:
    """How many of the following lines go on with the list that 附件：1.… began."""
    if not re.match(r"附\s*[件表录]\s*：", line.plain):
        return 0
    count = 0
    for each in rest:
        marker = marker_of(each)
        if marker is None or marker.style != Style.ARABIC or len(each.text) > 60 or "。" in each.text:
            break
        count += 1
    return count


def new_document(line: Piece, parts: Sequence["Node"]) -> bool:
    """The title of the plan itself after the letter that sends it out, which numbered a few lines of its own."""
    is_title = len(line.text) <= 60 and re.search(r"(?:方案|要点|计划|意见|办法)(?:\(.{1,10}\))?$", line.plain)
    if not parts or not is_title or marker_of(line) is not None or re.search("[，。：]", line.plain):
        return False
    return sum(len(piece.text) for part in parts for node in part.walk() for piece in node.statement) < 600


def is_plain_heading(line: Piece) -> bool:
    """A usual heading that stands alone without a number."""
    return bool(_PLAIN_HEADING.fullmatch(line.plain.strip("：。 ")))
