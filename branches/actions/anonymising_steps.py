"""The account's part of anonymising; composed in ``desk.actions.anonymising``."""

from django.db import transaction

from branches.actions.accounts import end_sign_ins
from branches.enums import EndReason
from branches.models import User

HIDDEN = "已匿名"


@transaction.atomic
def anonymise_account(*, user: User) -> User:
    """The account is closed for good, without name, login and phone; its id stays in the audit trail."""
    user.login, user.name, user.phone, user.is_active = f"anonymous-{user.pk}", HIDDEN, "", False
    user.set_unusable_password()
    user.save(update_fields=["login", "name", "phone", "is_active", "password"])
    end_sign_ins(user=user, reason=EndReason.DISABLED)
    return user
