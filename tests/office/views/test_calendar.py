"""The page of the working calendar."""

from datetime import date

import pytest

from office.models import WorkDay
from tests.factories.branches import CommitteeFactory, OrganizationFactory, make_user_with_post

pytestmark = pytest.mark.django_db
URL = "/office/calendar/"
FILLED = {"first": "2026-10-08", "last": "", "mark": "rest", "note": "机关运动会"}


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-09-01T09:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def keeper(root, client):
    user = make_user_with_post("staff", root)
    client.force_login(user)
    return user


def test_the_running_year(client, keeper):
    response = client.get(URL)

    text = response.content.decode()
    assert response.context["year"] == 2026
    assert "全年 248 个工作日" in text
    assert "国庆节调休上班" in text
    assert "尚未录入" not in text


@pytest.mark.parametrize(
    ("query", "year"),
    [("year=2025", 2025), ("year=2028", 2028), ("year=2029", 2026), ("year=x", 2026), ("year=%00", 2026)],
)
def test_another_year(client, keeper, query, year):
    assert client.get(f"{URL}?{query}").context["year"] == year


def test_a_year_that_is_not_known_says_so(client, keeper):
    assert "2027年的放假安排尚未录入" in client.get(f"{URL}?year=2027").content.decode()


def test_a_day_chosen_in_the_calendar_stands_in_the_form(client, keeper):
    assert 'value="2026-10-08"' in client.get(f"{URL}?year=2026&day=2026-10-08").content.decode()
    assert client.get(f"{URL}?day=%00<b>").status_code == 200


def test_one_day(client, keeper):
    response = client.post(URL, FILLED, follow=True)

    assert "已调整 1 天。" in response.content.decode()
    day = WorkDay.objects.get(day=date(2026, 10, 8))
    assert (day.is_workday, day.note) == (False, "机关运动会")
    assert response.context["year"] == 2026


def test_several_days_of_another_year(client, keeper):
    response = client.post(URL, {**FILLED, "first": "2027-02-05", "last": "2027-02-11"}, follow=True)

    assert "已调整 7 天。" in response.content.decode()
    assert response.context["year"] == 2027


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first": "2026-08-31"}, "只能调整今天及以后的日期。"),
        ({"last": "2026-10-01"}, "结束日期不能早于开始日期。"),
        ({"first": "2026-13-01"}, "请填写正确的日期"),
        ({"mark": "party"}, "请从列出的选项中选择"),
        ({"note": "长" * 65}, "64"),
    ],
)
def test_what_is_refused_is_said(client, keeper, changes, words):
    before = WorkDay.objects.count()

    response = client.post(URL, {**FILLED, **changes})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert WorkDay.objects.count() == before


def test_who_may_look_and_who_may_change(client, root):
    def answer(role: str, organization) -> tuple[int, int]:
        client.force_login(make_user_with_post(role, organization))
        return client.get(URL).status_code, client.post(URL, FILLED).status_code

    assert client.get(URL).status_code == 302
    assert answer("staff", CommitteeFactory(parent=root)) == (200, 403)
    assert answer("sysadmin", root) == (200, 403)
    assert answer("member", root) == (403, 403)
    assert not WorkDay.objects.filter(day=date(2026, 10, 8)).exists()
    assert answer("staff", root) == (200, 302)
