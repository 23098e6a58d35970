"""Deep numbers, rules with points, items by words, and amounts that are shared, reached, or dealt out to each."""

import re

import pytest

from campaigns.rules.reading.amounts import amounts
from campaigns.rules.reading.days import days
from campaigns.rules.reading.demands import Sentence
from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.phases import spans
from campaigns.rules.reading.reader import read_plan, stated
from campaigns.rules.reading.schedule import cadences
from campaigns.rules.reading.seats import seats
from tests.campaigns.rules.reading.tables import TABLE


def read(text, title=""):
    return [demand.target for demand in stated(Sentence.of(Piece(text, 0)), title, "measure", TABLE)]


def tasks(text):
    return [(task.number, task.title) for task in read_plan(text, rules=TABLE).plan.tasks()]


def test_x01_items_below_a_bare_heading_are_tasks_and_below_a_told_one_are_not():
    text = (
        "关于改进作风的方案\n一、重点任务\n（一）改进作风\n1.为基层减负\n"
        "（1）精简会议。全年会议不少于压减一成，能合并的合并召开。\n（2）规范督查。同一单位的督查统筹安排，不重复进行。\n"
        "2.办好实事。各支部认真组织，每年办成2件实事。\n（二）强化学习。各支部每月学习1次，做好记录。\n"
    )
    assert tasks(text) == [
        ("1.1.1.1", "精简会议"), ("1.1.1.2", "规范督查"), ("1.1.2", "办好实事"), ("1.2", "强化学习"),
    ]  # fmt: skip


def test_x01_the_items_of_an_article_belong_to_it():
    text = (
        "党支部考核办法\n第一章　考核内容\n第一条　政治建设。党支部认真学习，每月集中学习1次。\n"
        "第二条　组织建设。\n（一）按期换届完成率100%，得5分；\n（二）主题党日每月1次，得5分；\n"
        "（三）党费按月收缴，得2分。\n"
    )
    assert [number for number, _ in tasks(text)] == ["1", "2"]


def test_x01_first_next_and_last_inside_a_paragraph_of_a_speech():
    text = (
        "在推进会上的讲话\n同志们：\n一、认清形势\n形势逼人，任务繁重。大家要心中有数。\n二、扛牢责任\n"
        "首先，书记要带头。各单位书记每年督导2次，重要工作亲自部署。其次，纪律要严明。各单位每年开展警示教育2次，发现一起查处一起。"
        "最后，考核要用好。工委每季度抽查，对落后的单位约谈提醒。\n"
    )
    found = tasks(text)
    assert found[-3:] == [("2.1", "书记要带头"), ("2.2", "纪律要严明"), ("2.3", "考核要用好")]


def test_x01_words_of_order_out_of_order_number_nothing():
    text = (
        "在会上的讲话\n同志们：\n一、抓好落实\n最后，要抓紧。大家回去就办，不能等。首先，要学好。大家都要学，不能拖。\n"
    )
    assert [number for number, _ in tasks(text)] == ["1"]


def test_x01_figures_below_one_deep_heading_do_not_run_through_the_document():
    text = (
        "关于融合的意见\n第一部分 重点任务\n一、组织建设\n（一）优化设置。设立临时党组织，覆盖重大项目。\n"
        "（二）规范运行。\n"
        "1.按期换届。届满前提醒，确需延期的报批。\n2.规范生活。主题党日每月1次，做好记录。\n"
        "第二部分 组织保障\n1.强化领导。各党组每季度研究1次，抓好落实。\n2.强化考核。每年考核，结果通报。\n"
        "3.强化经费。列入预算，专款专用。\n"
    )
    assert [number for number, _ in tasks(text)] == ["1.1.1", "1.1.2.1", "1.1.2.2", "2.1", "2.2", "2.3"]


def test_x01_a_table_in_an_annex_belongs_to_no_part_above_it():
    text = (
        "关于开展联建活动的通知\n一、总体要求\n坚持上下联动。\n二、工作要求\n（一）加强领导。成立推进小组，抓好落实。\n"
        "附件：重点任务清单\n序号｜工作任务｜具体要求｜完成时限\n1｜组建共同体｜组建12个以上｜4月15日前\n"
        "2｜联办主题党日｜每两个月联办1次｜全年\n3｜攻坚项目｜完成率100%｜年底前\n"
    )
    assert [number for number, _ in tasks(text)] == ["1", "2", "3", "2.1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("专题研究党建工作每学期不少于3次，得6分，每少1次扣2分。", [("3", "次")]),
        ("思想动态每月分析1次，得5分。", [("1", "次")]),
        ("获市级表彰1次，加2分。", []),
        ("其中日常考核占40%、群众测评占60%。", []),
        ("达标率不低于95%，每低1个百分点扣0.5分。", [("0.95", "%")]),
        ("“好”等次不超过参评单位总数的30%。", []),
        ("受处分2人以上的，一票否决。", []),
        ("所占分值不低于10分。", []),
        ("达标率由上年度的91%提高到96%。", [("0.96", "%")]),
        ("占比超过三成。", [("0.3", "%")]),
        ("女性和一线的分别不低于六成和四成。", [("0.6", "%"), ("0.4", "%")]),
        ("办理时间压缩两成以上。", [("0.2", "%")]),
        ("按党员人均600元以上的标准安排。", [("600", "元")]),
        ("集体学习不能少于12次。", [("12", "次")]),
        ("今年要啃下1个“硬骨头”课题。", [("1", "个")]),
        ("三个时段的检查。", []),
    ],
)
def test_x01_amounts_points_and_weights(text, found):
    assert [(f"{each.at_least.normalize():f}", each.unit) for each in amounts(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每名党员作1次交流发言。", [("1", "次", "year")]),
        ("每个支部围绕中心工作选定1至2个攻坚课题。", [("1", "个", "year")]),
        ("党组每半年听取1次汇报，先锋岗由11个增加到20个以上。", [("1", "次", "half_year"), ("20", "个", "year")]),
        ("各支部每半年开展一次自评，评选“先锋之星”20名左右。", [("1", "次", "half_year"), ("20", "人", "year")]),
        ("主要负责人每年、分管负责人每半年走流程不少于一次。", [("1", "次", "half_year"), ("1", "次", "year")]),
    ],
)
def test_x01_what_is_asked_of_each_reached_or_shared(text, found):
    assert sorted((each.at_least, each.unit, each.period) for each in read(text)) == sorted(found)


def test_x01_the_amount_at_the_end_belongs_to_every_period_and_every_deed_of_the_list():
    found = read("支部党员大会和党课每季度、支委会每月至少安排一次。")
    assert {(each.metric, each.period) for each in found} == {
        ("activity.member_assembly", "quarter"), ("activity.party_lecture", "quarter"),
        ("activity.branch_committee", "month"),
    }  # fmt: skip
    found = read("党组织书记上廉政党课、机关纪委书记作纪律辅导每年各不少于1次。")
    assert [each.metric for each in found] == ["integrity.lecture", "manual"]


@pytest.mark.parametrize(
    ("text", "metric", "subject"),
    [
        ("党员领导干部以普通党员身份参加支部组织生活每年不少于6次。", "life.double", "leader"),
        ("党员学习每年不少于40学时。", "study.hours", "member"),
        ("党组织书记每年参加培训不少于56学时。", "manual", "secretary"),
        ("院领导每季度到基层单位调研不少于1次。", "manual", "leader"),
        ("机关每季度到基层调研不少于1次。", "contact.visit", "organization"),
        ("机关纪委每年与内设机构负责人谈话不少于1次。", "manual", "organization"),
        ("书记要切实履行职责，每人联系1个后进支部。", "manual", "secretary"),
        ("完成38个支部的换届不少于38个。", "manual", "organization"),
        ("问题整改完成率不低于80%。", "manual", "organization"),
        ("能立即解决的整改到位率达到100%。", "rectification.immediate", "organization"),
        ("每个支部领办1个融合项目。", "project.branch", "organization"),
        ("形成不少于3个联建品牌。", "manual", "organization"),
        ("深入基层宣讲不少于30场。", "lecture.policy", "organization"),
        ("党组成员每年到联系党支部讲党课不少于1次。", "lecture.linked_unit", "leader"),
    ],
)
def test_x01_a_metric_counts_what_it_is_named_for_and_of_whom_it_says(text, metric, subject):
    assert [(each.metric, each.subject) for each in read(text)][-1:] == [(metric, subject)]


def test_x01_some_of_what_was_asked_are_of_the_same_metric():
    found = read("主题党日全年不少于12次，其中以作风建设为主题的不少于4次。")
    assert [(each.metric, each.at_least) for each in found] == [
        ("activity.theme_day", "12"),
        ("activity.theme_day", "4"),
    ]


def test_x01_the_central_group_studies_where_the_title_names_it():
    found = read("集体学习研讨全年不少于10次。", "深化党组理论学习中心组学习")
    assert [each.metric for each in found] == ["study.central_group"]


def test_x01_a_step_by_its_quarter_and_a_deed_within_one():
    text = (
        "创建方案\n一、主要任务\n（一）学习。抓好学习。\n二、时间安排\n（一）动员启动（3月上旬）。印发方案。\n"
        "（二）考核验收（第四季度）。各支部11月上旬自评。\n"
    )
    stage = read_plan(text, rules=TABLE).plan.stages[-1]
    assert (stage.name, stage.starts, stage.ends) == ("考核验收", "10-01", "12-31")
    assert [day.due for day in days("第三季度对全局23个支部开展复核。")] == ["09-30"]
    assert spans("巩固提升阶段（2023年12月），总结经验。".replace("（", "(").replace("）", ")")) != []


def test_x01_rhythms_of_lists_and_what_is_done_several_times():
    assert rhythm("实行“周清单、季讲评”制度。") == ["week", "quarter"]
    assert rhythm("机关工委每年开展专项督查不少于4轮。") == []
    assert rhythm("机关工委每年开展专项督查1次。") == ["year"]


def rhythm(text):
    found = cadences(Sentence.of(Piece(text, 0)), "", re.compile("机关工委"))
    return [each.item.period for each in found]


def test_x01_the_head_of_the_office_and_persons_who_are_no_body():
    piece = Piece("领导小组下设办公室，办公室设在机关党委，机关党委专职副书记任办公室主任。", 0)
    assert ("办公室主任", "机关党委专职副书记") in [
        (each.seat.role, each.seat.holder) for each in seats([(piece, "")], ("", None))
    ]
    assert seats([(Piece("由工委班子成员牵头联系。", 0), "")], ("", None)) == []
