from io import BytesIO

import openpyxl
import pytest

from tests.desk.queries.test_burden_taken import record_for_two
from tests.factories.branches import OrganizationFactory, make_user_with_post

pytestmark = pytest.mark.django_db
PAGE = "/burden/"
QUERIES = 28


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-31T10:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def leader(client, root):
    client.force_login(make_user_with_post("leader", root))
    return client


def test_x03_the_page_says_what_sharing_saved(leader, root):
    record_for_two(root)
    page = leader.get(PAGE).content.decode()
    assert "计入 2 项任务" in page
    assert "一条记录计入几个活动的，平均分摊" in page


def test_an_empty_period_says_so(leader):
    assert "这一期还没有填报" in leader.get(PAGE).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_number_of_queries(leader, root, django_assert_num_queries, count):
    for _ in range(count):
        record_for_two(root)
    with django_assert_num_queries(QUERIES):
        leader.get(PAGE)


def test_the_export_holds_three_sheets(leader, root):
    record_for_two(root)
    book = openpyxl.load_workbook(BytesIO(leader.get(f"{PAGE}export/").getvalue()))
    assert book.sheetnames == ["单位", "创建活动", "月份"]


def test_another_tree_is_not_found(leader):
    assert leader.get(f"{PAGE}?organization={OrganizationFactory().pk}").status_code == 404
