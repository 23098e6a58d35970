"""Contests for titles (争创): for whom, states of an application, the verdict, and the presets that the sources name.

A preset carries criteria only where its source spells them out; the others are open lists which the issuer fills in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from campaigns.rules.work_moves import move


class ContestSubject(TextChoices):
    """What is honoured."""

    ORGANIZATION = "organization", "党组织"
    POST = "post", "岗位"
    MEMBER = "member", "党员"


class ContestState(TextChoices):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    CLOSED = "closed", "已结束"


class ApplicationState(TextChoices):
    APPLIED = "applied", "待推荐"
    RECOMMENDED = "recommended", "待核验"
    MET = "met", "核验达标"
    UNMET = "unmet", "核验未达标"
    AWARDED = "awarded", "已授予"
    WITHDRAWN = "withdrawn", "已撤回"
    DECLINED = "declined", "未推荐"
    REVOKED = "revoked", "已撤销"


A = ApplicationState
APPLICATION_MOVES = {
    "recommend": move("支部推荐", A.APPLIED, to=A.RECOMMENDED, told="已推荐，等待上级核验。"),
    "decline": move("不予推荐", A.APPLIED, to=A.DECLINED, needs_text=True),
    "withdraw": move("撤回申报", A.APPLIED, A.RECOMMENDED, to=A.WITHDRAWN),
    "verify": move("核验", A.RECOMMENDED, A.MET, A.UNMET, leads=True),
    "award": move("授予", A.MET, to=A.AWARDED, leads=True),
    "revoke": move("撤销称号", A.AWARDED, to=A.REVOKED, leads=True, needs_text=True),
}
OPEN_APPLICATION = (A.APPLIED, A.RECOMMENDED, A.MET)
STANDARD_REACHED = (A.MET, A.AWARDED)
MODEL_POST = "model_post"


def first_state(subject: str, *, by_branch: bool) -> ApplicationState:
    """A member's own application goes to his branch first; what an organisation hands in goes up at once."""
    if subject == ContestSubject.ORGANIZATION or by_branch:
        return ApplicationState.RECOMMENDED
    return ApplicationState.APPLIED


def verdict(marks: Iterable[bool]) -> ApplicationState:
    """Every criterion must be met; without any there is nothing to verify."""
    found = list(marks)
    return ApplicationState.MET if found and all(found) else ApplicationState.UNMET


def model_post_note(state: str) -> str:
    """Why taking part does not count yet; empty when the standard is reached (TJ 三（五）: 参与并且达到创建标准)."""
    if state in STANDARD_REACHED:
        return ""
    if state in (ApplicationState.UNMET, ApplicationState.REVOKED):
        return "已参与党员示范岗创建，未达到创建标准"
    return "已参与党员示范岗创建，尚未核验达标"


def lacks_evidence(needed: Iterable[tuple[int, str]], given: Mapping[int, str]) -> list[int]:
    """Criteria (id and what they ask for) that ask for evidence and got none."""
    return [pk for pk, evidence in needed if evidence and not given.get(pk, "").strip()]


def read_criteria(text: str) -> list[tuple[str, str]]:
    """Criteria as typed, one a line, what proves them after a bar: ``亮身份｜照片``."""
    found = []
    for line in text.splitlines():
        words, _, evidence = line.replace("|", "｜").partition("｜")
        if words.strip():
            found.append((words.strip(), evidence.strip()))
    return found


def write_criteria(criteria: Iterable[tuple[str, str]]) -> str:
    """The lines from which ``read_criteria`` reads the same."""
    return "\n".join(f"{text}｜{evidence}" if evidence else text for text, evidence in criteria)


@dataclass(frozen=True)
class Preset:
    """A contest that a source names: the criteria and titles that it spells out, which may be none."""

    code: str
    title: str
    subject: ContestSubject
    source: str
    criteria: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


_O, _P, _M = ContestSubject.ORGANIZATION, ContestSubject.POST, ContestSubject.MEMBER
PRESETS = (
    Preset(
        "three_threes", "三亮三比三争创", _O, "SX 8", ("亮身份", "亮承诺", "亮标准", "比技能", "比业绩", "比作风"),
        ("服务标兵", "满意窗口", "一流品牌"),
    ),
    Preset("stars", "星级支部", _O, "WX 13"),
    Preset("four_strong", "四强支部", _O, "WX 13"),
    Preset("three_clean", "三清示范机关", _O, "WX 20"),
    Preset(MODEL_POST, "党员示范岗", _P, "TJ 三（五）"),
    Preset("brand", "“五个一”党建品牌", _O, "MF 11"),
    Preset("clean_brand", "清廉品牌", _O, "SX 5"),
    Preset("rules_office", "守纪律、讲规矩模范机关", _O, "WX 4"),
    Preset("rules_person", "守纪律、讲规矩先进个人", _M, "WX 4"),
    Preset("excellent_member", "优秀共产党员", _M, "TJ 二（一）一"),
    Preset("civil_unit", "文明单位", _O, "TJ 二（四）一"),
    Preset("civil_office", "文明机关", _O, "TJ 二（四）一，WX 9"),
    Preset("civil_family", "文明家庭", _M, "TJ 二（四）一"),
    Preset("civil_site", "文明网站", _O, "TJ 二（四）一"),
    Preset("law_office", "法治机关", _O, "WX 9"),
    Preset(
        "four_strive", "四个争当", _M, "MF 11", (),
        ("工作业务能手", "创新创业模范", "提高效能标兵", "服务群众先锋"),
    ),
)  # fmt: skip
PRESET_BY_CODE = {preset.code: preset for preset in PRESETS}
