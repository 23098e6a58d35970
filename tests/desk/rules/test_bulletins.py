"""The wording and the tables of a monthly bulletin."""

from datetime import date

from desk.rules.bulletins import MissingRow, NextItem, Report, Row, SideRow, bulletin, change, moved, percent, ranking
from desk.rules.figures import Figures
from partybuild.lib.official import BarChart, Heading, Paragraph, Table

FULL, GOOD, POOR, NONE = Figures(10, 0, 8, 2, 0), Figures(12, 2, 6, 2, 2), Figures(10, 0, 3, 1, 6), Figures(3, 3)


def report(**values):
    standard = {
        "issuer": "示例区委区直属机关工作委员会", "issuer_short": "区直机关工委", "month": "2026年3月",
        "short_month": "3月",
        "last_month": "2月", "next_month": "4月", "now": GOOD, "before": POOR,
        "units": [Row("财政局机关党委", GOOD, POOR, 1)],
        "campaigns": [Row("四型机关", GOOD, POOR)], "sides": [SideRow("四型机关", "政治机关", GOOD)],
        "missing": [MissingRow("第一支部", "财政局机关党委", 2, ["主题党日", "党课"])],
        "next_items": [NextItem("党课", "四型机关", date(2026, 4, 30), False)],
    }  # fmt: skip
    return Report(**standard | values)


def texts(document):
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def titles(document, kind=Table):
    return [block.title for block in document.blocks if isinstance(block, kind)]


def test_the_form_of_minutes():
    document = bulletin(report(), date(2026, 4, 15))
    assert document.is_minutes
    assert (document.mark, document.signer) == ("区直机关工委月调度纪要", "示例区委区直属机关工作委员会")
    assert (document.title, document.date) == ("2026年3月机关党建工作月调度纪要", date(2026, 4, 15))
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == [
        "总体情况", "各单位完成情况", "各类型完成情况", "未完成任务", "下月安排",
    ]  # fmt: skip


def test_the_figures_in_a_sentence():
    assert texts(bulletin(report(), date(2026, 4, 15)))[1] == (
        "3月应完成10项（另有2项免报，不计入），完成8项，完成率80.0%。其中按时完成6项，按时率60.0%；补报完成2项；未完成2项。"
        "与2月相比，完成率上升40个百分点，按时率上升30个百分点。"
    )


def test_a_first_month_is_compared_with_nothing():
    assert "相比" not in "".join(texts(bulletin(report(before=Figures()), date(2026, 4, 15))))


def test_changes_in_words_and_cells():
    assert [moved(points) for points in (2.1, -0.8, 0.0)] == ["上升2.1个百分点", "下降0.8个百分点", "持平"]
    assert [change(Row("甲", now, before)) for now, before in ((GOOD, FULL), (FULL, GOOD), (GOOD, GOOD))] == [
        "-20", "+20", "0",
    ]  # fmt: skip
    assert change(Row("甲", NONE, GOOD)) == "—"
    assert [percent(share) for share in (None, 0, 0.8361, 0.9999, 1)] == ["—", "0.0%", "83.6%", "100.0%", "100%"]


def test_who_is_first_and_who_is_last():
    rows = [
        Row(f"单位{n}", figures, NONE, n) for n, figures in enumerate([FULL, GOOD, GOOD, POOR, POOR, POOR], start=1)
    ]
    assert ranking(rows) == (
        "参加排名的单位6个，其中1个全部完成。完成率居前的是单位1、单位2、单位3；居后的是单位4、单位5、单位6。"
    )
    assert ranking(rows[:5]) == "参加排名的单位5个，其中1个全部完成。"
    assert ranking([*rows[1:3], Row("免报单位", NONE, NONE)]) == "参加排名的单位2个。"
    assert ranking([Row("免报单位", NONE, NONE)]) == "本月各单位均没有到期的任务。"


def test_tables_are_numbered_without_gaps():
    assert titles(bulletin(report(sides=[], missing=[]), date(2026, 4, 15))) == [
        "表1　各创建活动完成情况", "表2　各单位完成情况", "表3　4月到期的任务",
    ]  # fmt: skip
    assert titles(bulletin(report(), date(2026, 4, 15)), BarChart) == ["图1　各单位完成率"]


def test_a_campaign_is_named_once_above_its_sides():
    sides = [SideRow("四型机关", "政治机关", GOOD), SideRow("四型机关", "书香机关", NONE)]
    table = next(block for block in bulletin(report(sides=sides), date(2026, 4, 15)).blocks
                 if isinstance(block, Table) and "类型" in block.title)  # fmt: skip
    assert [list(row) for row in table.rows] == [
        ["四型机关", "政治机关", "10", "6", "2", "2", "2", "80.0%", "60.0%"],
        ["", "书香机关", "0", "0", "0", "0", "3", "—", "—"],
    ]


def test_what_several_campaigns_ask_for_stands_once_and_monthly_work_in_a_sentence():
    day = date(2026, 4, 30)
    items = [
        NextItem("党课", "四型机关", day, False),
        NextItem("党课", "五型模范机关", day, False),
        NextItem("主题党日", "四型机关", day, True),
        NextItem("主题党日", "五型模范机关", day, True),
    ]
    document = bulletin(report(next_items=items), date(2026, 4, 15))
    assert texts(document)[-2:] == ["4月每月任务1项：主题党日。", "另有1项任务在4月到期，请提前安排。"]
    table = document.blocks[-1]
    assert [list(row) for row in table.rows] == [["4月30日", "党课", "四型机关等2项活动"]]


def test_a_month_without_tasks_says_so():
    empty = report(now=Figures(), units=[], campaigns=[], sides=[], missing=[], next_items=[])
    assert texts(bulletin(empty, date(2026, 4, 15)))[1:] == ["3月没有到期的任务。", "4月没有到期的任务。"]


def test_what_is_not_listed_is_told():
    few = report(now=Figures(20, 0, 10, 0, 10))
    assert any("其余8项见平台任务清单" in text for text in texts(bulletin(few, date(2026, 4, 15))))
