"""Each of these rows is refused by the database itself."""

import pytest
from django.db import IntegrityError

from branches.models import RecoveryCode, SecondFactor, SignIn
from tests.factories.branches import LONG_AGO_AT, UserFactory

pytestmark = pytest.mark.django_db


def refused(name, make):
    with pytest.raises(IntegrityError, match=name):
        make()


def sign_in(**fields):
    return SignIn.objects.create(
        **{"user": UserFactory(), "session_key": "k", "started_at": LONG_AGO_AT, "seen_at": LONG_AGO_AT} | fields
    )


def test_r01_nobody_stands_above_the_table_of_rights():
    user = UserFactory()
    user.is_superuser = True

    refused("user_never_super", user.save)


@pytest.mark.parametrize(
    "fields",
    [{"ended_at": LONG_AGO_AT}, {"end_reason": "idle"}, {"ended_at": LONG_AGO_AT, "end_reason": "unknown"}],
)
def test_a_sign_in_ends_for_a_reason(fields):
    refused("sign_in_ended_for_a_reason", lambda: sign_in(**fields))


def test_a_session_is_one_sign_in():
    sign_in()

    refused("session_key", sign_in)


def test_a_second_factor_is_confirmed_by_a_code():
    make = SecondFactor.objects.create

    refused(
        "second_factor_confirmed_by_a_code",
        lambda: make(user=UserFactory(), secret="A", begun_at=LONG_AGO_AT, confirmed_at=LONG_AGO_AT),
    )


def test_a_recovery_code_is_there_once():
    factor = SecondFactor.objects.create(user=UserFactory(), secret="A", begun_at=LONG_AGO_AT)
    RecoveryCode.objects.create(factor=factor, digest="d")

    refused("recovery_code_once", lambda: RecoveryCode.objects.create(factor=factor, digest="d"))
