from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.models import User
from branches.permissions import Actor
from branches.rules.passwords import is_spent
from members.actions.accounts import create_member_accounts, renew_first_passwords
from members.models import Membership
from members.rules.accounts import LoginStyle
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, UserFactory
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
TODAY, UNTIL = "2026-03-05T10:00:00+08:00", date(2026, 3, 12)


@pytest.fixture
def branch(move_clock):
    move_clock(TODAY)
    return BranchFactory(name="国库处党支部")


def place(branch, name, **member):
    return MembershipFactory(organization=branch, member=MemberFactory(name=name, initials=name, **member))


def make(places, **kwargs):
    return create_member_accounts(by=SYSTEM, places=places, valid_until=UNTIL, **kwargs)


def test_accounts_with_posts_and_passwords_that_are_told_once(branch, trail):
    secretary, plain = place(branch, "王立"), place(branch, "李敏", phone="13800001234")
    OfficeFactory(member=secretary.member, organization=branch)

    slips = make([secretary, plain])

    told = {slip.name: (slip.login, slip.role, slip.organization) for slip in slips}
    assert told == {"王立": ("wangli", "支部书记", "国库处党支部"), "李敏": ("limin", "党员", "国库处党支部")}
    for slip in slips:
        user = User.objects.get(login=slip.login)
        assert user.check_password(slip.password)
        assert user.must_change_password
        assert user.first_password_until == clock.end_of_day(UNTIL) == slip.valid_until
        assert user.member.name == slip.name
        assert user.posts.get().organization == branch
        assert slip.password not in str(list(trail().values()))
    assert User.objects.get(login="limin").phone == "13800001234"


def test_a_login_holds_nothing_of_the_identity_number(branch):
    one = place(branch, "李敏", phone="13800001234")

    slip = make([one], style=LoginStyle.NAME_AND_PHONE)[0]

    assert slip.login == "limin1234"
    assert one.member.id_number[-4:] not in slip.login


def test_namesakes_and_logins_in_use_get_numbers(branch):
    UserFactory(login="limin")

    slips = make([place(branch, "李敏"), place(branch, "黎民")])

    assert sorted(slip.login for slip in slips) == ["limin2", "limin3"]


def test_sending_it_twice_makes_nothing_twice(branch):
    places = [place(branch, "李敏")]

    assert len(make(places)) == 1
    assert make(places) == []
    assert User.objects.count() == 1


def test_who_has_left_or_has_an_account_is_left_out(branch):
    gone, has = place(branch, "王立"), place(branch, "李敏")
    Membership.objects.filter(pk=gone.pk).update(ends_on=date(2026, 1, 1))
    has.member.user = UserFactory()
    has.member.save()

    assert make([gone, has]) == []


@pytest.mark.parametrize(
    ("until", "reason"), [(date(2026, 3, 4), "不能早于今天"), (date(2026, 4, 5), "最长有效 30 天")]
)
def test_first_passwords_hold_for_a_month_at_most(branch, until, reason):
    with pytest.raises(ValidationError, match=reason):
        create_member_accounts(by=SYSTEM, places=[place(branch, "李敏")], valid_until=until)


def test_no_more_than_five_hundred_at_once(branch):
    with pytest.raises(ValidationError, match="一次最多 500 人"):
        make([Membership(pk=number) for number in range(501)])


def test_lost_slips_are_made_anew_for_those_who_never_came(branch):
    places = [place(branch, "王立"), place(branch, "李敏")]
    first = {slip.login: slip.password for slip in make(places)}
    User.objects.filter(login="wangli").update(last_login=clock.now())

    slips = renew_first_passwords(by=SYSTEM, places=places, valid_until=date(2026, 3, 20))

    user = User.objects.get(login="limin")
    assert [slip.login for slip in slips] == ["limin"]
    assert user.check_password(slips[0].password)
    assert not user.check_password(first["limin"])
    assert not is_spent(user.first_password_until, clock.now())


def test_the_first_use_of_a_password_stores_it_with_the_usual_rounds(branch, client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    slip = make([place(branch, "李敏")])[0]
    assert User.objects.get().password.split("$")[1] == "10000"

    client.post("/accounts/login/", {"username": slip.login, "password": slip.password})

    assert int(User.objects.get().password.split("$")[1]) >= 1_000_000
    assert client.get("/rights/").url == "/accounts/password/"
