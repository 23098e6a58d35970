"""Who may do what: the vocabulary of rights, the table role → rights with their reach, and the scope of a request.

Pure code: this table is what the page 权限一览 shows and what every check asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Protocol

from branches.enums import Channel, Role


class Permission(StrEnum):
    """A right. The Chinese wording is what the page of rights shows."""

    label: str

    def __new__(cls, value: str, label: str) -> "Permission":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    VIEW_HOME = "view_home", "使用工作台"
    VIEW_ORGANIZATION = "view_organization", "查看党组织"
    MANAGE_ORGANIZATION = "manage_organization", "维护党组织"
    VIEW_MEMBER = "view_member", "查看党员名册"
    MANAGE_MEMBER = "manage_member", "维护党员名册"
    VIEW_PARTY_WORK = "view_party_work", "查看党务台账"
    MANAGE_PARTY_WORK = "manage_party_work", "维护党务台账"
    APPROVE_PARTY_WORK = "approve_party_work", "审批下级党务事项"
    VIEW_DUES = "view_dues", "查看党费"
    MANAGE_DUES = "manage_dues", "核定和收缴党费"
    VIEW_OWN = "view_own", "查看本人档案"
    VIEW_CAMPAIGN = "view_campaign", "查看创建活动"
    MANAGE_CAMPAIGN = "manage_campaign", "编制和发布创建活动"
    DISPATCH = "dispatch", "下发任务"
    VIEW_ASSIGNMENT = "view_assignment", "查看任务"
    ANSWER_ASSIGNMENT = "answer_assignment", "填报任务"
    VIEW_RECORD = "view_record", "查看活动记录"
    FILE_RECORD = "file_record", "记录活动"
    REVIEW_RECORD = "review_record", "审核记录"
    VIEW_WORK = "view_work", "查看专项工作"
    DO_WORK = "do_work", "办理专项工作"
    LEAD_WORK = "lead_work", "组织专项工作"
    TAKE_PART = "take_part", "参与和认领"
    SIGN_AGREEMENT = "sign_agreement", "签订责任书"
    GIVE_FEEDBACK = "give_feedback", "提出意见与减负建议"
    ANSWER_FEEDBACK = "answer_feedback", "答复意见与减负建议"
    VIEW_SCORE = "view_score", "查看考核评价"
    SELF_CHECK = "self_check", "自查自评"
    SCORE = "score", "集中评分"
    MANAGE_ROUND = "manage_round", "组织考核"
    VIEW_BOARD = "view_board", "查看看板"
    VIEW_DOCUMENT = "view_document", "查看公文"
    VIEW_DRAFT = "view_draft", "查看未印发的公文"
    MANAGE_DOCUMENT = "manage_document", "起草公文"
    VIEW_RULES = "view_rules", "查看规则表"
    MANAGE_RULES = "manage_rules", "维护规则表和工作日历"
    MANAGE_ACCOUNT = "manage_account", "维护账号"
    GRANT_POST = "grant_post", "授予岗位"
    VIEW_RIGHTS = "view_rights", "查看权限一览"
    VIEW_AUDIT = "view_audit", "查看审计记录"


class Reach(Enum):
    """How far a right goes from the organisation of the post."""

    BELOW = "本级及下级"
    NODE = "本组织"


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the left menu, shown to those who hold the permission anywhere.

    ``count`` is the dotted name of a query that takes the scope and tells what waits (None: nothing to tell);
    ``tab_for`` are the roles that find the entry in the bar of their phone; ``also`` names further pages that belong to
    the entry, with what lies below them, unless they are an entry's own. ``joins`` is the URL name of an entry in whose
    second row this one stands, for all roles but ``apart_for``; where that is not offered, it stands in the menu
    itself. ``together`` is what an entry is called with its row.
    """

    label: str
    url_name: str
    icon: str
    permission: Permission
    position: int
    hidden_for: frozenset[Role] = frozenset()
    count: str = ""
    tab_for: frozenset[Role] = frozenset()
    also: tuple[str, ...] = ()
    joins: str = ""
    apart_for: frozenset[Role] = frozenset()
    together: str = ""


@dataclass(frozen=True)
class Panel:
    """What a floor above shows on an organisation's page: a URL that takes its id and answers a fragment to htmx."""

    label: str
    url_name: str
    permission: Permission
    position: int = 0


@dataclass(frozen=True)
class NodeFigure:
    """A number that a floor above has for the nodes of the tree: ``query`` is the dotted name of a function that takes
    an organisation and a day and gives id → number for it and those directly under it."""

    label: str
    query: str
    permission: Permission


@dataclass(frozen=True)
class ColumnSource:
    """What a floor above fills in the workbook of organisations: ``query`` is the dotted name of a function that takes
    ids and a day and gives id → heading → value."""

    query: str
    permission: Permission


@dataclass(frozen=True)
class Deed:
    """What a floor above lets one do to an organisation: offered under 更多 on its page to who holds all the rights.

    On a member's page a mark of standing can be what it needs, or what rules it out.
    """

    label: str
    url_name: str
    permissions: tuple[Permission, ...]
    position: int = 0
    not_for_top: bool = False
    not_for_groups: bool = False
    only_marked: str = ""
    unless_marked: str = ""


P = Permission
_VIEW = (
    P.VIEW_HOME, P.VIEW_ORGANIZATION, P.VIEW_CAMPAIGN, P.VIEW_ASSIGNMENT, P.VIEW_RECORD, P.VIEW_SCORE, P.VIEW_DOCUMENT,
    P.VIEW_WORK, P.GIVE_FEEDBACK,
)  # fmt: skip
_RIGHTS: dict[Role, dict[Reach, tuple[Permission, ...]]] = {
    Role.STAFF: {
        Reach.BELOW: (
            *_VIEW, P.MANAGE_ORGANIZATION, P.VIEW_MEMBER, P.MANAGE_MEMBER, P.REVIEW_RECORD, P.VIEW_BOARD, P.SCORE,
            P.MANAGE_ROUND, P.VIEW_DRAFT, P.MANAGE_DOCUMENT, P.MANAGE_CAMPAIGN, P.DISPATCH, P.VIEW_RULES,
            P.MANAGE_RULES, P.VIEW_RIGHTS, P.VIEW_PARTY_WORK, P.MANAGE_PARTY_WORK, P.APPROVE_PARTY_WORK, P.VIEW_DUES,
            P.MANAGE_DUES, P.LEAD_WORK, P.ANSWER_FEEDBACK, P.SIGN_AGREEMENT,
        ),
        Reach.NODE: (P.FILE_RECORD, P.ANSWER_ASSIGNMENT, P.SELF_CHECK, P.DO_WORK),
    },
    Role.SECRETARY: {
        Reach.BELOW: (
            *_VIEW, P.VIEW_MEMBER, P.MANAGE_MEMBER, P.FILE_RECORD, P.VIEW_RIGHTS, P.VIEW_PARTY_WORK,
            P.MANAGE_PARTY_WORK, P.VIEW_DUES, P.MANAGE_DUES, P.DO_WORK,
        ),
        Reach.NODE: (P.ANSWER_ASSIGNMENT, P.SELF_CHECK, P.SIGN_AGREEMENT),
    },
    Role.LEADER: {
        Reach.BELOW: (
            *_VIEW, P.VIEW_MEMBER, P.VIEW_BOARD, P.VIEW_DRAFT, P.VIEW_RIGHTS, P.VIEW_PARTY_WORK, P.SIGN_AGREEMENT,
        ),
    },
    Role.INSPECTOR: {Reach.BELOW: (*_VIEW, P.VIEW_BOARD, P.VIEW_RIGHTS, P.VIEW_PARTY_WORK)},
    Role.MEMBER: {
        Reach.NODE: (
            P.VIEW_HOME, P.VIEW_ORGANIZATION, P.VIEW_CAMPAIGN, P.VIEW_RECORD, P.VIEW_DOCUMENT, P.VIEW_OWN,
            P.VIEW_WORK, P.TAKE_PART, P.GIVE_FEEDBACK,
        ),
    },
    Role.SYSADMIN: {
        Reach.BELOW: (
            P.VIEW_HOME, P.VIEW_ORGANIZATION, P.MANAGE_ORGANIZATION, P.MANAGE_ACCOUNT, P.VIEW_RULES, P.VIEW_RIGHTS,
            P.GIVE_FEEDBACK,
        ),
    },
    Role.SECADMIN: {
        Reach.BELOW: (
            P.VIEW_HOME, P.VIEW_ORGANIZATION, P.MANAGE_ACCOUNT, P.GRANT_POST, P.VIEW_RIGHTS, P.GIVE_FEEDBACK,
        ),
    },
    Role.AUDITOR: {Reach.BELOW: (P.VIEW_HOME, P.VIEW_ORGANIZATION, P.VIEW_RIGHTS, P.VIEW_AUDIT, P.GIVE_FEEDBACK)},
}  # fmt: skip

RIGHTS: dict[Role, dict[Permission, Reach]] = {
    role: {permission: reach for reach, permissions in reaches.items() for permission in permissions}
    for role, reaches in _RIGHTS.items()
}
"""Role → right → how far. The one table that decides."""

OFFICERS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})


class HasPath(Protocol):
    """Anything that stands at a place in the organisation tree."""

    path: str


@dataclass(frozen=True)
class Grant:
    """A post in force: the role at the node with this path; of one's own, or held for another person."""

    post_id: int
    organization_id: int
    path: str
    role: Role
    label: str = ""
    acting_for_id: int | None = None
    acting_for_name: str = ""

    def reach(self, permission: Permission) -> Reach | None:
        """How far this post carries the permission; None when it does not."""
        return RIGHTS[self.role].get(permission)


@dataclass(frozen=True)
class Scope:
    """What one person may see and do in one request, under the post that he acts in.

    ``grant`` is the post in use (None for a person without one); ``grants`` are all posts that he may switch to.
    """

    user_id: int | None = None
    grant: Grant | None = None
    grants: tuple[Grant, ...] = ()
    member_id: int | None = None
    acting_for_id: int | None = None

    @property
    def role(self) -> Role | None:
        return self.grant.role if self.grant else None

    def holds(self, permission: Permission) -> bool:
        """Whether the permission is held anywhere at all (for menus and for pages without an object)."""
        return self.grant is not None and self.grant.reach(permission) is not None

    def allows(self, permission: Permission, organization: HasPath) -> bool:
        """Whether the permission holds at this organisation."""
        if self.grant is None:
            return False
        reach = self.grant.reach(permission)
        if reach is Reach.BELOW:
            return organization.path.startswith(self.grant.path)
        return reach is Reach.NODE and organization.path == self.grant.path

    def sees(self, organization: HasPath) -> bool:
        """Whether the organisation lies inside the scope at all: outside is 404, inside without the right 403."""
        return self.grant is not None and organization.path.startswith(self.grant.path)

    def prefix(self, permission: Permission) -> tuple[str, bool] | None:
        """Path and whether everything below it is included; None when the permission is not held."""
        if self.grant is None:
            return None
        reach = self.grant.reach(permission)
        return None if reach is None else (self.grant.path, reach is Reach.BELOW)


@dataclass(frozen=True)
class Actor:
    """By whom a write is done: a person under a post, for somebody else perhaps, or the system itself."""

    user_id: int | None
    post_id: int | None = None
    organization_id: int | None = None
    organization_path: str = ""
    member_id: int | None = None
    acting_for_id: int | None = None
    channel: Channel = Channel.WEB
    address: str = ""

    @classmethod
    def system(cls, channel: Channel = Channel.TASK) -> "Actor":
        """The portal acting by itself."""
        return cls(user_id=None, channel=channel)

    @property
    def is_system(self) -> bool:
        return self.user_id is None


def roles_holding(permission: Permission) -> Iterable[Role]:
    """The roles that carry a permission, in their order."""
    return (role for role in Role if permission in RIGHTS[role])
