"""The leading group of a plan: 组长, 副组长, 成员, 办公室, or the bodies that take the lead."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from campaigns.rules.plans import PlanSeat
from campaigns.rules.reading.lines import Piece

GUESSED = "文件没有写明领导小组，按发文单位列出，请核对"
_ROLES = (
    r"第一组长|第一副组长|常务副组长|副\s*组\s*长|组\s*长|成\s*员|组员|联络员|办公室主任|办公室副主任|总"
    r"召集人|召集人|副召集人|顾问"
)
_LINE = re.compile(
    r"(?:\d{1,2}[.、]\s*)?(?P<role>组\s*长|副\s*组\s*长|成\s*员(?:单位)?|组\s*员|第一组长|常务副组长|联\s*络\s*员"
    r"|办公室主任|办公室副主任|召集人|副召集人|总召集人|顾\s*问)\s*[：]\s*(?P<holder>.+)$"
)
_INLINE = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<role>{_ROLES})\s*：\s*(?P<holder>[^。；]+?)(?=[。；]|\s+(?:{_ROLES})："
    rf"|，(?:{_ROLES})：|$)"
)
_ACTING = re.compile(
    r"(?:由|以)?(?P<holder>我|本人|[^，。；：、由]{2,30}?(?:、[^，。；：由]{2,20}?)*?)(?:同志)?(?:担?任|为|兼任"
    r"|是)(?:[^，。；、：由任]{0,16}?(?:小组|专班))?(?P<role>第一组长|第一副组长|常务副组长|副组长|组长|成员|组员|副召集人|总召集人"
    r"|召集人)(?!单位)"
)
_BY = re.compile(
    r"(?P<role>第一组长|第一副组长|常务副组长|副组长|组长|成员|组员|办公室主任"
    r"|办公室副主任)由(?P<holder>[^，。；：由]{2,60}?)(?:同志)?(?:担任|兼任|组成)"
)
_OFFICE = re.compile(
    r"办公室(?:日常工作)?(?:设在|设于|挂靠(?:在)?|设立在|设(?:置)?(?:在)?|放在"
    r"|由)(?P<holder>[^，。；：]{2,24}?)(?=[，。；]|负责|承担|$)"
    r"|(?:下设|设立?)办公室(?:于|在|，设在|，办公室设在|，挂靠)(?P<holder2>[^，。；：]{2,24}?)(?=[，。；]|$)"
    r"|办公室\((?:设在|设于|挂靠(?:在)?|放在|在)(?P<holder4>[^，。；：()]{2,24}?)\)"
    r"|办公室设在(?P<holder3>[^，。；：]{2,24}?)(?=[，。；]|$)"
)
_HEAD = re.compile(
    r"(?:由)?(?P<holder>[^，。；：由]{2,24}?)(?:(?:兼|担)任(?:办公室)?|任办公室)主任|(?<!副)主任由(?P<holder2>[^，。；：由]{2,24}?)(?:同志)?(?:兼|担)任"
)
_OFFICE_MEMBERS = re.compile(r"(?:办公室)?成员由(?P<holder>[^，。；]{2,60}?)(?:组成|担任)")
_LEAD = re.compile(
    r"(?:由|以)(?P<holder>[^，。；：由以]{2,40}?)(?:负责|共同|联合|具体|统一|分别|为)?(?:负责)?牵头"
    r"|牵头(?:单位|部门|责任单位)\s*[：是为]\s*(?P<holder2>[^，。；()]{2,40})"
    r"|(?:^|[，。；：])(?P<holder3>[^，。；：由]{2,24}?)(?:负责|具体)?牵头(?:抓总|组织|负责|实施|推进|协调|统筹)"
)
_JOINT = re.compile(
    r"(?P<one>[^，。；、]{2,16})、(?P<two>[^，。；、]{2,16}?)(?:要)?(?:共同|联合)(?:推动|负责|开展|组织|督促)"
)
_REPORTED = re.compile(
    r"(?:向|报|送)(?P<holder>[^，。；]{2,14}(?:办公室|党委办|工委办|党办|党群工作部|党建办))(?=报告|汇报|备案|报送"
    r"|[，。；]|反馈)"
)
# The body by any of its names; roles of a group name it by themselves.
_GROUP = re.compile(
    r"小组|专班|指挥部|委员会|领导机构|组织机构|工作机构|联席会议|(?:推进|指导|督导|协调|工作|领导|活动|专项|创建)组(?!织)|组长|召集人"
)
_MEMBERS = re.compile(
    r"成员(?:单位)?(?:包括|包含|为|有)[：]?(?P<holder>[^。；：为]{2,80}?)(?=[。；]|，(?:[^，、]{0,8}办公室|下设|负责|统筹|具体)|$)"
)
_NUMBER = re.compile(
    r"^\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．])\s*"
)
_PERSONS = re.compile(r"(?:成员|委员|书记|干部|负责人|领导)$")
_BODY = re.compile(r"委|组|部|局|办|室|处|科|院|工会|党|公司|集团|站|中心")


@dataclass(frozen=True)
class FoundSeat:
    """A seat with the words it was read from."""

    seat: PlanSeat
    piece: Piece
    why: str = ""


def seats(pieces: Sequence[tuple[Piece, str]], issuer: tuple[str, Piece | None]) -> list[FoundSeat]:
    """The leading group; where there is none the lead bodies, else the issuer."""
    found = [*_listed(pieces)]
    grouped = [each for piece, source in pieces for each in _of_group(piece, source)]
    roles = {each.seat.role for each in found}
    found += [each for each in grouped if each.seat.role not in roles]
    if not found:
        found = [each for piece, source in pieces for each in _leads(piece, source)]
    if not found:
        found = _of_issuer(pieces, issuer)
    return _distinct(found)


def _listed(pieces: Iterable[tuple[Piece, str]]) -> Iterator[FoundSeat]:
    """组长：… on lines of their own; lines of names go on with 成员."""
    role = ""
    for piece, source in pieces:
        match = _LINE.match(piece.plain)
        if match:
            role = re.sub(r"\s", "", match["role"])
            parts = [*_INLINE.finditer(piece.plain)]
            if len(parts) > 1:
                yield from (_seat(piece, part.span("holder"), part["role"], source) for part in parts)
            else:
                yield _seat(piece, match.span("holder"), role, source)
        elif role in {"成员", "副组长"} and _is_names(piece):
            yield _seat(piece, (0, len(piece.text)), role, source)
        else:
            role = ""
            yield from (
                _seat(piece, part.span("holder"), part["role"], source) for part in _INLINE.finditer(piece.plain)
            )


def _is_names(piece: Piece) -> bool:
    """A line of names and posts under 成员, without a verb or a stop."""
    return len(piece.text) <= 40 and not re.search(r"[。；：]|要|领导小组|负责|\(|^\d", piece.plain)


def _seat(piece: Piece, span: tuple[int, int], role: str, source: str) -> FoundSeat:
    holder = _NUMBER.sub("", piece.text[span[0] : span[1]]).strip(" 　。；，、")
    role = re.sub(r"\s", "", role)
    role = {"组员": "成员", "成员单位": "成员"}.get(role, role)
    return FoundSeat(PlanSeat(role, re.sub(r"\s{2,}", "，", holder), source), piece)


def _of_group(piece: Piece, source: str) -> Iterator[FoundSeat]:
    """由党委书记任组长、…; 办公室设在…, its head and its members."""
    plain = piece.plain
    has_group = bool(_GROUP.search(plain))
    if has_group or "办公室" in plain:
        for match in _OFFICE.finditer(plain):
            name = next(name for name in ("holder", "holder2", "holder3", "holder4") if match[name])
            if re.search("组织|综合|宣|党|机关|办|部|室|科|处|委", match[name]):
                yield _seat(piece, match.span(name), "办公室", source)
                break
    if not has_group:
        return
    for match in _ACTING.finditer(plain):
        span = match.span("holder")
        cut = max(plain.rfind(word, *span) for word in ("成立由", "由", "成立", "，"))
        yield _seat(piece, (max(span[0], cut + 1 if cut >= 0 else span[0]), span[1]), match["role"], source)
    for match in [*_BY.finditer(plain), *_MEMBERS.finditer(plain)]:
        yield _seat(piece, match.span("holder"), match.groupdict().get("role") or "成员", source)
    if "办公室" in plain:
        for pattern, role in ((_HEAD, "办公室主任"), (_OFFICE_MEMBERS, "办公室成员")):
            found = pattern.search(plain, plain.find("办公室"))
            if found:
                group = "holder" if found["holder"] else "holder2"
                yield _seat(piece, found.span(group), role, source)


def _leads(piece: Piece, source: str) -> Iterator[FoundSeat]:
    for match in _LEAD.finditer(piece.plain):
        name = next(name for name in ("holder", "holder2", "holder3") if match[name])
        start, end = match.span(name)
        text = piece.plain[start:end]
        shift = max(text.rfind("具体由"), text.rfind("由"))
        start += shift + 1 if shift >= 0 else 0
        for part in re.finditer("[^和、与及]+", piece.plain[start:end]):
            if _BODY.search(part[0]) and len(part[0]) <= 20 and not _PERSONS.search(part[0]):
                yield _seat(piece, (start + part.start(), start + part.end()), "牵头单位", source)


def _of_issuer(pieces: Sequence[tuple[Piece, str]], issuer: tuple[str, Piece | None]) -> list[FoundSeat]:
    """Nobody is named to lead: the issuer, whoever acts with it, and the office that is reported to."""
    name, where = issuer
    if not name or where is None:
        return []
    found = [FoundSeat(PlanSeat("牵头单位", name), where, GUESSED)]
    for piece, source in pieces:
        for match in _JOINT.finditer(piece.plain):
            pair = {match["one"]: match.span("one"), match["two"]: match.span("two")}
            other = [span for each, span in pair.items() if name not in each and each not in name]
            if len(other) == 1 and _BODY.search(piece.plain[slice(*other[0])]):
                role = "联动整改单位" if "整改" in piece.plain[match.end() - 40 : match.end() + 40] else "联动单位"
                found.append(FoundSeat(_seat(piece, other[0], role, source).seat, piece, GUESSED))
        for match in _REPORTED.finditer(piece.plain):
            found.append(FoundSeat(_seat(piece, match.span("holder"), "办公室", source).seat, piece, GUESSED))
            break
    return found


def _distinct(found: Iterable[FoundSeat]) -> list[FoundSeat]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for each in found:
        key = (each.seat.role, each.seat.holder)
        if each.seat.holder and key not in seen:
            seen.add(key)
            kept.append(each)
    return kept
