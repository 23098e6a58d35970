"""应谈应办 in the browser."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from branches.models import AuditEntry
from branches.queries.access import scope_of
from members.models import Duty, RestrictedRecord
from members.queries.duties import OnTime, talks_on_time, waiting_duties
from office.actions.files import store_sealed
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.restricted import DutyFactory, DutyProofFactory, make_custodian

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _some_days_later(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="一支部")


@pytest.fixture
def enter(client):
    def enter(user):
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return user

    return enter


@pytest.fixture
def sensitive(branch):
    return DutyFactory(organization=branch, sensitive=True, member=MemberFactory(name="周知"))


def test_n18_the_secretary_sees_that_a_talk_is_due_and_not_why(client, enter, branch, sensitive):
    enter(make_user_with_post("secretary", branch))

    for address in ("/members/duties/", f"/members/duties/{sensitive.pk}/"):
        shown = client.get(address).text
        assert "周知" in shown
        assert "限定人员知悉" in shown
        assert "家庭变故" not in shown.replace("家庭变故、苗头性问题登记后", "")
        assert "家中老人重病" not in shown
    assert not AuditEntry.objects.filter(verb="查阅应谈情形").exists()


def test_n18_the_talker_and_the_custodian_see_why_and_leave_a_trace(client, enter, branch, sensitive):
    talker = MemberFactory(user=make_user_with_post("leader", BranchFactory()))
    Duty.objects.update(talker=talker)

    for user in (talker.user, make_custodian(branch, "talk")):
        enter(user)
        assert "家中老人重病" in client.get(f"/members/duties/{sensitive.pk}/").text
    assert AuditEntry.objects.filter(verb="查阅应谈情形", object_id=sensitive.occasion_id).count() == 2

    assert "家庭变故" in client.get("/members/duties/").text
    assert AuditEntry.objects.get(verb="查阅应谈情形目录").detail["count"] == 1


def test_n18_a_leader_who_is_not_the_talker_does_not_learn_that_a_sensitive_talk_is_due(
    client, enter, branch, sensitive
):
    enter(make_user_with_post("leader", branch))

    assert "周知" not in client.get("/members/duties/").text
    assert client.get(f"/members/duties/{sensitive.pk}/").status_code == 404


def test_n18_proofs_of_a_sensitive_talk_are_for_who_knows_why(client, enter, branch, sensitive):
    talker = MemberFactory(user=make_user_with_post("leader", BranchFactory()))
    Duty.objects.update(talker=talker, done_on=date(2026, 3, 19), summary="已谈话")
    upload = SimpleUploadedFile("周知家庭变故谈话.txt", "谈话内容".encode(), "text/plain")
    proof = DutyProofFactory(duty=sensitive, file=store_sealed(upload), name=upload.name)
    page, paper = f"/members/duties/{sensitive.pk}/", f"/members/duties/proofs/{proof.pk}/"

    enter(make_user_with_post("secretary", branch))
    assert "家庭变故" not in client.get(page).text
    assert client.get(paper).status_code == 404
    assert not AuditEntry.objects.filter(verb="下载应谈情形办理材料").exists()

    for user in (talker.user, make_custodian(branch, "talk")):
        enter(user)
        assert "周知家庭变故谈话.txt" in client.get(page).text
        assert b"".join(client.get(paper).streaming_content) == "谈话内容".encode()
    assert AuditEntry.objects.filter(verb="下载应谈情形办理材料", object_id=sensitive.occasion_id).count() == 2


def test_n18_an_occasion_is_recorded_and_its_talk_held(client, enter, branch):
    enter(make_user_with_post("secretary", branch))
    MembershipFactory(organization=branch, member=MemberFactory(name="李敏"))
    data = {"member": "李敏", "kind": "first_signs", "happened_on": "2026-03-18", "detail": "情况说明"}

    answer = client.post("/members/duties/new/", data)

    duty = Duty.objects.get()
    assert answer.url == f"/members/duties/{duty.pk}/"
    assert duty.due_on == date(2026, 3, 25)
    done = {"done_on": "2026-03-20", "summary": "已谈话", "notes": "谈话详情"}
    assert client.post(f"/members/duties/{duty.pk}/done/", done).status_code == 302
    assert RestrictedRecord.objects.get().content == "谈话详情"
    assert "谈话详情" not in client.get(answer.url).text
    assert client.get(f"/members/duties/{duty.pk}/done/").status_code == 403


def test_n18_the_talker_holds_the_talk_where_he_keeps_no_register(client, enter, branch, sensitive):
    talker = MemberFactory(user=make_user_with_post("leader", BranchFactory()))
    Duty.objects.update(talker=talker)
    enter(talker.user)

    answer = client.post(f"/members/duties/{sensitive.pk}/done/", {"done_on": "2026-03-20", "summary": "已谈话"})

    assert answer.status_code == 302
    assert client.get(f"/members/duties/{sensitive.pk}/waive/").status_code == 403


def test_n29_one_talk_is_entered_for_two(client, enter, branch):
    enter(make_user_with_post("secretary", branch))
    talk = DutyFactory(organization=branch)
    other = DutyFactory(kind="appointment_talk", occasion=talk.occasion, member=talk.member, organization=branch)

    assert "新任书记任职谈话" in client.get(f"/members/duties/{talk.pk}/done/").text
    client.post(f"/members/duties/{talk.pk}/done/", {"done_on": "2026-03-20", "summary": "已谈话", "also": [other.pk]})

    assert not Duty.objects.open().exists()


def test_n18_talker_and_waiver(client, enter, branch):
    enter(make_user_with_post("secretary", branch))
    talker = MembershipFactory(organization=branch, member=MemberFactory(name="李敏")).member
    duty = DutyFactory(organization=branch)

    assert client.post(f"/members/duties/{duty.pk}/talker/", {"talker": "李敏（一支部）"}).status_code == 302
    assert Duty.objects.get().talker == talker
    assert client.post(f"/members/duties/{duty.pk}/waive/", {"reason": "误生成"}).status_code == 302
    assert "误生成" in client.get(f"/members/duties/{duty.pk}/").text
    assert client.get(f"/members/duties/{duty.pk}/waive/").status_code == 403


def test_n18_filters(client, enter, branch):
    enter(make_user_with_post("secretary", branch))
    DutyFactory(
        organization=branch, member=MemberFactory(name="先办人"), due_on=date(2026, 3, 1), done_on=date(2026, 3, 6)
    )
    for name, fields in {
        "逾期人": {},
        "已办人": {"done_on": date(2026, 3, 10)},
        "免办人": {"waived_on": date(2026, 3, 10), "waived_reason": "误"},
        "培训人": {"kind": "appointment_training", "due_on": date(2026, 4, 4)},
    }.items():
        DutyFactory(organization=branch, member=MemberFactory(name=name), **fields)

    def found(query):
        shown = client.get(f"/members/duties/?{query}").text
        return {name for name in ("逾期人", "已办人", "免办人", "培训人") if name in shown}

    listed = client.get("/members/duties/").text
    assert listed.index("逾期人") < listed.index("先办人")
    assert found("state=overdue") == {"逾期人"}
    assert found("state=open") == {"逾期人", "培训人"}
    assert found("state=done") == {"已办人"}
    assert found("state=waived") == {"免办人"}
    assert found("kind=appointment_training") == {"培训人"}
    assert found("q=已办") == {"已办人"}
    assert found("mine=1") == {"逾期人", "培训人"}


def test_n18_the_workbook_never_says_what_a_sensitive_occasion_was(client, enter, branch, sensitive):
    enter(make_custodian(branch, "talk"))

    answer = client.get("/members/duties/export/")

    cells = str(list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values))
    assert "周知" in cells
    assert "限定人员知悉" in cells
    assert "家庭变故" not in cells


def test_n18_what_waits_is_counted_for_the_home_page(client, enter, branch, committee):
    DutyFactory(organization=branch)
    DutyFactory(organization=branch, done_on=date(2026, 3, 10))
    DutyFactory(organization=committee)
    today = date(2026, 3, 20)

    assert waiting_duties(scope_of(make_user_with_post("secretary", branch).pk, today)) == 1
    assert waiting_duties(scope_of(make_user_with_post("staff", committee).pk, today)) == 1
    assert waiting_duties(scope_of(make_user_with_post("inspector", branch).pk, today)) == 0


def test_n18_talks_in_time_are_counted_by_organisation_and_year(branch, committee):
    for done_on in (date(2026, 3, 12), date(2026, 3, 13), None):
        DutyFactory(organization=branch, done_on=done_on)
    DutyFactory(organization=branch, waived_on=date(2026, 3, 1), waived_reason="误")
    DutyFactory(organization=branch, due_on=date(2025, 12, 31))
    DutyFactory(organization=branch, due_on=date(2026, 4, 1))
    DutyFactory(organization=branch, kind="appointment_training")
    DutyFactory()

    assert talks_on_time(committee, 2026) == OnTime(due=3, on_time=1, late=1, missing=1)


def test_member_names_are_offered_within_the_scope(client, enter, branch):
    enter(make_user_with_post("secretary", branch))
    MembershipFactory(organization=branch, member=MemberFactory(name="李敏"))
    MembershipFactory(member=MemberFactory(name="李外"))

    shown = client.get("/members/names/?q=李").text

    assert "李敏（一支部）" in shown
    assert "李外" not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(
    client, enter, committee, count, django_assert_num_queries
):
    for _ in range(count):
        DutyFactory(organization=BranchFactory(parent=committee), talker=MemberFactory())
    enter(make_user_with_post("staff", committee))
    client.get("/members/duties/")

    with django_assert_num_queries(11):
        client.get("/members/duties/")
