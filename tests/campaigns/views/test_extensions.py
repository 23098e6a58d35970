import pytest

from campaigns.models import Assignment, Extension
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory, ExtensionFactory, due

pytestmark = pytest.mark.django_db
LIST, CHANGE = "/campaigns/extensions/", "/campaigns/assignments/change/"
QUERIES = 10


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-25T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def rows(committee):
    campaign = CampaignFactory(issuer=committee)
    return [due(BranchFactory(parent=committee), "activity.theme_day", campaign=campaign) for _ in range(3)]


@pytest.fixture
def staff(client, committee):
    client.force_login(make_user_with_post("staff", committee))
    return client


def test_x05_a_secretary_asks_and_sees_the_request(client, rows):
    client.force_login(make_user_with_post("secretary", rows[0].organization))
    answer = client.post(
        f"/campaigns/assignments/{rows[0].pk}/extension/",
        {"wanted_on": "2026-04-10", "reason": "书记外出"},
        follow=True,
    )
    assert "申请延期至2026年4月10日：书记外出" in answer.content.decode()
    client.post(f"{LIST}{Extension.objects.get().pk}/take-back/")
    assert Extension.objects.get().state == "taken_back"


def test_x05_while_a_request_waits_no_other_is_offered(client, rows):
    client.force_login(make_user_with_post("secretary", rows[0].organization))
    ExtensionFactory(assignment=rows[0])
    address = f"/campaigns/assignments/{rows[0].pk}/extension/"
    answer = client.get(address, follow=True)
    assert "已有一份延期申请在等待批复。如需修改，请先撤回。" in answer.text
    assert f'href="{address}"' not in answer.text


def test_x05_what_is_answered_is_not_asked_again(staff, rows):
    extension = ExtensionFactory(assignment=rows[0])
    staff.post(f"{LIST}{extension.pk}/", {"grant": "yes"})
    answer = staff.get(f"{LIST}{extension.pk}/", follow=True)
    assert "这份延期申请已同意，不用再批复。" in answer.text


def test_x05_a_day_out_of_reach_is_told_at_the_field(client, rows):
    client.force_login(make_user_with_post("secretary", rows[0].organization))
    answer = client.post(
        f"/campaigns/assignments/{rows[0].pk}/extension/", {"wanted_on": "2026-03-31", "reason": "书记外出"}
    )
    assert answer.status_code == 422
    assert "新的截止日期应晚于原定的2026年3月31日。" in answer.content.decode()


def test_x05_the_superior_answers(staff, rows):
    extension = ExtensionFactory(assignment=rows[0])
    page = staff.get(LIST).content.decode()
    assert f"{LIST}{extension.pk}/" in page
    staff.post(f"{LIST}{extension.pk}/", {"grant": "yes"})
    rows[0].refresh_from_db()
    assert f"{rows[0].due_on}" == "2026-04-10"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(staff, rows, django_assert_num_queries, count):
    for row in rows[:count]:
        ExtensionFactory(assignment=row)
    with django_assert_num_queries(QUERIES):
        staff.get(LIST)


def test_x05_marked_ones_are_extended_together(staff, rows):
    query = f"?mark={rows[0].pk}&mark={rows[1].pk}"
    assert "将办理 <b>2</b> 项任务" in staff.get(CHANGE + query).content.decode()
    staff.post(CHANGE + query, {"deed": "extend", "due_on": "2026-04-10", "reason": "防汛值守"})
    assert Assignment.objects.filter(due_before__isnull=False).count() == 2


def test_x06_all_that_the_filter_shows_is_exempted(staff, rows):
    answer = staff.post(f"{CHANGE}?all=1&month=2026-03", {"deed": "exempt", "reason": "集中封闭办公"}, follow=True)
    assert Assignment.objects.filter(state="exempt").count() == 3
    assert "已免报 3 项任务" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"deed": "extend", "reason": "防汛"}, "请选择延期后的截止日期"),
        ({"deed": "exempt"}, "请填写理由"),
        ({"deed": "steal", "reason": "x"}, "请从列出的选项中选择"),
    ],
)
def test_what_lacks_is_told(staff, rows, data, words):
    answer = staff.post(f"{CHANGE}?mark={rows[0].pk}", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_another_committees_rows_are_not_reached(staff):
    foreign = due(BranchFactory(parent=CommitteeFactory()), "activity.theme_day")
    staff.post(f"{CHANGE}?mark={foreign.pk}", {"deed": "exempt", "reason": "x"})
    foreign.refresh_from_db()
    assert foreign.state == "open"


@pytest.mark.parametrize("mark", ["x", "-1", "9" * 30, ""])
def test_a_mark_that_is_no_number_is_left_out(staff, mark):
    assert staff.get(f"{CHANGE}?mark={mark}").status_code == 302


def test_x05_when_nothing_could_be_changed_the_form_stays_with_what_was_written(staff, rows):
    data = {"deed": "exempt", "reason": "集中封闭办公"}
    staff.post(f"{CHANGE}?mark={rows[0].pk}", data)
    answer = staff.post(f"{CHANGE}?mark={rows[0].pk}", data)
    assert answer.status_code == 422
    assert "1 项未办理：已经免报，不用再办。" in answer.text
    assert 'value="集中封闭办公"' in answer.text


def test_x05_a_day_that_does_not_exist_is_told_once(staff, rows):
    answer = staff.post(f"{CHANGE}?mark={rows[0].pk}", {"deed": "extend", "due_on": "2026-02-30", "reason": "防汛"})
    assert answer.status_code == 422
    assert "请选择延期后的截止日期" not in answer.text


def test_x05_after_the_change_the_list_stays_filtered(staff, rows):
    page = staff.get("/campaigns/assignments/?month=2026-03&state=open&after=2026-01-01.1").text
    assert '<input type="hidden" name="month" value="2026-03">' in page
    query = f"?month=2026-03&state=open&mark={rows[0].pk}&mark={rows[1].pk}"
    back = "/campaigns/assignments/?month=2026-03&state=open"
    assert f'href="{back.replace("&", "&amp;")}"' in staff.get(CHANGE + query).text
    done = staff.post(CHANGE + query, {"deed": "extend", "due_on": "2026-04-10", "reason": "防汛值守"})
    assert done.url == back
    done = staff.post(f"{CHANGE}?all=1&month=2026-03&state=open", {"deed": "exempt", "reason": "集中办公"})
    assert done.url == back
