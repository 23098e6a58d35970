"""What a document says of itself: title, name, level, year, issuer."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.matter import DATE_LINE, DOCUMENT_NUMBER, SALUTATION

_KIND = re.compile(
    r"方案|计划|意见|要点|安排|办法|通知|讲话|规划|细则|制度|清单|措施|规定|行动|任务书|部署|手册|指引|发言|报告|纲要"
    r"|决定|公约|规程|标准"
)
_ISSUED = re.compile(r"关于(?:印发|下发|转发)《(?P<title>[^》]+)》的通知")
_NOT_TITLE = re.compile(r"^(?:中共.{2,30}文件|.{2,30}文件$|[(（].*[)）]$|附\s*件.{0,4}$|目\s*录|签发人|密级|[\d\W]+$)")
_CAMPAIGN = re.compile(
    r"(?P<verb>创建|建设|打造|争创|实施|开展|推进|推动|深化)?(?P<quoted>“[^“”]{2,16}”)(?P<noun>(?:模范)?(?:机关|支部"
    r"|行动|活动|工程|年|创建|计划|专项行动|学校|医院|企业|社区)?)"
)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)\s*(?:-\s*20\d\d)?\s*年?(?:度)?")
_YEAR_OF = re.compile(r"(?<!\d)(20[0-4]\d)\s*年度")
_ANNIVERSARIES = (
    (re.compile(r"(?:建党|中国共产党成立|党的?(?:成立|生日))\s*(\d{2,3})\s*周年"), 1921),
    (re.compile(r"(?:新中国|中华人民共和国|建国|国庆)(?:成立)?\s*(\d{2,3})\s*周年"), 1949),
)
_LAST_YEAR = re.compile(r"“?(十[三四五六])五”?(?:规划)?(?:的)?(?P<mark>收官|开局)之年")
_PLAN_ENDS = {"十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}

_LEVELS = (
    ("街道", r"街道"), ("镇", r"[\u4e00-\u9fff]镇党委|我镇|全镇"), ("乡", r"[\u4e00-\u9fff]乡党委|我乡|全乡"),
    ("社区", r"社区党委|我社区"), ("校", r"我校|全校|学校党委|校党委|大学党委|学院党委"), ("医院", r"我院党委"
         r"|医院党委|全院"),
    ("院", r"我院|院党委|全院|院各党支部"), ("区局", r"区局"), ("市局", r"市局(?!长)|市[\u4e00-\u9fff]{2,6}局党(?:委"
         r"|组)"),
    ("企业", r"公司党委|集团党委|我公司|集团公司|公司各党支部|公司党总支"), ("厅", r"厅党组|我厅|厅机关"),
    ("县", r"我县|全县|县直|县委"), ("区", r"我区|全区(?!域)|区直|区委"), ("市", r"我市|全市|市直|市级机关|市委"),
    ("省", r"我省|全省|省直|省委"), ("局", r"我局|局党组|局党委|局机关|全局(?=各|上下|党)"), ("委", r"我委|委机关"),
    ("部", r"我部"),
)  # fmt: skip
_OWN = re.compile(r"我|全|各党支部|直|党组|党委")
_ISSUER = re.compile(
    r"(?<![\u4e00-\u9fff])(?:中共)?(?P<name>[\u4e00-\u9fffXx×]{0,14}?(?:机关工委|直属机关工委|级机关工委|直属工委"
    r"|机关党委|党委(?!办|会|委|书记)|党组(?!织|书记|成员)|党工委|党总支|委组织部))"
)
_COMMITTEE = re.compile(r"中共(?P<name>[\u4e00-\u9fffXx×]{2,20}委员会)$")
_ANYWHERE = re.compile(
    r"(?P<name>(?:市委市级|市直|区直|县直|省直|市级|区委(?:直属)?|市委(?:直属)?|县委(?:直属)?"
    r"|省委(?:直属)?)?(?:直属)?机关(?:党)?工委|(?:院|局|校|公司|集团|厅|镇|街道|医院|学校|大学|学院|区局|市局|县局"
    r"|中心|社区)党(?:委|工委|组|总支)(?!办|会|书记|委员|成员|织))"
)
_LONGEST_TITLE = 80


@dataclass(frozen=True)
class Header:
    """Each with the piece it was read from, where there is one, and whether it is only a guess."""

    title: str = ""
    title_piece: Piece | None = None
    name: str = ""
    level: str = ""
    year: int | None = None
    year_piece: Piece | None = None
    year_why: str = ""
    issuer: str = ""
    issuer_piece: Piece | None = None


def header_of(preamble: Sequence[Piece], body: Sequence[Piece], tail: Sequence[Piece]) -> Header:
    """Reads the document's own data from its head, its end and, where these are silent, its text."""
    title_lines = _title_lines(preamble)
    title = "".join(line.text for line in title_lines)
    issued = _ISSUED.search(title)
    title = (issued["title"] if issued else title)[:_LONGEST_TITLE]
    year, year_piece, year_why = _year(title_lines, preamble, body, tail)
    issuer, issuer_piece = _issuer(title_lines, preamble, body, tail)
    return Header(
        title=title,
        title_piece=title_lines[0] if title_lines else None,
        name=_name(title, preamble),
        level=_level(title, issuer, preamble, body),
        year=year,
        year_piece=year_piece,
        year_why=year_why,
        issuer=issuer,
        issuer_piece=issuer_piece,
    )


def _title_lines(preamble: Sequence[Piece]) -> list[Piece]:
    """The short lines without a stop before the first sentence; those that send the document out are left out."""
    lines: list[Piece] = []
    for line in preamble[:12]:
        plain = line.plain
        is_text = plain.endswith(("。", "；", "，")) or len(line.text) > _LONGEST_TITLE or "|" in plain
        if SALUTATION.fullmatch(plain) or is_text:
            break
        if not (
            _NOT_TITLE.match(plain) or DOCUMENT_NUMBER.fullmatch(plain) or DATE_LINE.fullmatch(plain)
        ) and not plain.endswith("："):
            lines.append(line)
    for last in range(len(lines), 0, -1):
        if _KIND.search(lines[last - 1].plain):
            first = last - 1
            while first > 0 and not _KIND.search(lines[first - 1].plain) and last - first < 3:
                first -= 1
            return lines[first:last]
    return lines[:1]


def _name(title: str, preamble: Sequence[Piece]) -> str:
    """创建“四型机关”: what the campaign is called, from the title or, where there is none, the first lines."""
    for text in (title, *(piece.text for piece in preamble[:4])):
        found = [match for match in _CAMPAIGN.finditer(text) if match["verb"] or text is title]
        if found:
            match = found[-1] if text is title else found[0]
            verb, noun = match["verb"] or "", match["noun"]
            return f"创建{match['quoted']}" if noun == "创建" else f"{verb}{match['quoted']}{noun}"
    name = re.sub(r"^.{0,20}?关于|^中共|的?(?:实施|工作)?(?:方案|意见|计划|通知|办法)(?:\(.*\))?$", "", title)
    return name or title


def _year(
    title: Sequence[Piece], preamble: Sequence[Piece], body: Sequence[Piece], tail: Sequence[Piece]
) -> tuple[int | None, Piece | None, str]:
    for piece in title:
        match = _YEAR.search(piece.plain)
        if match:
            return int(match[1]), piece, ""
    for piece in [*reversed(tail), *preamble[:8]]:
        match = re.match(r"\(?\s*(20[0-4]\d)\s*年\s*\d{1,2}\s*月", piece.plain)
        if match and DATE_LINE.fullmatch(piece.plain):
            return int(match[1]), piece, ""
    return _year_in(body)


def _year_in(body: Sequence[Piece]) -> tuple[int | None, Piece | None, str]:
    """From the text itself: a year of assessment, a feast, else the latest year that is named more than once."""
    why = "年度由正文推断，请核对"
    for piece in body:
        match = _YEAR_OF.search(piece.plain)
        if match:
            return int(match[1]), piece, why
    for piece in body:
        last = _LAST_YEAR.search(piece.plain)
        if last:
            return _PLAN_ENDS[last[1]] - (4 if last["mark"] == "开局" else 0), piece, why
    feasts = [
        (founded + int(match[1]), piece)
        for piece in body for pattern, founded in _ANNIVERSARIES for match in pattern.finditer(piece.plain)
    ]  # fmt: skip
    if feasts:
        year, piece = min(feasts, key=lambda found: found[0])
        return year, piece, why
    named = [(int(match[1]), piece) for piece in body for match in re.finditer(r"(?<!\d)(20[0-4]\d)\s*年", piece.plain)]
    if named:
        often = Counter(year for year, _ in named)
        year, piece = max(named, key=lambda found: (often[found[0]], found[0]))
        return year, piece, why
    return None, None, ""


def _issuer(
    title: Sequence[Piece], preamble: Sequence[Piece], body: Sequence[Piece], tail: Sequence[Piece]
) -> tuple[str, Piece | None]:
    for piece in [*reversed(tail), *preamble[:2]]:
        match = _COMMITTEE.search(piece.plain) or (
            None if piece.plain.startswith("各") else _ISSUER.search(piece.plain)
        )
        if match and len(piece.text) <= 40 and len(match["name"]) > 2:
            return re.sub(r"^.*年(?:度)?(?=.{3})", "", match["name"]), piece
    found = [
        (match["name"], piece) for piece in [*title, *preamble, *body] for match in _ANYWHERE.finditer(piece.plain)
    ]
    if not found:
        return "", None
    counts = Counter(name for name, _ in found)
    return max(found, key=lambda each: (counts[each[0]], len(each[0])))


def _level(title: str, issuer: str, preamble: Sequence[Piece], body: Sequence[Piece]) -> str:
    """The words for one's own unit, those of the head of the document before those of its text."""
    for text, least in (
        (f"{title}，{issuer}", 1),
        ("".join(piece.plain for piece in preamble), 1),
        ("".join(piece.plain for piece in body), 2),
    ):
        counted = [(len(re.findall(pattern, text)), -place, level) for place, (level, pattern) in enumerate(_LEVELS)]
        best = max(counted)
        if best[0] >= least:
            return best[2]
    return ""
