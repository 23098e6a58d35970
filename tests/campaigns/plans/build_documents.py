"""Makes the Word documents of this folder: ``python -m tests.campaigns.plans.build_documents``.

One has its numbers typed and a table of tasks as an annex; in the other Word itself numbers the paragraphs, so that the
numerals stand nowhere in the text, and a table with the days stands in the middle. Of those of ``further_lines``,
two are numbered by Word, two are tables of tasks with notes below. The thirty-first came as a Word document already.
"""

from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from tests.campaigns.plans.further_lines import (
    COMPANY_LINES,
    COUNTY_LINES,
    COUNTY_NOTES,
    COUNTY_ROWS,
    COURT_LINES,
    COURT_NOTES,
    COURT_ROWS,
    HOSPITAL_LINES,
)

HERE = Path(__file__).parent
MADE_AT = datetime(2026, 1, 5, tzinfo=UTC)

# ruff: noqa: E501
MODEL_LINES = """
望海市市直机关“让党中央放心、让人民群众满意”模范机关创建实施方案
（2026年2月）
为持续深化模范机关创建工作，根据省委有关要求，结合市直机关61个单位实际，制定本方案。
一、创建目标
到2026年年底，市直机关创建达标单位不少于50个，其中示范单位10个，培育优秀创建案例30篇。
二、创建任务
（一）建设政治坚定的机关
1. 强化政治忠诚教育。每年开展政治忠诚教育不少于两次，新任职处级干部在任职3个月内参加1次政治忠诚培训。
2. 健全督办落实机制。对习近平总书记重要指示批示，由各单位建立台账，每月对账，每季度向工委报告落实情况一次。
（二）建设学习过硬的机关
1. 深化理论学习。党组理论学习中心组每季度至少开展一次集中研讨，青年理论学习小组每月学习不少于1次，党员年度学习积分不低于120分。
2. 办好“机关大讲堂”。市直机关工委每两个月举办一期，全年不少于6期，每期参训人员不少于200人。
（三）建设服务优良的机关
1. 深入基层联系服务。市直单位领导班子成员每年到基层联系点不少于4次，帮助解决实际困难不少于2个；每个机关党支部与1个村（社区）党组织结对共建。
2. 提升办事效率。政务服务事项网办率达到95%以上，群众投诉在5个工作日内办结，办结率100%。
（四）建设清正廉洁的机关
1. 开展纪律教育。每年开展一次集中性纪律教育，时间不少于1个月；党组织书记每年至少上1次廉政党课。
2. 强化日常监督。机关纪委每半年分析一次政治生态，对新提任干部廉政谈话实现全覆盖。
三、工作机制
（一）责任机制。市直机关工委统筹，各单位党组（党委）负主体责任，党组书记任本单位创建工作领导小组组长，分管领导任副组长，内设机构主要负责人为成员，机关党委承担日常工作。
（二）推进机制。实行“季调度、半年评估、年度考核”，每半年评选一次“红旗单位”。
（三）激励机制。对示范单位予以通报表扬，对评估排名后5位的单位进行约谈。
附件：重点任务分工表
""".strip().splitlines()
MODEL_ROWS = (
    ("序号", "重点任务", "责任单位", "完成时限"),
    ("1", "制定本单位创建方案并报工委备案", "各单位机关党委", "3月20日前"),
    ("2", "组织政治忠诚教育", "各单位党组（党委）", "6月底前完成第一次，11月底前完成第二次"),
    ("3", "完成基层联系点确定工作", "各单位领导班子", "4月10日前"),
    ("4", "开展集中性纪律教育", "各单位机关纪委", "7月31日前"),
    ("5", "组织年度创建考核", "市直机关工委", "12月15日前"),
)

# Level of Word's numbering and text; level None stands unnumbered.
NOTICE_LINES: tuple[tuple[int | None, str], ...] = (
    (None, "关于做好2026年机关党支部“晋位升级”工作的通知"),
    (None, "局属各党支部："),
    (None, "为推动机关党支部全面进步、全面过硬，经局机关党委2026年第3次会议研究，现就支部“晋位升级”工作通知如下。"),
    (0, "总体安排"),
    (None, "对全局27个党支部按照先进、较好、一般、后进四个等次实行动态管理，年内先进支部比例达到40%，后进支部动态清零。"),
    (0, "工作任务"),
    (1, "开展对标定级。各支部对照标准逐项自评，3月底前完成定级，定级结果公示不少于5个工作日。"),
    (1, "抓好组织生活。主题党日每月开展1次，每季度集中研讨不少于1次，支部书记每半年至少讲一次党课。"),
    (1, "建立联系制度。局领导班子成员每人联系1个支部，每季度到联系支部指导不少于一次；后进支部由机关党委委员每月走访一次。"),
    (1, "加强阵地建设。每个支部建好一个党员活动室，6月15日前完成验收；支部活动经费按每名党员每年260元拨付。"),
    (1, "选树先进典型。每季度推选“支部之星”3名，全年形成不少于4个典型案例。"),
    (0, "时间安排"),
    (None, "各阶段工作按照下表推进："),
    (0, "有关要求"),
    (1, "压实责任。支部书记履行第一责任人职责，成立由机关党委书记任组长、专职副书记任副组长、各支部书记为成员的工作小组。"),
    (1, "定期调度。机关党委每月调度、每季通报，12月10日前各支部报送总结。"),
)  # fmt: skip
NOTICE_ROWS = (
    ("阶段", "时间", "主要工作"),
    ("对标定级", "3月1日至3月31日", "自评、审定、公示"),
    ("整改提升", "4月至10月", "对照短板逐项整改"),
    ("复核晋级", "11月至12月", "复核、晋级、通报"),
)
_NUMBERING = (
    "<w:abstractNum {ns} w:abstractNumId='90'><w:multiLevelType w:val='multilevel'/>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='（%2）'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl>"
    "</w:abstractNum>"
)


def build(folder: Path) -> None:
    """Writes the documents into the folder."""
    _save(_model(), folder / "06-model.docx")
    _save(_notice(), folder / "07-notice.docx")
    _save(_numbered(COMPANY_LINES), folder / "15-company.docx")
    _save(_tabled(COURT_LINES, COURT_ROWS, COURT_NOTES), folder / "17-court.docx")
    _save(_numbered(HOSPITAL_LINES), folder / "21-starhospital.docx")
    _save(_tabled(COUNTY_LINES, COUNTY_ROWS, COUNTY_NOTES), folder / "24-countylist.docx")


def _model() -> DocumentType:
    document = Document()
    for line in MODEL_LINES:
        document.add_paragraph(line)
    _add_table(document, MODEL_ROWS)
    return document


def _numbered(lines: tuple[tuple[int | None, str], ...]) -> DocumentType:
    document = _with_lists()
    for level, text in lines:
        _number(document.add_paragraph(text), level)
    return document


def _tabled(lines: tuple[str, ...], rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...]) -> DocumentType:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    _add_table(document, rows)
    for line in notes:
        document.add_paragraph(line)
    return document


def _with_lists() -> DocumentType:
    """A document in which Word numbers paragraphs of three levels."""
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(_NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='90'><w:abstractNumId w:val='90'/></w:num>"))
    return document


def _notice() -> DocumentType:
    document = _with_lists()
    for level, text in NOTICE_LINES:
        _number(document.add_paragraph(text), level)
        if text.endswith("下表推进："):
            _add_table(document, NOTICE_ROWS)
    return document


def _number(paragraph: Paragraph, level: int | None) -> None:
    if level is None:
        return
    mark = f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='90'/></w:numPr>"
    paragraph._p.get_or_add_pPr().append(parse_xml(mark))


def _add_table(document: DocumentType, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _save(document: DocumentType, path: Path) -> None:
    properties = document.core_properties
    properties.author, properties.created, properties.modified = "", MADE_AT, MADE_AT
    document.save(str(path))


if __name__ == "__main__":
    build(HERE)
