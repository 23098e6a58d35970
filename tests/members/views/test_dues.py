"""Pages of dues (O07): persons for those who keep them, sums for leaders, one's own for members."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest

from members.models import DuesBase, DuesEntry, DuesMonth, DuesUse
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.transfers import DuesBaseFactory, DuesEntryFactory, DuesMonthFactory, DuesUseFactory

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="一支部", code="B1")


@pytest.fixture
def sign_in(client):
    def enter(role, organization):
        user = make_user_with_post(role, organization)
        client.force_login(user, BACKEND)
        return user

    return enter


@pytest.fixture
def secretary(sign_in, branch):
    return sign_in("secretary", branch)


@pytest.fixture
def month_url(branch):
    return f"/members/dues/{branch.pk}/2026-03/"


def settled(branch, name="李敏", amount=Decimal(6000)):
    place = MembershipFactory(organization=branch, member=MemberFactory(name=name))
    return DuesBaseFactory(member=place.member, amount=amount).member


def screen(*entries, **changed):
    """What the screen sends as it stands: everybody ticked, all that is owed."""
    sent = {"on": "2026-03-16"}
    for entry in entries:
        sent |= {f"take-{entry.pk}": "on", f"amount-{entry.pk}": entry.owed, f"before-{entry.pk}": entry.paid}
    return sent | changed


def test_o07_a_month_from_opening_to_closing(client, secretary, branch, month_url):
    settled(branch)
    settled(branch, "王立", Decimal(3000))
    assert "本月应缴还没有生成" in client.get(month_url).text

    client.post(f"{month_url}open/")
    page = client.get(month_url).text
    assert "应缴 105.00 元" in page
    assert "登记勾选人员的缴纳" in page
    assert 'value="90.00"' in page

    client.post(month_url, screen(*DuesEntry.objects.all()))
    assert not DuesEntry.objects.unpaid().exists()
    assert "登记勾选人员的缴纳" not in client.get(month_url).text
    client.post(f"{month_url}close/")
    assert DuesMonth.objects.get().closed_by == secretary
    assert "更新本月应缴" not in client.get(month_url).text


def test_o07_only_those_ticked_pay_and_amounts_can_be_changed(client, secretary, branch, month_url):
    first, second = (DuesEntryFactory(organization=branch, month=MARCH) for _ in range(2))
    sent = screen(first, second, **{f"amount-{first.pk}": "40.00"})
    del sent[f"take-{second.pk}"]

    client.post(month_url, sent)

    assert dict(DuesEntry.objects.values_list("pk", "paid")) == {first.pk: 40, second.pk: 0}


def test_o07_arrears_are_supplemented_on_the_same_screen(client, secretary, branch, month_url):
    old = DuesEntryFactory(organization=branch, month=date(2026, 1, 1))
    assert "以前月份欠缴" in client.get(month_url).text

    client.post(month_url, screen(old))

    assert not DuesEntry.objects.unpaid().exists()


@pytest.mark.parametrize("amount", ["-1", "abc", "1.234"])
def test_o07_an_amount_that_is_none_is_told_and_nothing_is_taken(client, secretary, branch, month_url, amount):
    entry = DuesEntryFactory(organization=branch, month=MARCH)

    answer = client.post(month_url, screen(entry, **{f"amount-{entry.pk}": amount}))

    assert answer.status_code == 422
    assert DuesEntry.objects.get().paid == 0


def test_o07_who_has_no_base_is_named(client, secretary, branch, month_url):
    MembershipFactory(organization=branch, member=MemberFactory(name="赵未核"))

    assert "赵未核" in client.get(month_url).text
    assert "赵未核" in client.get("/members/dues/bases/?state=missing").text
    settled(branch)
    assert "李敏" not in client.get("/members/dues/bases/?state=missing").text


def test_o07_a_base_is_settled_and_an_exemption_goes_up(client, sign_in, committee, branch):
    member = MembershipFactory(organization=branch).member
    sign_in("secretary", branch)
    url = f"/members/{member.pk}/dues/base/"
    client.post(url, {"kind": "working", "amount": "6000", "effective_from": "2026-03"})
    client.post(url, {"kind": "exempt", "effective_from": "2026-04", "reason": "家庭困难"})
    asked = DuesBase.objects.get(kind="exempt")
    assert asked.state == "asked"

    sign_in("staff", committee)
    assert "家庭困难" in client.get("/members/dues/bases/?state=asked").text
    client.post(f"/members/dues/bases/{asked.pk}/decide/", {"approve": "yes"})
    assert DuesBase.objects.get(kind="exempt").state == "in_force"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"effective_from": "2026-13"}, "effective_from"),
        ({"until": "2026-02"}, "until"),
        ({"kind": "exempt", "amount": ""}, "reason"),
    ],
)
def test_o07_a_wrong_base_says_why_at_its_field(client, secretary, branch, changed, field):
    member = MembershipFactory(organization=branch).member
    given = {"kind": "working", "amount": "6000", "effective_from": "2026-03"} | changed

    answer = client.post(f"/members/{member.pk}/dues/base/", given)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_o07_corrections_are_counter_entries(client, secretary, branch):
    entry = DuesEntryFactory(organization=branch, month=MARCH, paid=90, paid_on=date(2026, 3, 9))
    DuesMonthFactory(organization=branch, month=MARCH, closed_at="2026-03-10T00:00:00Z")
    url = f"/members/dues/entries/{entry.pk}/"

    client.post(url, {"what": "reverse", "amount": "10", "note": "多收"})
    client.post(url, {"what": "adjust", "amount": "-20", "note": "多算"})

    entry.refresh_from_db()
    assert (entry.due, entry.paid) == (70, 80)
    assert "多算" in client.get(url).text


def test_o07_leaders_see_sums_and_no_names(client, sign_in, committee, branch, month_url):
    entry = DuesEntryFactory(organization=branch, month=MARCH)
    sign_in("leader", committee)

    page = client.get("/members/dues/")
    assert "90.00" in page.text
    assert entry.member.name not in page.text
    for url in (
        month_url,
        f"/members/dues/entries/{entry.pk}/",
        "/members/dues/arrears/",
        f"/members/{entry.member_id}/dues/",
    ):
        assert client.get(url).status_code == 403


def test_o07_a_member_sees_his_own_dues_only(client, branch):
    user = make_user_with_post("member", branch)
    own = DuesEntryFactory(organization=branch)
    own.member.user = user
    own.member.save()
    other = DuesEntryFactory(organization=branch)
    client.force_login(user, BACKEND)

    assert "欠缴 <b" in client.get("/members/dues/own/").text
    assert client.get(f"/members/{own.member_id}/dues/").status_code == 200
    assert client.get(f"/members/{other.member_id}/dues/").status_code == 404
    assert client.get(f"/members/dues/entries/{own.pk}/").status_code == 403


def test_o07_arrears_with_their_months(client, secretary, branch):
    entry = DuesEntryFactory(organization=branch, month=date(2025, 8, 1))
    for month in (9, 10, 11, 12):
        DuesEntryFactory(organization=branch, member=entry.member, month=date(2025, month, 1))
    assert "连续欠缴" not in client.get("/members/dues/arrears/").text
    DuesEntryFactory(organization=branch, member=entry.member, month=date(2026, 1, 1))

    page = client.get("/members/dues/arrears/").text
    assert "2025年8月至2026年1月" in page
    assert "540.00" in page
    assert "连续欠缴时间较长" in page


def test_o07_the_years_sheet_on_screen_and_in_excel(client, secretary, branch):
    entry = DuesEntryFactory(organization=branch, paid=90, paid_on=date(2026, 2, 9))
    DuesEntryFactory(organization=branch, member=entry.member, month=MARCH)

    assert "未缴" in client.get(f"/members/dues/{branch.pk}/year/2026/").text
    answer = client.get(f"/members/dues/{branch.pk}/year/2026/export/")
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][0] == "一支部2026年党费收缴登记表"
    assert rows[2][5:7] == ("1月", "2月")
    assert rows[3][1:9] == (entry.member.name, "在职", 6000, 90, None, 90, 0, None)
    assert rows[3][-2:] == (90, "欠缴 90.00 元")
    assert rows[4][1] == "合计"


def test_o07_the_report_to_the_members_names_nobody_who_owes(client, secretary, branch):
    entry = DuesEntryFactory(organization=branch, paid=50, paid_on=date(2026, 2, 9))
    DuesUseFactory(organization=branch)
    DuesUseFactory(organization=branch, purpose="误记", void_reason="重复")

    answer = client.get(f"/members/dues/{branch.pk}/year/2026/report/")

    document = docx.Document(BytesIO(answer.getvalue()))
    text = "\n".join(line.text for line in document.paragraphs)
    assert "应缴 90.00 元，实缴 50.00 元，尚欠 40.00 元" in text
    assert "共使用 1 笔，320.00 元" in text
    assert entry.member.name not in text
    assert [cell.text for cell in document.tables[1].rows[1].cells][1:] == [
        "购买党员学习资料",
        "320.00",
        "记字第 12 号",
    ]


def test_o07_uses_are_recorded_and_struck_out(client, secretary, branch):
    given = {"used_on": "2026-03-10", "purpose": "购书", "amount": "86.50", "evidence": "记字第 3 号"}
    client.post(f"/members/dues/uses/new/{branch.pk}/", given)
    use = DuesUse.objects.get()

    client.post(f"/members/dues/uses/{use.pk}/void/", {"note": "重复登记"})

    page = client.get("/members/dues/uses/").text
    assert "已作废：重复登记" in page
    assert "合计 0 元" in page


@pytest.mark.parametrize("month", ["2026-13", "2026-3", "x", "999999999"])
def test_r34_what_is_no_month_is_not_found(client, secretary, branch, month):
    assert client.get(f"/members/dues/{branch.pk}/{month}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("month", 14), ("list", 11), ("arrears", 9), ("bases", 12), ("year", 9)])
def test_o07_pages_take_the_same_queries(client, secretary, branch, rows, name, queries, django_assert_num_queries):
    for _ in range(rows):
        place = MembershipFactory(organization=branch)
        DuesBaseFactory(member=place.member)
        DuesEntryFactory(organization=branch, member=place.member, month=date(2026, 1, 1))
        DuesEntryFactory(organization=branch, member=place.member, month=MARCH)
    urls = {"month": f"{branch.pk}/2026-03/", "list": "", "arrears": "arrears/", "bases": "bases/",
            "year": f"{branch.pk}/year/2026/"}  # fmt: skip
    client.get(f"/members/dues/{urls[name]}")

    with django_assert_num_queries(queries):
        assert client.get(f"/members/dues/{urls[name]}").status_code == 200


def test_o07_sums_go_upwards(client, sign_in, committee, branch):
    DuesEntryFactory(organization=branch, month=MARCH, paid=90, paid_on=date(2026, 3, 9))
    DuesEntryFactory(organization=BranchFactory(parent=committee), month=MARCH)
    DuesEntryFactory(month=MARCH)
    sign_in("staff", committee)

    totals = client.get("/members/dues/?month=2026-03").context["totals"]

    assert (totals.people, totals.due, totals.paid, totals.debtors) == (2, 180, 90, 1)
