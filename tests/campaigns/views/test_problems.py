"""Pages of rectification: the ledger and its three lists, one problem from claim to look-back, figures (R01 – R05)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.forms.fields import written
from branches.queries.access import scope_of
from campaigns.models import Problem
from campaigns.queries.problems import problems_returned
from campaigns.queries.waiting import SOURCES
from campaigns.rules.problems import Deadline, Origin, State
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members_rooms import picture
from tests.factories.problems import ClosedFactory, ProblemFactory, ReadyFactory, StepFactory, WorkingFactory

pytestmark = pytest.mark.django_db
LIST = "/campaigns/problems/"


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(), name="第一支部")


@pytest.fixture
def staff(client, branch):
    user = make_user_with_post(Role.STAFF, branch.parent)
    client.force_login(user)
    return user


@pytest.fixture
def secretary(branch):
    return make_user_with_post(Role.SECRETARY, branch)


def steps_data(*texts):
    data = {"steps-TOTAL_FORMS": str(len(texts)), "steps-INITIAL_FORMS": "0"}
    for place, text in enumerate(texts):
        data |= {f"steps-{place}-text": text, f"steps-{place}-person": "", f"steps-{place}-due_on": ""}
    return data


def test_r01_a_problem_walks_from_the_superior_through_the_branch_and_back(client, branch, staff, secretary):
    data = {"organization": branch.code, "text": "记录不完整", "origin": "comment", "deadline": "immediate"}
    client.post(reverse("campaigns:problem_new"), data)
    problem = Problem.objects.get()
    at = {name: reverse(f"campaigns:{name}", args=[problem.pk]) for name in (
        "problem_claim", "problem_paper_add", "problem_ask", "problem_decide", "problem_look_back", "problem_detail",
    )}  # fmt: skip

    client.force_login(secretary)
    assert "整改问题待认领" in client.get("/").text
    client.post(at["problem_claim"], {"leader": "沈若宁", "responsible": "周敏"} | steps_data("补齐记录", ""))
    step = problem.steps.get()
    client.post(reverse("campaigns:step_done", args=[step.pk]), {"done_on": "2026-03-05", "note": "已补齐"})
    assert "请先上传整改佐证材料" in client.post(at["problem_ask"], {"text": "已完成"}).text
    client.post(at["problem_paper_add"], {"slot": "evidence", "paper": picture()})
    client.post(at["problem_ask"], {"text": "已完成", "regulation": "《记录制度》"})

    client.force_login(staff)
    assert "销号申请待核验" in client.get("/").text
    assert client.post(at["problem_decide"], {"decision": "return", "remark": ""}).status_code == 422
    client.post(at["problem_decide"], {"decision": "close", "remark": "属实"})
    problem.refresh_from_db()
    assert (problem.state, problem.regulation) == (State.CLOSED, "《记录制度》")
    client.post(at["problem_look_back"], {"result": "back", "text": "又缺记录", "due_on": "2026-04-30"})
    problem.refresh_from_db()
    assert (problem.state, problem.due_on) == (State.REOPENED, date(2026, 4, 30))
    assert "又缺记录" in client.get(at["problem_detail"]).text


def test_r01_the_screen_offers_what_the_table_and_the_rights_allow(client, branch, staff, secretary):
    problem = ReadyFactory(organization=branch)
    url = reverse("campaigns:problem_detail", args=[problem.pk])
    offered = {name: reverse(f"campaigns:{name}", args=[problem.pk]) for name in ("problem_ask", "problem_decide")}
    assert [part in client.get(url).text for part in offered.values()] == [False, False]
    client.force_login(secretary)
    assert [part in client.get(url).text for part in offered.values()] == [True, False]


def test_r04_a_decision_sent_from_a_second_page_says_that_it_was_taken(client, branch, staff):
    problem = ReadyFactory(organization=branch, state=State.CLOSED, closed_on=date(2026, 3, 5))
    url = reverse("campaigns:problem_decide", args=[problem.pk])
    answer = client.post(url, {"decision": "return", "remark": "不到位"}, follow=True)
    assert answer.redirect_chain == [(reverse("campaigns:problem_detail", args=[problem.pk]), 302)]
    assert "不能退回整改。请刷新页面后核对。" in answer.text


@pytest.mark.parametrize("view", ["", "problems", "steps", "people"])
def test_r01_each_list_is_shown_and_goes_out_as_a_workbook(client, branch, staff, view):
    WorkingFactory(organization=branch, text="记录不完整", responsible="周敏")
    page = client.get(f"{LIST}?view={view}")
    assert (page.status_code, "周敏" in page.text or view == "problems") == (200, True)
    answer = client.get(f"{reverse('campaigns:problem_export')}?view={view}")
    content = b"".join(answer.streaming_content if answer.streaming else [answer.content])
    assert (answer.status_code, content[:2]) == (200, b"PK")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["迟", "常", "长"]),
        ("?state=overdue", ["迟"]),
        ("?state=closed", ["销"]),
        ("?deadline=longer", ["长"]),
        ("?origin=tour", ["常"]),
        ("?person=王芳", ["常"]),
        ("?q=迟", ["迟"]),
        ("?state=look_back", []),
        ("?state=all", ["迟", "销", "常", "长"]),
    ],
)
def test_r01_filters(client, branch, staff, query, found):
    ProblemFactory(organization=branch, text="迟", raised_on=date(2026, 2, 1), due_on=date(2026, 3, 1))
    WorkingFactory(organization=branch, text="常", origin=Origin.TOUR, responsible="王芳", due_on=date(2026, 4, 2))
    ProblemFactory(organization=branch, text="长", deadline=Deadline.LONGER, due_on=date(2026, 5, 2))
    ClosedFactory(organization=branch, text="销", closed_on=date(2026, 3, 3))
    assert [row.text for row in client.get(f"{LIST}{query}").context["page"]] == found


def test_r04_what_was_closed_months_ago_should_be_looked_at_again(client, branch, staff, move_clock):
    closed = ClosedFactory(organization=branch)
    ClosedFactory(organization=branch, looked_back_on=date(2026, 4, 1))
    move_clock("2026-06-21T10:00:00+08:00")
    assert list(client.get(f"{LIST}?state=look_back").context["page"]) == [closed]


def test_r05_the_board_adds_up_what_lies_below(client, branch, staff):
    ClosedFactory(organization=branch)
    ProblemFactory(organization=branch, raised_on=date(2026, 2, 1), due_on=date(2026, 3, 1))
    other = BranchFactory(parent=branch.parent, name="第二支部")
    WorkingFactory(organization=other)
    page = client.get(reverse("campaigns:problem_board"))
    told = [
        (str(line.organization), line.score.raised, line.score.closed, line.score.overdue)
        for line in page.context["lines"]
    ]
    assert told == [(str(branch.parent), 0, 0, 0), ("第一支部", 2, 1, 1), ("第二支部", 1, 0, 0)]
    assert page.context["total"].raised == 3


def test_r05_a_figure_of_the_board_opens_the_list_of_its_year(client, branch, staff):
    ProblemFactory(organization=branch)
    ProblemFactory(organization=branch, raised_on=date(2025, 6, 1), due_on=date(2025, 7, 1))
    assert "&amp;year=2025" in client.get(reverse("campaigns:problem_board"), {"year": 2025}).text
    for year, found in (("2025", 1), ("2026", 1), ("2024", 0), ("", 2)):
        page = client.get(LIST, {"state": "all", "organization": branch.parent.code, "year": year})
        assert page.context["page"].paginator.count == found


def test_r05_a_figure_of_the_organisation_itself_leaves_out_what_lies_below(client, branch, staff):
    own = ProblemFactory(organization=branch.parent)
    ProblemFactory(organization=branch)
    address = f"{LIST}?state=all&organization={branch.parent.code}&year=2026&own=1"
    assert address.replace("&", "&amp;") in client.get(reverse("campaigns:problem_board"), {"year": 2026}).text
    assert list(client.get(address).context["page"]) == [own]
    assert list(client.get(f"{LIST}?state=all&own=1").context["page"]) == [own]


def test_r01_what_came_back_is_told_and_listed_alike(client, branch, staff):
    mine = [WorkingFactory(organization=branch.parent, state=state) for state in ("returned", "reopened")]
    ProblemFactory(organization=branch.parent)
    WorkingFactory(organization=branch, state="returned")
    source = next(one for one in SOURCES if one.count is problems_returned)
    assert source.count(scope_of(staff.pk, date(2026, 3, 5))) == 2
    assert set(client.get(f"{LIST}{source.query}").context["page"]) == set(mine)


@pytest.mark.parametrize("path", ["", "?view=steps", "?view=people", "board/"])
def test_lists_take_as_many_queries_for_three_as_for_one(client, branch, staff, path):
    WorkingFactory(organization=branch)
    client.get(f"{LIST}{path}")
    with CaptureQueriesContext(connection) as one:
        client.get(f"{LIST}{path}")
    for _ in range(2):
        StepFactory(problem=WorkingFactory(organization=BranchFactory(parent=branch.parent)))
    with CaptureQueriesContext(connection) as three:
        client.get(f"{LIST}{path}")
    assert len(three) == len(one)


def test_r01_a_member_reads_but_does_not_write(client, branch):
    problem = WorkingFactory(organization=branch)
    client.force_login(make_user_with_post(Role.MEMBER, branch))
    url = reverse("campaigns:problem_detail", args=[problem.pk])
    assert client.get(url).status_code == 200
    assert client.get(reverse("campaigns:problem_claim", args=[problem.pk])).status_code == 403


def proposed(client, role, organization):
    client.force_login(make_user_with_post(role, organization))
    return client.get(reverse("campaigns:problem_new")).context["form"]["organization"].value()


def test_r01_a_superior_is_proposed_no_organisation_and_a_branch_its_own(client, branch):
    assert proposed(client, Role.STAFF, branch.parent) is None
    assert proposed(client, Role.STAFF, branch.parent.parent) is None
    assert proposed(client, Role.STAFF, branch) == written(branch)
    assert proposed(client, Role.SECRETARY, branch) == written(branch)
