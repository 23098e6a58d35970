"""Expected codes of the branches floor."""

from typing import Any

from branches.actions.acting import open_acting
from branches.enums import ImportKind
from branches.models import Organization, Post, User
from branches.permissions import Actor
from partybuild.lib import clock
from tests.access.table import NEVER, Row, World, everyone, only
from tests.access.uploads import upload_rows
from tests.factories.branches import UserFactory, make_user_with_post

OFFICERS = ("sysadmin", "secadmin", "auditor")
INSIDE = ("staff", "secretary", "leader", "member", "inspector", *OFFICERS)
KEEPERS = ("sysadmin", "secadmin")
IMPORTERS = ("staff", "sysadmin")


def _organization(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk}


def _account(world: World) -> dict[str, Any]:
    account = User.objects.filter(login="kept").first() or UserFactory(login="kept", organization=world.branch)
    return {"pk": account.pk}


def _post(world: World) -> dict[str, Any]:
    account = User.objects.filter(login="posted").first() or make_user_with_post(
        "secretary", world.branch_2, login="posted"
    )
    return {"pk": account.posts.get().pk}


def _held(world: World) -> dict[str, Any]:
    """A post of branch_2 that somebody holds for its secretary."""
    found = Post.objects.filter(acting_for=_post(world)["pk"]).first()
    if found is None:
        principal = Post.objects.get(pk=_post(world)["pk"])
        today = clock.today()
        found = open_acting(
            by=Actor.system(), post=principal, deputy=UserFactory(), starts_on=today, ends_on=today, reason="出差"
        )
    return {"pk": found.pk}


TABLE = {
    # Whoever is signed in already is led home.
    "branches:login": Row(get=everyone(302, anonymous=200), post=everyone(302, anonymous=422)),
    "branches:logout": Row(get=NEVER, post=everyone(302)),
    "branches:password_change": Row(get=everyone(200, anonymous=302), post=everyone(422, anonymous=302)),
    # Only who has given the password, or has not shown his second factor yet, is asked for a code.
    "branches:login_code": Row(get=everyone(302), post=everyone(302)),
    "branches:my_account": Row(get=everyone(200, anonymous=302), post=NEVER),
    "branches:sign_in_end": Row(get=NEVER, post=everyone(404, anonymous=302), kwargs=lambda world: {"pk": 999_999_999}),
    "branches:sign_ins_end": Row(get=NEVER, post=everyone(302)),
    "branches:second_factor": Row(get=everyone(200, anonymous=302), post=everyone(302)),
    "branches:second_factor_codes": Row(get=NEVER, post=everyone(302)),
    "branches:second_factor_off": Row(get=everyone(200, anonymous=302), post=everyone(302)),
    "branches:post_switch": Row(get=NEVER, post=everyone(404, anonymous=302)),
    "branches:account_list": Row(get=only(200, *KEEPERS), post=NEVER),
    "branches:account_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "branches:account_detail": Row(get=only(200, *KEEPERS), post=NEVER, kwargs=_account),
    "branches:account_reset": Row(get=only(200, *KEEPERS), post=only(200, *KEEPERS), kwargs=_account),
    "branches:account_active": Row(get=only(200, *KEEPERS), post=only(302, *KEEPERS), kwargs=_account),
    "branches:account_second_factor": Row(get=only(200, "secadmin"), post=only(302, "secadmin"), kwargs=_account),
    "branches:accounts_disable": Row(get=NEVER, post=only(302, *KEEPERS)),
    "branches:post_new": Row(get=only(200, "secadmin"), post=only(422, "secadmin"), kwargs=_account),
    "branches:post_end": Row(get=only(200, "secadmin"), post=only(422, "secadmin"), kwargs=_post),
    "branches:my_posts": Row(get=everyone(200, anonymous=302), post=NEVER),
    # One's own post, or one that one may grant; to others it is not there.
    "branches:acting_new": Row(
        get=only(200, "secadmin", other=404), post=only(422, "secadmin", other=404), kwargs=_post
    ),
    "branches:acting_end": Row(
        get=only(200, "secadmin", other=404), post=only(302, "secadmin", other=404), kwargs=_held
    ),
    "branches:acting_leave": Row(get=NEVER, post=everyone(302)),
    "branches:organization_list": Row(get=only(200, *INSIDE), post=NEVER),
    "branches:organization_names": Row(get=only(200, *INSIDE), post=NEVER, query="?q=1"),
    "branches:organization_history": Row(get=only(200, *INSIDE), post=NEVER),
    "branches:organization_export": Row(get=only(200, *INSIDE), post=NEVER),
    "branches:organization_detail": Row(get=only(200, *INSIDE), post=NEVER, at=_organization),
    "branches:organization_new": Row(
        get=only(404, "staff", "sysadmin"), post=only(404, "staff", "sysadmin"), query="?parent=0"
    ),
    "branches:organization_edit": Row(
        get=only(200, "staff", "sysadmin"), post=only(422, "staff", "sysadmin"), at=_organization
    ),
    **upload_rows("branches:organization_import", "branches:upload_", ImportKind.ORGANIZATIONS, *IMPORTERS),
    "branches:rights": Row(get=everyone(200, anonymous=302, nobody=403, member=403), post=NEVER),
    "branches:audit_list": Row(get=only(200, "auditor"), post=NEVER),
    "branches:audit_export": Row(get=only(200, "auditor"), post=NEVER),
    "branches:audit_verify": Row(get=NEVER, post=only(200, "auditor")),
}
