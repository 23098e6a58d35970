import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from branches.models import User
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db

URL = "/members/accounts/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def committee(client, move_clock):
    move_clock("2026-03-05T10:00:00+08:00")
    committee = CommitteeFactory()
    client.force_login(make_user_with_post("secadmin", committee), BACKEND)
    return committee


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="国库处党支部")


def place(branch, name):
    return MembershipFactory(organization=branch, member=MemberFactory(name=name, initials="x"))


def sent(*places, **fields):
    marked = [one.pk for one in places]
    return {"marked": marked, "style": "name", "valid_until": date(2026, 3, 12).isoformat(), "output": "print"} | fields


def test_lists_those_without_an_account_within_the_scope(client, branch):
    place(branch, "李敏")
    place(BranchFactory(), "王远")
    MembershipFactory(
        organization=branch, member=MemberFactory(name="有号", user=make_user_with_post("member", branch))
    )

    shown = client.get(URL).text

    assert "李敏" in shown
    assert "王远" not in shown
    assert "有号" not in shown


def test_slips_are_shown_once_and_kept_nowhere(client, branch):
    answer = client.post(URL, sent(place(branch, "李敏")))

    password = re.search(r"[a-z]{4}-[2-9]{4}-[a-z]{4}-[a-z2-9]{4}", answer.text).group()
    assert User.objects.get(login="limin").check_password(password)
    assert answer["Cache-Control"] == "no-store"
    assert "没有新建账号" not in answer.text
    assert password not in client.get(URL).text


def test_a_workbook_instead(client, branch, trail):
    answer = client.post(URL, sent(place(branch, "李敏"), output="workbook"))

    rows = list(openpyxl.load_workbook(BytesIO(answer.getvalue())).active.values)
    row = next(row for row in rows if "李敏" in row)
    assert row[4] == "limin"
    assert User.objects.get(login="limin").check_password(row[5])
    assert trail().last().verb == "导出初始密码"


def test_all_of_a_filter(client, branch, committee):
    for name in ("李敏", "李想", "王立"):
        place(branch, name)

    client.post(f"{URL}?q=李", sent(everybody="1"))

    assert set(User.objects.filter(member__isnull=False).values_list("login", flat=True)) == {"limin", "lixiang"}


def test_those_of_others_cannot_be_slipped_in(client, branch):
    answer = client.post(URL, sent(place(BranchFactory(), "王远")))

    assert answer.status_code == 422
    assert not User.objects.filter(member__isnull=False).exists()


def test_nobody_chosen_and_a_bad_day_are_told(client, branch):
    one = place(branch, "李敏")

    assert "请先勾选人员" in client.post(URL, sent()).text
    assert "不能早于今天" in client.post(URL, sent(one, valid_until="2026-03-01")).text


def test_lost_slips_of_those_who_never_came(client, branch):
    one = place(branch, "李敏")
    first = client.post(URL, sent(one)).text

    again = client.post(f"{URL}?state=unused", sent(one)).text

    pattern = r"[a-z]{4}-[2-9]{4}-[a-z]{4}-[a-z2-9]{4}"
    assert re.search(pattern, first).group() != re.search(pattern, again).group()


def test_system_administrators_grant_no_posts(client, committee):
    client.force_login(make_user_with_post("sysadmin", committee), BACKEND)

    assert client.get(URL).status_code == 403


def test_the_list_takes_the_same_queries_for_one_and_for_three(client, branch, django_assert_num_queries):
    place(branch, "李敏")
    client.get(URL)
    with django_assert_num_queries(7):
        client.get(URL)
    place(branch, "王立")
    place(branch, "李想")
    with django_assert_num_queries(7):
        client.get(URL)
