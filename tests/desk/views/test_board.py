"""The board: every figure leads down to as many assignments as it says."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from tests.factories.branches import make_user_with_post
from tests.factories.campaigns import CampaignFactory, FiledActivityFactory
from tests.factories.desk import close, count_again, excused, make_district, stand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-20T15:00:00+08:00")


@pytest.fixture
def district():
    made = make_district()
    one, two, three, four, root_branch = made.branches
    stand(one, made.targets[0], "2026-02", done_on=date(2026, 2, 20))
    stand(two, made.targets[0], "2026-02", done_on=date(2026, 3, 10))
    stand(three, made.targets[1], "2026-02")
    stand(four, made.other_target, "2026-02", done_on=date(2026, 3, 15))  # after the cut-off
    excused(root_branch, made.targets[1], "2026-02")
    stand(made.committees[0], made.other_target, "2026-02", done_on=date(2026, 2, 3))
    count_again()
    close("2026-02")
    stand(one, made.targets[0], done_on=date(2026, 3, 12))
    stand(two, made.targets[1], due_on=date(2026, 3, 10))
    stand(three, made.other_target)
    count_again()
    return made


@pytest.fixture
def as_leader(client, district):
    client.force_login(make_user_with_post(Role.LEADER, district.root))
    return client


def figures(html):
    """Label → (number, link) of the line of figures."""
    line = re.search(r'<div class="figs">(.*?)</div>', html, re.DOTALL)[1]
    found = re.findall(r'<a href="([^"]*)"><small>(.*?)</small><b[^>]*>(.*?)</b>', line, re.DOTALL)
    return {label: (number, unescape(link)) for link, label, number in found}


def count_of(client, link):
    """How many rows the list behind a link has."""
    answer = client.get(link)
    assert answer.status_code == 200, link
    return answer.context["page"].count


def table_rows(html):
    body = re.search(r'<table class="list">.*?<tbody>(.*?)</tbody>', html, re.DOTALL)[1]
    return re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)


@pytest.mark.parametrize("query", ["period=2026-02", "period=2026-03", "period=2026Q1", "period=2026"])
def test_the_four_figures_lead_to_as_many_rows(as_leader, query):
    found = figures(as_leader.get(f"/board/?{query}").content.decode())
    assert set(found) == {"应完成", "已完成", "按时率", "逾期"}
    for label in ("应完成", "已完成", "逾期"):
        number, link = found[label]
        assert count_of(as_leader, link) == int(number), label
    due, on_time = int(found["应完成"][0]), count_of(as_leader, found["按时率"][1])
    assert found["按时率"][0] == f"{round(on_time / due * 100, 1):g} %"


@pytest.mark.parametrize("level", ["", "branches"])
@pytest.mark.parametrize("query", ["period=2026-02", "period=2026Q1", "period=2026-02&campaign={sx}"])
def test_every_figure_of_every_line_leads_to_as_many_rows(as_leader, district, query, level):
    address = f"/board/?{query.format(sx=district.campaign.pk)}&level={level}"
    rows = table_rows(as_leader.get(address).content.decode())
    assert rows
    checked = 0
    for row in rows:
        for link, number in re.findall(
            r'<a class="(?:quiet|red)" href="([^"]*result=(?:due|overdue)[^"]*)">(\d+)</a>', row
        ):
            assert count_of(as_leader, unescape(link)) == int(number), row
            checked += 1
    assert checked >= len(rows)


def test_dimensions_lead_to_their_assignments(as_leader, district):
    html = as_leader.get(f"/board/?period=2026-02&campaign={district.campaign.pk}").content.decode()
    meters = re.findall(r'<div class="meter"><a href="([^"]*)">(.*?)</a><b>(.*?)</b>', html)
    assert [(name, rate) for _, name, rate in meters] == [("政治机关", "100 %"), ("书香机关", "0 %")]
    assert [count_of(as_leader, unescape(link)) for link, _, _ in meters] == [2, 2]


def test_a_closed_period_is_compared_and_a_running_one_is_not(as_leader):
    closed = as_leader.get("/board/?period=2026-02").content.decode()
    running = as_leader.get("/board/").content.decode()
    assert "比上月" in closed
    assert "比上月" not in running
    assert "上月 60 %" in running


def test_units_are_ranked_and_what_is_exempt_stands_outside(as_leader):
    rows = table_rows(as_leader.get("/board/?period=2026-02").content.decode())
    cells = [re.sub(r"<[^>]+>", " ", row).split() for row in rows]
    assert [(row[0], row[1]) for row in cells] == [("1", "财局机关党委"), ("2", "司局机关党委"), ("—", "工委办支部")]


def test_sorting_by_another_column(as_leader):
    rows = table_rows(as_leader.get("/board/?period=2026-02&sort=-overdue").content.decode())
    assert [re.sub(r"<[^>]+>", " ", row).split()[1] for row in rows] == ["司局机关党委", "财局机关党委", "工委办支部"]


def test_one_drills_down_to_a_committee_and_to_a_branch_with_its_records(as_leader, district):
    branch = district.branches[0]
    record = FiledActivityFactory(organization=branch, title="二月主题党日", held_on=date(2026, 2, 12))
    FiledActivityFactory(organization=branch, title="三月主题党日", held_on=date(2026, 3, 12))
    unit = as_leader.get(f"/board/?period=2026-02&organization={district.committees[0].pk}").content.decode()
    assert f"organization={branch.pk}" in unit
    page = as_leader.get(f"/board/?period=2026-02&organization={branch.pk}")
    html = page.content.decode()
    assert [each.pk for each in page.context["records"]] == [record.pk]
    assert "三月主题党日" not in html
    assert "各创建活动" in html
    assert figures(html)["应完成"][0] == "1"


def test_what_lies_outside_is_not_there(client, district):
    client.force_login(make_user_with_post(Role.LEADER, district.committees[0]))
    inside, outside = district.branches[0], district.branches[2]
    foreign = CampaignFactory(issuer=district.committees[1])
    assert client.get(f"/board/?organization={inside.pk}").status_code == 200
    for query in (f"organization={outside.pk}", f"organization={district.root.pk}", f"campaign={foreign.pk}",
                  "organization=0", "organization=x", "campaign=99999999999999999999999"):  # fmt: skip
        assert client.get(f"/board/?{query}").status_code == 404, query
    assert client.get(f"/board/export/?organization={outside.pk}").status_code == 404


def test_a_committee_sees_its_own_part(client, district):
    client.force_login(make_user_with_post(Role.LEADER, district.committees[0]))
    html = client.get("/board/?period=2026-02").content.decode()
    assert figures(html)["应完成"][0] == "3"
    assert "司局" not in html
    assert count_of(client, figures(html)["应完成"][1]) == 3


@pytest.mark.parametrize("query", ["period=never", "level=x", "sort=drop", "page=99", "page=x"])
def test_wrong_words_fall_back(as_leader, query):
    assert as_leader.get(f"/board/?{query}").status_code == 200


def test_the_export_has_the_same_figures(as_leader):
    answer = as_leader.get("/board/export/?period=2026-02")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["各单位", "创建活动", "各类型", "各月"]
    rows = [[cell.value for cell in row] for row in book["各单位"].iter_rows(min_row=3)]
    heads, units = rows[0], {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert heads[:7] == ["单位", "应报", "免报", "应完成", "按时完成", "补报完成", "逾期"]
    assert [units["财局机关党委"][head] for head in heads[1:9]] == [3, 0, 3, 2, 1, 0, 100, 66.7]
    assert [units["司局机关党委"][head] for head in heads[1:9]] == [2, 0, 2, 0, 0, 2, 0, 0]
    assert [units["工委办支部"][head] for head in heads[1:9]] == [1, 1, 0, 0, 0, 0, "—", "—"]
    assert "%E4%BB%BB%E5%8A%A1" in answer["Content-Disposition"]  # 任务


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("query", ["", "level=branches", "campaign={sx}"])
def test_as_many_queries_for_ten_branches_as_for_fifty(client, query):
    counts = []
    for committees, branches in ((1, 1), (3, 3), (10, 5)):
        made = make_district(committees, branches)
        for branch in made.branches:
            stand(branch, made.targets[0], due_on=date(2026, 3, 10))
        count_again()
        client.force_login(make_user_with_post(Role.LEADER, made.root))
        counts.append(queries_of(client, f"/board/?{query.format(sx=made.campaign.pk)}"))
    assert len(set(counts)) == 1


def test_many_organisations_are_paged(client):
    made = make_district(5, 5)
    for branch in made.branches:
        stand(branch, made.targets[0], done_on=date(2026, 3, 10))
    count_again()
    client.force_login(make_user_with_post(Role.LEADER, made.root))
    html = client.get("/board/?level=branches").content.decode()
    assert len(table_rows(html)) == 20
    assert "page=2" in html
    assert len(table_rows(client.get("/board/?level=branches&page=2").content.decode())) == 6
    assert figures(html)["应完成"][0] == "26"


def test_before_anything_is_dispatched_it_says_so(client):
    made = make_district(1, 1)
    client.force_login(make_user_with_post(Role.LEADER, made.root))
    html = client.get("/board/").content.decode()
    assert "这一期没有任务" in html
    assert figures(html)["按时率"][0] == "—"


def test_a_name_cannot_carry_markup(client, district):
    district.committees[0].name = "<b>财</b>局"
    district.committees[0].save()
    client.force_login(make_user_with_post(Role.LEADER, district.root))
    assert "<b>财</b>" not in client.get("/board/?period=2026-02").content.decode()
