from datetime import timedelta

import pytest

from branches.models import AuditEntry, Post, User
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, UserFactory, make_user_with_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory(name="财政局机关党委", code="F1")


@pytest.fixture
def keeper(client, committee):
    user = make_user_with_post("secadmin", committee)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def account(committee):
    return make_user_with_post("secretary", BranchFactory(parent=committee, name="一支部"), login="limin", name="李敏")


def test_a_new_account_is_told_its_password_once(client, keeper):
    answer = client.post("/accounts/new/", {"login": "wangli", "name": "王立", "organization": "F1", "phone": ""})

    user = User.objects.get(login="wangli")
    assert answer.status_code == 200
    assert user.check_password(answer.context["password"])
    assert answer.context["password"] in answer.text
    assert answer.context["password"] not in client.get(f"/accounts/{user.pk}/").text


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"login": "limin"}, "该登录名已被使用"),
        ({"phone": "12345"}, "手机号码应为 11 位"),
        ({"organization": "没有这个"}, "没有找到该党组织"),
        ({"name": ""}, "请填写"),
    ],
)
def test_a_wrong_form_says_why(client, keeper, account, changed, reason):
    data = {"login": "wangli", "name": "王立", "organization": "F1", "phone": ""}

    answer = client.post("/accounts/new/", data | changed)

    assert answer.status_code == 422
    assert reason in answer.text
    assert not User.objects.filter(login="wangli").exists()


def test_an_organisation_out_of_scope_is_not_found(client, keeper):
    BranchFactory(code="X9")

    answer = client.post("/accounts/new/", {"login": "wangli", "name": "王立", "organization": "X9", "phone": ""})

    assert "没有找到该党组织" in answer.text


def test_the_list_shows_posts_in_force(client, keeper, account):
    shown = client.get("/accounts/?q=limin").text

    assert "李敏" in shown
    assert "一支部 · 支部书记" in shown


def test_r34_filters_that_cannot_be_read_list_nothing(client, keeper, account):
    answer = client.get("/accounts/?role=king")

    assert answer.status_code == 422
    assert "李敏" not in answer.text
    assert client.get("/accounts/?page=99").status_code == 404


def test_a_reset_is_asked_for_first(client, keeper, account):
    assert "重置密码" in client.get(f"/accounts/{account.pk}/reset/").text

    answer = client.post(f"/accounts/{account.pk}/reset/")

    account.refresh_from_db()
    assert account.check_password(answer.context["password"])


def test_ones_own_account_is_left_alone(client, keeper):
    assert client.post(f"/accounts/{keeper.pk}/reset/").status_code == 403
    assert client.post(f"/accounts/{keeper.pk}/active/").status_code == 403


def test_an_account_is_disabled_and_enabled(client, keeper, account):
    client.post(f"/accounts/{account.pk}/active/")
    account.refresh_from_db()
    assert not account.is_active

    client.post(f"/accounts/{account.pk}/active/")
    account.refresh_from_db()
    assert account.is_active


@pytest.mark.parametrize("path", ["", "reset/", "active/", "posts/new/"])
def test_r13_an_account_kept_elsewhere_is_not_found(client, keeper, path):
    other = make_user_with_post("secretary", BranchFactory())

    assert client.get(f"/accounts/{other.pk}/{path}").status_code == 404


def test_a_post_is_granted(client, keeper, account, committee):
    data = {
        "organization": "财政局机关党委（F1）",
        "role": "leader",
        "title": "书记",
        "starts_on": "2026-01-01",
        "ends_on": "",
    }

    answer = client.post(f"/accounts/{account.pk}/posts/new/", data)

    post = Post.objects.get(user=account, role="leader")
    assert answer.url == f"/accounts/{account.pk}/"
    assert (post.organization, post.title) == (committee, "书记")
    assert AuditEntry.objects.filter(verb="授予岗位", user_id=keeper.pk, object_id=post.pk).exists()


def test_what_an_action_refuses_stands_at_its_field(client, keeper, account):
    branch = account.posts.get().organization
    data = {"organization": branch.code, "role": "secretary", "starts_on": "2026-01-01"}

    answer = client.post(f"/accounts/{account.pk}/posts/new/", data)

    assert answer.status_code == 422
    assert "已有该党组织的支部书记岗位" in answer.context["form"].errors["role"][0]


def test_nobody_grants_himself(client, keeper):
    data = {"organization": "F1", "role": "staff", "starts_on": "2026-01-01"}

    answer = client.post(f"/accounts/{keeper.pk}/posts/new/", data)

    assert answer.status_code == 422
    assert "不能为本人授予岗位" in answer.text


def test_days_in_order(client, keeper, account):
    data = {"organization": "F1", "role": "staff", "starts_on": "2026-01-02", "ends_on": "2026-01-01"}

    assert "结束日期不能早于开始日期" in client.post(f"/accounts/{account.pk}/posts/new/", data).text


def test_r09_a_post_is_ended(client, keeper, account):
    post = account.posts.get()

    client.post(f"/accounts/posts/{post.pk}/end/", {"ends_on": clock.today().isoformat()})

    post.refresh_from_db()
    assert post.ends_on == clock.today()
    assert "已结束" in client.get(f"/accounts/{account.pk}/").text


def test_a_post_beyond_the_scope_is_not_found(client, keeper):
    post = make_user_with_post("secretary", BranchFactory()).posts.get()

    assert client.get(f"/accounts/posts/{post.pk}/end/").status_code == 404


def test_the_system_administrator_grants_nothing(client, committee, account):
    client.force_login(make_user_with_post("sysadmin", committee), "django.contrib.auth.backends.ModelBackend")

    assert client.get(f"/accounts/{account.pk}/posts/new/").status_code == 403
    assert "授予岗位" not in client.get(f"/accounts/{account.pk}/").text


def test_an_ended_account_shows_its_past_posts(client, keeper, committee):
    user = UserFactory(organization=committee)
    Post.objects.create(
        user=user, organization=committee, role="leader", starts_on=clock.today() - timedelta(days=9),
        ends_on=clock.today() - timedelta(days=1),
    )  # fmt: skip

    assert "已结束" in client.get(f"/accounts/{user.pk}/").text


def test_many_are_disabled_at_once(client, keeper, account, committee):
    others = [UserFactory(organization=committee) for _ in range(2)]
    elsewhere = UserFactory(organization=BranchFactory())
    marked = [account.pk, *(one.pk for one in others), elsewhere.pk, keeper.pk, "x"]

    answer = client.post("/accounts/disable/?status=unused", {"marked": marked}, follow=True)

    assert answer.redirect_chain[0][0] == "/accounts/?status=unused"
    assert "已停用 3 个账号" in answer.text
    assert set(User.objects.filter(is_active=True)) == {elsewhere, keeper}
    assert AuditEntry.objects.filter(verb="停用账号").count() == 3


def test_nothing_ticked_is_said(client, keeper):
    assert "没有可停用的账号" in client.post("/accounts/disable/", follow=True).text


def test_unused_accounts_are_listed(client, keeper, account):
    assert "李敏" in client.get("/accounts/?status=unused").text
    User.objects.filter(pk=account.pk).update(last_login=clock.now())
    assert "李敏" not in client.get("/accounts/?status=unused").text
