from io import BytesIO

import openpyxl
import pytest

from campaigns.models import Feedback
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import FeedbackFactory

pytestmark = pytest.mark.django_db
LIST, NEW = "/campaigns/feedback/", "/campaigns/feedback/new/"
QUERIES = 9


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="财政局第二支部")


@pytest.fixture
def staff(client, committee):
    client.force_login(make_user_with_post("staff", committee))
    return client


@pytest.fixture
def secretary(client, branch):
    client.force_login(make_user_with_post("secretary", branch))
    return client


def test_x03_the_way_to_it_is_on_every_page_and_keeps_the_page(secretary):
    page = secretary.get("/campaigns/works/").content.decode()
    assert f'href="{NEW}?from=/campaigns/works/"' in page
    assert 'value="/campaigns/works/"' in secretary.get(f"{NEW}?from=/campaigns/works/").content.decode()


def test_x03_a_secretary_says_something_and_sees_his_own_alone(secretary, branch):
    FeedbackFactory(organization=branch, text="别人的意见")
    answer = secretary.post(NEW, {"kind": "repeated", "text": "签到表传了两次"}, follow=True)
    assert "签到表传了两次" in answer.content.decode()
    listed = secretary.get(LIST).content.decode()
    assert "签到表传了两次" in listed
    assert "别人的意见" not in listed


def test_x03_staff_answer_what_was_said_below(staff, branch):
    feedback = FeedbackFactory(organization=branch)
    staff.post(f"{LIST}{feedback.pk}/", {"state": "adopted", "answer": "已取消。"})
    feedback.refresh_from_db()
    assert (feedback.state, feedback.answer) == ("adopted", "已取消。")


def test_x03_a_name_that_is_not_to_be_shown_is_not(staff, branch):
    feedback = FeedbackFactory(organization=branch, is_nameless=True)
    for address in (LIST, f"{LIST}{feedback.pk}/"):
        page = staff.get(address).content.decode()
        assert "（未显示姓名）" in page
        assert feedback.author.name not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(staff, branch, django_assert_num_queries, count):
    FeedbackFactory.create_batch(count, organization=branch)
    with django_assert_num_queries(QUERIES):
        staff.get(LIST)


def test_the_export_holds_what_is_listed(staff, branch):
    FeedbackFactory(organization=branch)
    FeedbackFactory()
    rows = list(openpyxl.load_workbook(BytesIO(staff.get(f"{LIST}export/").getvalue())).active.values)
    assert [row[0] for row in rows if row[0] == branch.name] == [branch.name]
    assert Feedback.objects.count() == 2


def test_bad_input_is_told(secretary):
    answer = secretary.post(NEW, {"kind": "x", "text": ""})
    assert answer.status_code == 422
