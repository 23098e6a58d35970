"""The pages of the register of elections (N19)."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from branches.models import AuditEntry
from members.models import Office, Term, TermExtension
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import OfficeFactory, make_roster
from tests.factories.terms import TermExtensionFactory, TermFactory

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def today(move_clock):
    move_clock("2026-11-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(name="财政局机关党委")


@pytest.fixture
def branch(committee):
    return BranchFactory(name="一支部", code="B1", parent=committee)


@pytest.fixture
def staff(client, committee):
    user = make_user_with_post("staff", committee)
    client.force_login(user, BACKEND)
    return user


@pytest.fixture
def secretary(client, branch):
    user = make_user_with_post("secretary", branch)
    client.force_login(user, BACKEND)
    return user


def listed(answer):
    return [row.organization.name for row in answer.context["rows"]]


class TestList:
    @pytest.fixture
    def terms(self, committee, branch):
        for name, elected_on in [
            ("甲", (2023, 11, 19)),
            ("乙", (2023, 12, 1)),
            ("丙", (2024, 4, 1)),
            ("丁", (2025, 1, 1)),
        ]:
            TermFactory(organization=BranchFactory(name=name, parent=committee), elected_on=date(*elected_on))
        extended = TermFactory(
            organization=BranchFactory(name="戊", parent=committee),
            elected_on=date(2023, 11, 1),
            extended_to=date(2027, 5, 1),
        )
        TermExtensionFactory(
            term=extended, state="approved", answered_at="2026-10-01T00:00:00+08:00", asked_to=date(2027, 5, 1)
        )

    @pytest.mark.parametrize(
        ("state", "names"),
        [
            ("overdue", ["甲"]),
            ("near", ["乙"]),
            ("warned", ["丙"]),
            ("normal", ["丁"]),
            ("extended", ["戊"]),
            ("due", ["甲", "乙"]),
            ("none", ["财政局机关党委", "一支部"]),
            ("asked", []),
        ],
    )
    def test_n19_filtered_by_state(self, client, staff, terms, state, names):
        answer = client.get(f"/members/terms/?state={state}")

        assert listed(answer) == names
        assert answer.context["counts"][state] == len(names)

    def test_n19_with_secretary_and_state(self, client, staff, terms, branch):
        office = OfficeFactory(organization=branch)

        shown = client.get("/members/terms/").text

        assert office.member.name in shown
        assert "已批延期" in shown

    def test_n19_the_own_scope_only(self, client, secretary, terms, branch):
        assert listed(client.get("/members/terms/")) == ["一支部"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_n19_as_many_queries_for_three_as_for_one(self, client, staff, committee, django_assert_num_queries, count):
        for _ in range(count):
            TermFactory(organization=BranchFactory(parent=committee))
        client.get("/members/terms/")

        with django_assert_num_queries(13):
            client.get("/members/terms/")

    @pytest.mark.parametrize("sort", ["path", "-due_on", "elected_on", "no_such"])
    def test_n19_sorted(self, client, staff, terms, sort):
        assert client.get(f"/members/terms/?sort={sort}").status_code == 200

    def test_r34_filters_that_cannot_be_read(self, client, staff):
        assert client.get("/members/terms/?state=guest").status_code == 422
        assert client.get("/members/terms/export/?state=guest").status_code == 400

    def test_n19_the_export_has_the_headings_of_the_offices(self, client, staff, branch):
        TermFactory(organization=branch)
        answer = client.get("/members/terms/export/?organization=B1")

        rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)

        assert rows[2][4:9] == ("书记", "当选日期", "任期（年）", "应换届时间", "实际换届时间")
        assert rows[3][1] == "一支部"
        assert rows[3][5:8] == ("2024年3月1日", 3, "2027年3月1日")
        assert AuditEntry.objects.filter(verb="导出换届台账", detail__count=1).exists()


class TestPage:
    def test_n19_the_terms_of_an_organisation(self, client, secretary, branch):
        TermFactory(organization=branch, elected_on=date(2021, 3, 1), ended_on=date(2024, 3, 1))
        TermFactory(organization=branch)

        shown = client.get(f"/members/terms/organizations/{branch.pk}/").text

        assert "2021年3月1日" in shown
        assert "2027年3月1日" in shown
        assert "预警" in shown

    def test_n19_the_panel_on_the_page_of_the_organisation(self, client, secretary, branch):
        TermFactory(organization=branch)
        address = f"/members/terms/organizations/{branch.pk}/"

        assert address in client.get(f"/organizations/{branch.pk}/").text
        assert "<html" not in client.get(address, headers={"HX-Request": "true"}).text

    def test_n19_a_term_is_written_down(self, client, secretary, branch):
        answer = client.post(
            f"/members/terms/organizations/{branch.pk}/record/",
            {"elected_on": "2024-03-01", "years": "3", "committee_size": "3"},
        )

        assert answer.status_code == 302
        assert Term.objects.get().due_on == date(2027, 3, 1)


class TestExtension:
    def test_n19_asked_by_the_secretary_and_answered_by_the_superior(self, client, branch, secretary, committee):
        term = TermFactory(organization=branch)
        client.post(
            f"/members/terms/organizations/{branch.pk}/extension/", {"asked_to": "2027-09-01", "reason": "人员未到位"}
        )
        extension = TermExtension.objects.get()
        client.force_login(make_user_with_post("staff", committee), BACKEND)

        assert listed(client.get("/members/terms/?state=asked")) == ["一支部"]
        assert "批复" in client.get(f"/members/terms/organizations/{branch.pk}/").text
        client.post(f"/members/terms/extensions/{extension.pk}/answer/", {"approve": "yes", "remark": ""})

        term.refresh_from_db()
        assert term.extended_to == date(2027, 9, 1)

    def test_n19_too_long_is_refused_at_the_field(self, client, secretary, branch):
        TermFactory(organization=branch)

        answer = client.post(
            f"/members/terms/organizations/{branch.pk}/extension/", {"asked_to": "2028-09-01", "reason": "人员未到位"}
        )

        assert answer.status_code == 422
        assert "最多 1 年" in answer.context["form"].errors["asked_to"][0]

    def test_n19_it_waits_on_the_home_page_of_the_superior(self, client, staff, branch):
        TermExtensionFactory(term=TermFactory(organization=branch))

        assert "延期换届申请待批复" in client.get("/").text


class TestElection:
    @pytest.fixture
    def roster(self, branch):
        return make_roster(branch, 8)

    def data(self, roster, **changes):
        sent = {
            "elected_on": "2026-11-10",
            "years": "3",
            "expected": "8",
            "present": "8",
            "voters": "8",
            "voters_present": "8",
            "seats-TOTAL_FORMS": "7",
            "seats-INITIAL_FORMS": "0",
        }
        kinds = ("secretary", "deputy_secretary", "committee_member")
        for row, (member, kind) in enumerate(zip(roster, kinds, strict=False)):
            sent |= {f"seats-{row}-member": member.name, f"seats-{row}-kind": kind, f"seats-{row}-votes": "7"}
        return sent | {"seats-3-kind": "committee_member"} | changes

    def test_n19_one_press_ends_the_old_and_opens_the_new(self, client, secretary, branch, roster):
        TermFactory(organization=branch, elected_on=date(2023, 11, 1))

        answer = client.post(f"/members/terms/organizations/{branch.pk}/election/", self.data(roster))

        assert answer.url == f"/members/terms/organizations/{branch.pk}/"
        assert Office.objects.filter(organization=branch, ends_on=None).count() == 3
        assert "7 票" in client.get(answer.url).text

    def test_n19_the_roster_is_offered_and_the_counts_are_filled_in(self, client, secretary, branch, roster):
        answer = client.get(f"/members/terms/organizations/{branch.pk}/election/")

        assert roster[0].name in answer.text
        assert answer.context["form"].initial == {"expected": 8, "voters": 8, "years": 3}

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"seats-0-member": "外人"}, "名册中没有这名正式党员"),
            ({"seats-0-votes": ""}, "请填写赞成票"),
            ({"seats-0-kind": ""}, "请选择职务"),
            ({"seats-0-votes": "4"}, "不能当选"),
            ({"voters_present": "4"}, "会议方为有效"),
        ],
    )
    def test_n19_what_cannot_be_is_told_on_the_page(self, client, secretary, branch, roster, changes, words):
        answer = client.post(f"/members/terms/organizations/{branch.pk}/election/", self.data(roster, **changes))

        assert answer.status_code == 422
        assert words in answer.text
        assert not Office.objects.exists()

    def test_n19_two_of_one_name_are_told_apart_by_their_branch(self, client, staff, committee, branch):
        other = BranchFactory(name="二支部", parent=committee)
        first, second = make_roster(branch, 1)[0], make_roster(other, 1)[0]
        first.name = second.name = "王立"
        first.save()
        second.save()
        sent = self.data([first]) | {"expected": "2", "present": "2", "voters": "2", "voters_present": "2"}
        address = f"/members/terms/organizations/{committee.pk}/election/"

        assert "同名党员" in client.post(address, sent | {"seats-0-votes": "2"}).text
        client.post(address, sent | {"seats-0-member": "王立（二支部）", "seats-0-votes": "2"})

        assert Office.objects.get().member == second
