"""From the application to the archive in the portal, the secretary and the superior's staff in turn, time moved on."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.enums import DevelopmentOutcome, MemberKind
from members.models import DevelopmentFile, Member, Membership
from members.rules.development import BY_CODE, STEPS, StepForm
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.development import DAYS, NOTICES, OBSERVED
from tests.factories.members import make_roster

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user):
    client = Client()
    client.force_login(user, BACKEND)
    return client


class Walk:
    """The two who take a file through its steps."""

    def __init__(self, move_clock):
        self.move_clock = move_clock
        self.client = Client()
        self.branch = BranchFactory(code="B1")
        self.members = make_roster(self.branch, 5)
        self.secretary = make_user_with_post("secretary", self.branch)
        self.staff = make_user_with_post("staff", self.branch.parent)

    def post(self, path, data, on, *, superior=False):
        self.move_clock(f"{on.isoformat()}T10:00:00+08:00")
        # Months pass between two visits: each is a sign-in of its own.
        self.client = signed_in(self.staff if superior else self.secretary)
        return self.client.post(path, data)

    @property
    def file(self):
        return DevelopmentFile.objects.get()

    @property
    def page(self):
        return f"/members/development/{self.file.pk}/"

    def prepare(self, code):
        for day in OBSERVED.get(code, ()):
            data = {"observed_on": day.isoformat(), "people": "周敏", "text": "表现良好"}
            assert self.post(f"{self.page}observations/new/", data, day).status_code == 302
        if kind := BY_CODE[code].notice:
            starts_on, ends_on = NOTICES[kind]
            data = {
                "kind": kind,
                "starts_on": starts_on.isoformat(),
                "ends_on": ends_on.isoformat(),
                "place": "公示栏",
            }
            assert self.post(f"{self.page}notices/new/", data, ends_on).status_code == 302

    def data_of(self, code):
        step = BY_CODE[code]
        data = {"done_on": DAYS[code].isoformat(), "people": "周敏"}
        data |= {f"on_paper_{place}": "on" for place in range(len(step.papers))}
        if step.form is StepForm.PEOPLE:
            data["members"] = [member.pk for member in self.members[:2]]
        if step.form is StepForm.DECISION:
            data |= {"is_agreed": "yes", "opinion": "同意"}
        if step.form is StepForm.VOTE:
            data |= {"entitled": 5, "present": 5, "written": 0, "in_favour": 5, "against": 0, "abstained": 0}
            data["resolution"] = "admit" if code == "vote" else "convert"
        return data

    def take(self, code, **changed):
        return self.post(
            f"{self.page}steps/{code}/", self.data_of(code) | changed, DAYS[code], superior=BY_CODE[code].is_superior
        )


@pytest.fixture
def walk(move_clock):
    walk = Walk(move_clock)
    data = {"organization": "B1", "opened_on": "2023-03-01", "name": "陈晓", "sex": "female", "born_on": "1995-05-06"}
    assert walk.post("/members/development/new/", data, DAYS["apply"]).status_code == 302
    return walk


def test_o05_from_application_to_conversion(walk):
    for step in STEPS:
        walk.prepare(step.code)
        answer = walk.take(step.code)
        assert answer.status_code == 302, (step.code, answer.context["form"].errors)
        shown = walk.client.get(walk.page)
        assert shown.status_code == 200
        assert DevelopmentFile.objects.get().steps.filter(code=step.code, voided_at=None).exists()

    file, member = walk.file, Member.objects.get(name="陈晓")
    assert (file.outcome, file.closed_on) == (DevelopmentOutcome.CONVERTED, DAYS["archived"])
    assert (member.kind, member.joined_on, member.converted_on) == (
        MemberKind.FULL, DAYS["vote"], date(2025, 6, 25),
    )  # fmt: skip
    assert Membership.objects.get(member=member).starts_on == DAYS["vote"]
    sheet = walk.client.get(walk.page).context["sheet"]
    assert [finding.words for finding in sheet.findings] == ["缺少学历，无法核对发展结构。"]
    printed = walk.client.get(f"{walk.page}print/").text
    assert all(step.label in printed for step in STEPS)


def test_o05_a_refused_step_says_why_and_keeps_what_was_typed(walk):
    answer = walk.take("activist", people="李明")

    assert answer.status_code == 422
    assert "第3步“推荐和确定入党积极分子”应在第2步“党组织派人谈话”之后办理" in answer.text
    assert "李明" in answer.text


def test_o05_without_material_the_form_says_which(walk):
    answer = walk.take("apply", on_paper_0="")

    assert answer.status_code == 422
    assert "缺少材料：入党申请书" in answer.text


def test_o05_a_material_is_uploaded_and_opened_by_those_who_keep_the_file(walk):
    upload = SimpleUploadedFile("申请书.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    assert walk.take("apply", on_paper_0="", paper_0=upload).status_code == 302
    paper = walk.file.papers.get()

    assert b"".join(walk.client.get(f"/members/development/papers/{paper.pk}/").streaming_content).startswith(b"%PDF")
    leader = make_user_with_post("leader", walk.branch.parent)
    client = signed_in(leader)
    assert client.get(walk.page).status_code == 200
    assert client.get(f"/members/development/papers/{paper.pk}/").status_code == 403


def test_o05_the_branch_does_not_take_the_superiors_step(walk):
    for code in ("apply", "talk", "activist"):
        walk.take(code)

    answer = walk.post(f"{walk.page}steps/activist_filed/", walk.data_of("activist_filed"), DAYS["activist_filed"])

    assert answer.status_code == 403
    assert walk.take("activist_filed").status_code == 302


def test_o05_a_step_is_voided_and_a_file_stopped(walk):
    walk.take("apply")
    row = walk.file.steps.get()

    assert walk.post(f"/members/development/steps/{row.pk}/void/", {"reason": "录错"}, DAYS["talk"]).status_code == 302
    assert walk.file.next_code == "apply"
    data = {"outcome": "withdrawn", "on": "2023-03-15", "reason": "本人撤回"}
    assert walk.post(f"{walk.page}close/", data, DAYS["talk"]).status_code == 302
    assert walk.file.outcome == DevelopmentOutcome.WITHDRAWN
    again = {"organization": "B1", "opened_on": "2023-04-01", "member": Member.objects.get(name="陈晓").pk}
    assert walk.post("/members/development/new/", again, DAYS["activist"]).status_code == 302
    assert DevelopmentFile.objects.filter(member__name="陈晓").count() == 2


def test_o05_a_code_that_is_none_is_not_found(walk):
    assert walk.client.get(f"{walk.page}steps/nothing/").status_code == 404


def test_o05_what_is_missing_of_the_person_is_filled_in(walk):
    data = {"name": "陈晓", "sex": "female", "born_on": "1995-05-06", "education": "研究生", "is_front_line": "on"}

    assert "陈晓" in walk.client.get(f"{walk.page}edit/").text
    assert walk.post(f"{walk.page}edit/", data, DAYS["apply"]).status_code == 302

    assert (walk.file.is_front_line, walk.file.member.education) == (True, "研究生")
    assert "缺少学历" not in walk.client.get(walk.page).text


def test_o05_a_material_an_objection_and_another_contact_come_later(walk):
    for code in ("apply", "talk", "activist", "activist_filed", "contacts"):
        walk.take(code)
    data = {"code": "apply", "kind": "自传"}
    assert walk.post(f"{walk.page}papers/new/", data, DAYS["contacts"]).status_code == 302
    assert walk.file.papers.filter(kind="自传", file=None).count() == 1

    person = walk.file.persons.first()
    data = {"member": walk.members[4].pk, "on": "2023-06-01"}
    assert walk.post(f"/members/development/persons/{person.pk}/", data, date(2023, 6, 1)).status_code == 302
    assert walk.file.persons.filter(member=walk.members[4], ends_on=None).exists()

    walk.prepare("candidate_filed")
    notice = walk.file.notices.get()
    data = {"objections": "反映作风问题", "settlement": ""}
    assert walk.post(f"/members/development/notices/{notice.pk}/", data, date(2024, 4, 26)).status_code == 302
    assert "有异议待处理" in walk.client.get(f"{walk.page}").text
