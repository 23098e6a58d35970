"""Of whom a sentence asks: the kinds of organisation, the group, and whether of persons."""

import re
from collections.abc import Iterator

from campaigns.enums import AudienceGroup as Group
from campaigns.enums import Subject
from campaigns.rules.metrics import METRICS
from campaigns.rules.reading.terms import BRANCH, COMMITTEES, EVERYONE, ISSUER, MANUAL, Term

_DIRECT = re.compile(r"(?:各)?直属(?:各)?(?:机关)?(?:基层)?(?:党组织|党委|党支部|单位)")
_ALL = re.compile(r"(?:各级|各|全体|所有|基层|机关各|每个|所属)(?:级)?(?:机关)?(?:基层)?党组织(?!书记|负责)")
_BRANCH = re.compile(r"党?支部|支委|党小组")
_COMMITTEE = re.compile(
    r"(?<!市)(?<!区)(?<!县)(?<!省)(?:机关|院|局|校|公司|集团|厅|部门|学院|镇|街道)?党(?:委|工委)(?!书记|委员|会议精神"
    r"|常委)|党组(?!书记|成员|织)|领导班子"
)
_ISSUER = re.compile(r"(?:机关|直属|市直|区直|县直|省直)工委|(?<!党)工委|组织部(?!门)")
_MEMBER = re.compile(
    r"(?:每名|每个|每位|全体|在职|广大|各)?(?:在职)?党员(?:干部)?(?:每人|人均|个人)?(?!大会|代表|活动|领导|教育|发展"
    r"|固定|之家|积极分子)|每人|人均"
)
_PERSON = re.compile(
    r"(?<![与和对为向给])(?:每名|每位|每个)(?:在职|窗口|正式|预备)?党员|(?<!发展)党员(?:干部)?(?:每人|人均|本人|个人)"
    r"|(?<!成员)(?<!干部)(?<!书记)(?<!领导)每人|人均|全体党员|在职党员"
    r"|(?<![对与和为向给动展])(?<!评议)党员(?:干部)?(?=每"
    r"|全年|年|至少|要|须|应|参加)"
)
_NEXT, _NEAR = 2, 24
_OF_ALL = {"funds.per_head", "coverage.training", "training.members", "activity.any", "rate.satisfaction"}
_OF_A_BODY = {"contact.visit", "project.branch", "supervision.inspection", "study.hours", "committee.hears_reports"}
_SECRETARY = re.compile(r"(?:党(?:委|组|组织|支部)|支部|总支)[^，。；]{0,6}书记|书记(?=每|带头|要|应|至少|全年|为|讲)")
_LEADER = re.compile(
    r"(?:党员)?领导干部|(?:领导)?班子成员|党组成员|党委委员|[处科局厅县]级(?:以上"
    r"|及以上)?(?:党员)?(?:领导)?干部|分管领导"
    r"|(?:每位|每名|全体)?[校院局厅县区市镇]领导(?!班子|小组)|(?:部门|单位|科室|股室"
    r"|机构)(?:主要)?负责(?:人|同志)|领导人员|支(?:部)?委员(?!会)"
    r"|(?:每位|每名|每个)领导"
)
# Persons who are asked each for himself, whether they are members or not.
_EACH_PERSON = re.compile(
    r"(?:每名|每位|每个)(?![^，。；]{0,4}(?:支部|书记|领导|处级|科级|班子"
    r"|委员))[\u4e00-\u9fff]{0,6}?(?:干部|职工|教师|医生|医护人员|法官|检察官|民警"
    r"|员工|工作者|党员|人员|专员|导师|[办联指协网]\w员)|党员(?:教师|干警|职工|医生)|积极分子(?=每|至少)"
    r"|(?:网格长|网格员|员工"
    r"|管理人员|干警|教师)(?=每)"
)
# Those with whom, for whom or by whose choice something is done: 与负责人谈话, 培训支部委员, 选派党员.
_DEALT_WITH = re.compile(
    r"(?:(?:与|对|向|为|给|跟|把|将)(?!会)[^，。；、]{0,8}|(?:培训|调训|轮训|选派|表彰|评选|选树|培养|帮助"
    r"|遴选|发展|配备)[^，。；、]{0,5})$"
)
_BARE = {"每人", "人均"}
# Bodies; a sentence that names one after the persons asks the body.
_COLLECTIVE = re.compile(
    r"(?:党)?(?:总)?支部(?!书记|委员|班子|党员|的?组织)|党(?:委|组|组织)(?!书记|委员|成员|会议精神)"
    r"|(?:各|每个)[\u4e00-\u9fff]{0,4}?(?:单位|部门|科室|社区|机关|乡镇|窗口|共同体)"
    r"|工委|学校|法庭|学院|医院|专班|领导小组|公司|集团|中心"
)


def by_person(term: Term, before: str, said: str) -> Term:
    """What is asked of every member, or a head's own visits and tasks, cannot be read off an organisation's records."""
    if term.metric in _OF_A_BODY and names_a_head(said):
        return MANUAL
    counts_records = term.metric != MANUAL.metric and METRICS[term.metric].subject == Subject.ORGANIZATION
    asked = any(not _is_dealt_with(before, match.start()) for match in _PERSON.finditer(before))
    return MANUAL if counts_records and asked and term.metric not in _OF_ALL else term


def subject_of(term: Term, before: str, unit: str = "") -> str:
    """Of whom an amount of this term is asked; only what is done by hand may be asked of anybody."""
    if term.metric != MANUAL.metric:
        return METRICS[term.metric].subject.value
    found = [] if unit == "%" else list(_persons(before))
    return max(found)[1].value if found else Subject.ORGANIZATION.value


def names_somebody(text: str) -> bool:
    """Whether a clause says of whom it asks."""
    return bool(_COLLECTIVE.search(text)) or any(_persons(text))


def names_a_head(text: str) -> bool:
    """Whether a clause asks last of a secretary or of leaders."""
    found = max(_persons(text), default=(0, Subject.ORGANIZATION))
    return found[1] in {Subject.SECRETARY, Subject.LEADER}


def _is_dealt_with(text: str, place: int) -> bool:
    return bool(_DEALT_WITH.search(text[max(0, place - _NEAR) : place]))


def _persons(text: str) -> Iterator[tuple[int, Subject]]:
    """Where each kind of person is named; 每人 after the heads means them."""
    heads = [
        (match.end(), subject)
        for pattern, subject in ((_SECRETARY, Subject.SECRETARY), (_LEADER, Subject.LEADER))
        for match in pattern.finditer(text)
        if not _is_dealt_with(text, match.start())
    ]
    yield from heads
    for pattern in (_PERSON, _EACH_PERSON):
        for match in pattern.finditer(text):
            of_heads = match[0].endswith(("每人", "人均")) and any(
                match.start() - _NEXT <= end <= match.end() for end, _ in heads
            )
            if not of_heads and not _is_dealt_with(text, match.start()):
                yield match.end(), Subject.MEMBER


def names_only_each(text: str) -> bool:
    """Whether a clause says 每人 or 人均 and not of whom: those named before it are meant."""
    named = [match[0] for pattern in (_PERSON, _EACH_PERSON) for match in pattern.finditer(text)]
    others = any(subject != Subject.MEMBER for _, subject in _persons(text)) or _COLLECTIVE.search(text)
    return bool(named) and all(each in _BARE for each in named) and not others


def audience_of(term: Term, before: str, subject: str) -> tuple[tuple[str, ...], str]:
    """Kinds of organisation and group, from what stands before the amount; else as is usual for the term."""
    if term.group in {Group.ISSUER.value, Group.WITH_GROUPS.value}:
        return term.kinds, term.group
    if _DIRECT.search(before):
        return EVERYONE, Group.DIRECT.value
    if subject == Subject.MEMBER.value:
        return BRANCH, Group.ALL.value
    if _ALL.search(before):
        return EVERYONE, Group.ALL.value
    found = [
        (match.start(), kinds)
        for pattern, kinds in ((_BRANCH, BRANCH), (_COMMITTEE, COMMITTEES), (_ISSUER, ISSUER))
        for match in [pattern.search(before)]
        if match
    ]
    if not found:
        return term.kinds, term.group
    kinds = min(found)[1]
    return kinds, Group.ISSUER.value if kinds == ISSUER else Group.ALL.value
