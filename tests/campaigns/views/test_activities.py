"""The list of activities, one activity, and what may be done with it."""

from io import BytesIO

import openpyxl
import pytest

from branches.models import AuditEntry
from campaigns.actions.activities import file_activity, save_and_file
from campaigns.actions.reviews import approve, return_for_rework
from campaigns.models import Activity
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.campaigns import ActivityFactory, AttendanceFactory, CreditFactory, FiledActivityFactory
from tests.factories.district import MINUTES, District

pytestmark = pytest.mark.django_db
LIST = "/campaigns/activities/"
QUERIES = {"list": 10, "detail": 18}


@pytest.fixture
def district(move_clock) -> District:
    move_clock("2026-03-20T14:30:00+08:00")
    return District()


@pytest.fixture
def secretary(client, district):
    client.force_login(district.secretary, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def staff(client, district):
    client.force_login(district.staff, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(activity: Activity) -> str:
    return f"{LIST}{activity.pk}/"


def counted_record(district: District, organization=None) -> Activity:
    activity = FiledActivityFactory(organization=organization or district.branch)
    AttendanceFactory(activity=activity)
    CreditFactory(activity=activity, assignment=district.due())
    return activity


def test_an_empty_list_offers_the_next_step(secretary):
    text = secretary.get(LIST).content.decode()
    assert "还没有活动记录" in text
    assert "/campaigns/activities/new/" in text


def test_the_list_shows_state_attendance_and_count(secretary, district):
    counted_record(district)
    text = secretary.get(LIST).content.decode()
    assert "已提交，计入" in text
    assert "1 / 1" in text
    assert "1 项" in text
    assert "共 1 条" in text


def test_nothing_found_says_so_and_a_bad_filter_is_422(secretary, district):
    counted_record(district)
    assert "没有符合条件的记录" in secretary.get(LIST, {"kind": "study"}).content.decode()
    assert secretary.get(LIST, {"kind": "dance"}).status_code == 422
    assert secretary.get(LIST, {"month": "2026-99"}).status_code == 422


def test_the_list_is_sorted_by_day(secretary, district):
    for day, title in (("2026-03-02", "前一次"), ("2026-03-09", "后一次")):
        FiledActivityFactory(organization=district.branch, held_on=day, title=title)
    texts = [secretary.get(LIST, {"sort": sort}).content.decode() for sort in ("-held_on", "held_on")]
    assert [text.index("后一次") < text.index("前一次") for text in texts] == [True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(staff, district, django_assert_num_queries, count):
    for _ in range(count):
        counted_record(district, BranchFactory(parent=district.committee))
    with django_assert_num_queries(QUERIES["list"]):
        assert f"共 {count} 条" in staff.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_one_record_asks_as_often_for_three_tasks_as_for_one(secretary, district, django_assert_num_queries, count):
    activity = FiledActivityFactory(organization=district.branch)
    for _ in range(count):
        AttendanceFactory(activity=activity)
        CreditFactory(activity=activity, assignment=district.due())
    with django_assert_num_queries(QUERIES["detail"]):
        assert f"{count} 项任务" in secretary.get(page_of(activity)).content.decode()


def test_the_export_holds_the_filtered_rows_and_leaves_a_trace(staff, district):
    activity = counted_record(district)
    FiledActivityFactory(organization=district.branch, kind="study", title="=1+1")
    answer = staff.get(f"{LIST}export/", {"kind": "study"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == district.branch.name]
    assert [row[2] for row in rows] == ["=1+1"]
    assert activity.title not in str(rows)
    assert AuditEntry.objects.get(verb="导出活动记录").detail == {"count": 1}


def test_a_record_tells_everything_about_itself(secretary, district):
    district.due(title="主题党日")
    activity = file_activity(by=district.by, activity=district.saved(present=2, place="党员活动室", parts=("oath",)))
    text = secretary.get(page_of(activity)).content.decode()
    for words in (
        "2026年3月12日，2 小时 · 党员活动室",
        "重温入党誓词",
        MINUTES,
        "（出差）",
        "主题党日（3月）",
        "1 / 1 次",
    ):
        assert words in text
    assert "提交活动记录" in text  # its history
    assert "撤回修改" in text


def test_a_record_that_came_again_shows_what_changed(secretary, district):
    activity = file_activity(by=district.by, activity=district.saved(minutes="学习条例。"))
    return_for_rework(by=district.reviewer, record=activity, version=1, remark="太简略")
    save_and_file(
        by=district.by,
        organization=district.branch,
        client_key=activity.client_key,
        draft=district.draft(minutes="学习条例第四章。", present=2),
    )
    text = secretary.get(page_of(activity)).content.decode()
    assert "学习条例<ins>第四章</ins>。" in text
    assert f"<del>{district.members[2].name}</del>" in text
    assert "太简略" in text


def test_a_draft_is_for_those_who_write_it(staff, district):
    assert staff.get(page_of(ActivityFactory(organization=district.branch))).status_code == 403
    assert staff.get(page_of(ActivityFactory(organization=district.committee))).status_code == 200


def test_the_reviewer_is_led_to_the_desk(staff, district):
    activity = file_activity(by=district.by, activity=district.saved())
    assert f"/campaigns/review/?record=activity-{activity.pk}" in staff.get(page_of(activity)).content.decode()


def test_a_record_is_withdrawn_to_be_written_again(secretary, district):
    activity = file_activity(by=district.by, activity=district.saved())
    assert secretary.post(f"{page_of(activity)}withdraw/").url == f"{page_of(activity)}edit/"
    activity.refresh_from_db()
    assert activity.status == "draft"


def test_what_is_decided_is_not_withdrawn(secretary, district):
    activity = file_activity(by=district.by, activity=district.saved())
    approve(by=district.reviewer, record=activity, version=1)
    assert "撤回修改" not in secretary.get(page_of(activity)).content.decode()
    answer = secretary.post(f"{page_of(activity)}withdraw/", follow=True)
    assert "“已通过”状态，不能撤回" in answer.content.decode()


def test_voiding_asks_for_the_reason(secretary, district):
    activity = file_activity(by=district.by, activity=district.saved())
    assert secretary.post(f"{page_of(activity)}void/", {"reason": " "}).status_code == 422
    answer = secretary.post(f"{page_of(activity)}void/", {"reason": "重复录入"}, follow=True)
    assert "已作废：重复录入" in answer.content.decode()


def test_an_approved_record_is_declared_void_by_the_unit_above(client, district):
    activity = file_activity(by=district.by, activity=district.saved())
    approve(by=district.reviewer, record=activity, version=1)
    codes = []
    for user in (district.secretary, district.staff):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        codes.append(client.post(f"{page_of(activity)}void/", {"reason": "不实"}).status_code)
    assert codes == [403, 302]


def test_a_draft_that_was_never_filed_is_deleted(secretary, district):
    draft = district.saved()
    assert secretary.get(f"{page_of(draft)}discard/").status_code == 200
    assert secretary.post(f"{page_of(draft)}discard/").url == LIST
    assert not Activity.objects.exists()


def test_what_was_filed_once_is_not_deleted(secretary, district):
    activity = file_activity(by=district.by, activity=district.saved())
    answer = secretary.post(f"{page_of(activity)}discard/", follow=True)
    assert "不能删除" in answer.content.decode()
    assert Activity.objects.count() == 1


def test_a_member_reads_the_records_of_his_branch(client, district):
    activity = FiledActivityFactory(organization=district.branch)
    client.force_login(
        make_user_with_post("member", district.branch), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(page_of(activity)).status_code == 200
    assert "记一次活动" not in client.get(LIST).content.decode()
