"""Accounts of the demonstration: one of each role at least, all with one password made for this installation."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password

from branches.actions.posts import open_post
from branches.enums import Role
from branches.models import Organization, User
from branches.permissions import Actor
from desk.actions.demo.tree import ELECTED, Tree, Unit
from members.models import Member
from partybuild.lib import clock


@dataclass(frozen=True)
class Wanted:
    """An account to be made."""

    login: str
    role: Role
    organization: Organization
    member: Member | None = None
    name: str = ""
    title: str = ""


def make_accounts(tree: Tree, path: Path) -> None:
    """Make them and write ``login<TAB>password<TAB>role<TAB>organisation``, readable by the owner alone."""
    wanted = _wanted(tree)
    password = secrets.token_urlsafe(9)
    hashed = make_password(password)
    users = User.objects.bulk_create(
        [
            User(
                login=each.login,
                name=each.member.name if each.member else each.name,
                password=hashed,
                organization=each.organization,
                created_at=clock.now(),
            )
            for each in wanted
        ]
    )
    linked = []
    for user, each in zip(users, wanted, strict=True):
        open_post(
            by=Actor.system(), user=user, organization=each.organization, role=each.role, starts_on=ELECTED,
            title=each.title,
        )  # fmt: skip
        if each.member:
            each.member.user = user
            linked.append(each.member)
    Member.objects.bulk_update(linked, ["user"])
    write_accounts(path, [(each.login, password, each.role.value, each.organization.label) for each in wanted])


def write_accounts(path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    """The file that `make run` points to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join("\t".join(row) + "\n" for row in rows)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)


def _wanted(tree: Tree) -> list[Wanted]:
    root = tree.root
    found = [
        Wanted("gongwei", Role.STAFF, root, name="陈立", title="组织科"),
        Wanted("gongwei2", Role.STAFF, root, name="沈若宁", title="宣教科"),
        Wanted("lingdao", Role.LEADER, root, name="林致远", title="领导"),
        Wanted("ducha", Role.INSPECTOR, root, name="梁书航"),
        Wanted("xitong", Role.SYSADMIN, root, name="许明哲"),
        Wanted("anquan", Role.SECADMIN, root, name="邹安然"),
        Wanted("shenji", Role.AUDITOR, root, name="姚知行"),
    ]
    for number, committee in enumerate(tree.committees, start=1):
        found += _of_committee(number, committee)
    for number, branch in enumerate(tree.branches, start=1):
        if branch.secretary:
            found.append(Wanted(f"zhibu{number:02d}", Role.SECRETARY, branch.organization, branch.secretary))
    for number, branch in enumerate(tree.branches[:6], start=1):
        plain = [member for member in branch.members if member is not branch.secretary and member not in branch.leaders]
        found.append(Wanted(f"dangyuan{number:02d}", Role.MEMBER, branch.organization, plain[-1]))
    return found


def _of_committee(number: int, committee: Unit) -> list[Wanted]:
    found = [
        Wanted(f"dangwei{number:02d}", Role.STAFF, committee.organization, name=f"党办{number:02d}", title="党委办")
    ]
    if committee.secretary:
        found.append(Wanted(f"dwld{number:02d}", Role.LEADER, committee.organization, committee.secretary))
    return found
