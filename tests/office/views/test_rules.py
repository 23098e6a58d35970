"""Pages of the rule table."""

from datetime import date

import pytest

from office.models import Rule
from office.rules.defaults import GROUPS
from tests.factories.branches import CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.office import RuleFactory
from tests.office.counting import own_queries

pytestmark = pytest.mark.django_db
LIST, FUNDS = "/office/rules/", "/office/rules/funds.per_head/"
TODAY = "2026-06-15T09:00:00+08:00"
FILLED = {"value": "800", "basis": "区委文件", "effective_from": "2026-07-01"}


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock(TODAY)


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def keeper(root, client):
    user = make_user_with_post("staff", root)
    client.force_login(user)
    return user


def test_the_table_under_its_headings(client, keeper):
    RuleFactory(code="funds.per_head", name="经费", value=800, unit="元", effective_from=date(2026, 7, 1))
    RuleFactory(code="local.rule", name="本地规则", value=3, unit="次")

    response = client.get(LIST)

    text = response.content.decode()
    assert [group.title for group in response.context["groups"]] == [*(title for title, _ in GROUPS), "其他"]
    for words in ("5 个工作日", "每季度不少于 1 次", "请按本地规定核对", "2026年7月1日起：800 元", "本地规则"):
        assert words in text
    assert "集中教育培训、党课" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_takes_two_queries_however_long(client, keeper, count):
    RuleFactory.create_batch(count)

    assert own_queries(client, LIST, "office_rule") == 2


def test_a_rule_with_its_values_over_time(client, keeper):
    RuleFactory(code="funds.per_head", value=800, unit="元", effective_from=date(2026, 7, 1))
    RuleFactory(code="funds.per_head", value=700, unit="元", effective_from=date(2026, 1, 1))

    response = client.get(FUNDS)

    assert [words for _, words in response.context["versions"]] == ["800 元", "700 元", "600 元"]
    assert response.context["current"].value == 700
    text = response.content.decode()
    assert [text.count(words) for words in ("待生效", "执行中", "已停用")] == [1, 1, 1]


def test_a_further_value(client, keeper):
    response = client.post(FUNDS, {**FILLED, "code": "term.branch_years", "name": "假"}, follow=True)

    assert "已保存，新的取值自2026年7月1日起生效。" in response.content.decode()
    rule = Rule.objects.get(value=800)
    assert (rule.code, rule.name, rule.effective_from) == (
        "funds.per_head",
        "人均党建活动经费每年不低于",
        date(2026, 7, 1),
    )
    assert "自2026年7月1日起：800 元" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"effective_from": "2026-06-14"}, "生效日期不能早于2026年6月15日。"),
        ({"value": "600"}, "取值没有变化，不需要修改。"),
        ({"value": "很多"}, "请填写整数"),
        ({"basis": ""}, "请填写依据"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(client, keeper, changes, words):
    response = client.post(FUNDS, {**FILLED, **changes})

    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert f'value="{changes.get("value", "800")}"' in text
    assert Rule.objects.filter(code="funds.per_head").count() == 1


@pytest.mark.parametrize("code", ["no.rule", "a%00b", "%E8%A7%84", "x" * 65, "a%2Fb"])
def test_a_rule_that_is_not_there(client, keeper, code):
    assert client.get(f"/office/rules/{code}/").status_code == 404


@pytest.mark.parametrize("url", [LIST, FUNDS])
def test_who_may_look(client, root, url):
    def code(role: str, organization) -> int:
        client.force_login(make_user_with_post(role, organization))
        return client.get(url).status_code

    assert client.get(url).status_code == 302
    assert code("staff", CommitteeFactory(parent=root)) == 200
    assert code("sysadmin", root) == 200
    assert code("secretary", root) == 403
    assert code("auditor", root) == 403


def test_who_may_change(client, root):
    def answer(role: str, organization):
        client.force_login(make_user_with_post(role, organization))
        return client.get(FUNDS).context["form"], client.post(FUNDS, FILLED).status_code

    assert client.post(FUNDS, FILLED).status_code == 302
    assert answer("staff", CommitteeFactory(parent=root)) == (None, 403)
    assert answer("sysadmin", root) == (None, 403)
    assert Rule.objects.filter(code="funds.per_head").count() == 1
