"""App of what draws on all floors: home pages, dashboards, cycles."""

from typing import ClassVar

from django.apps import AppConfig

from branches.enums import Role
from branches.permissions import Deed, MenuEntry, Panel, Permission

_PARTY_STANDING = (Permission.MANAGE_MEMBER, Permission.APPROVE_PARTY_WORK)
_MANAGE = (Permission.MANAGE_ORGANIZATION,)
_WITH_ROSTER = (Permission.MANAGE_ORGANIZATION, Permission.MANAGE_MEMBER)


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "工作台"
    menu = (
        MenuEntry(
            "工作台", "desk:home", "house", Permission.VIEW_HOME, 10,
            hidden_for=frozenset({Role.LEADER}), tab_for=frozenset(Role),
        ),
        MenuEntry(
            "看板", "desk:board", "bar-chart", Permission.VIEW_BOARD, 15,
            tab_for=frozenset({Role.STAFF, Role.LEADER, Role.INSPECTOR}),
            also=("desk:burden", "campaigns:campaign_list"), joins="desk:home", apart_for=frozenset({Role.INSPECTOR}),
        ),
        MenuEntry(
            "月度调度", "desk:run_list", "arrow-repeat", Permission.DISPATCH, 25, joins="campaigns:campaign_list",
        ),
    )  # fmt: skip
    organization_panels = (Panel("工作记录", "desk:branch_year_panel", Permission.VIEW_RECORD, 90),)
    organization_deeds = (
        Deed("更名", "desk:organization_rename", _MANAGE, 10),
        Deed("调整隶属关系", "desk:organization_move", _MANAGE, 20, not_for_top=True, not_for_groups=True),
        Deed("合并", "desk:organization_merge", _WITH_ROSTER, 30, not_for_top=True),
        Deed("拆分", "desk:organization_split", _WITH_ROSTER, 40, not_for_top=True, not_for_groups=True),
        Deed("撤销", "desk:organization_dissolve", _MANAGE, 50, not_for_top=True),
        Deed("待生效的变更", "desk:organization_plans", _MANAGE, 60),
    )
    member_deeds = (
        Deed("年度档案", "desk:member_year_now", (Permission.VIEW_MEMBER,), 5),
        Deed("停止党籍", "desk:member_suspend", _PARTY_STANDING, 60, unless_marked="suspended"),
        Deed("恢复党籍", "desk:member_restore", _PARTY_STANDING, 62, only_marked="suspended"),
        Deed("列为历史党员", "desk:member_leave", _PARTY_STANDING, 64),
    )
    former_member_deeds = (Deed("隐去个人信息", "desk:member_anonymise", _PARTY_STANDING, 10),)
    frame_urls: ClassVar[dict[str, str]] = {
        "home_url": "desk:home",
        "todo_url": "desk:todo_list",
        "search_url": "desk:search",
        "own_year_url": "desk:own_year",
        "plans_url": "desk:plan_list",
        "member_new_url": "desk:member_new",
    }
    # Tables of the campaigns floor that lead to a member without being about him.
    member_extract_exceptions: ClassVar[dict[str, str]] = {
        "campaigns.ActivityVersion": "党组织活动记录的历次版本",
        "campaigns.Attachment": "党组织活动记录的附件",
        "campaigns.Fingerprint": "用于比对相近记录的特征，不含原文",
        "campaigns.Review": "党组织活动记录的审核意见",
        "campaigns.ContactVisit": "联系点调研记录，属于党组织",
        "campaigns.WorkFile": "党组织专项工作的材料",
        "campaigns.WorkNote": "党组织专项工作的办理过程",
        "campaigns.NoteFile": "党组织专项工作的材料",
    }
    # Steps of a file of development, which tasks follow; takes the file's id and the step's code.
    development_step_url = "desk:development_step"
    # What this floor does with a transfer that the members floor keeps.
    transfer_urls: ClassVar[dict[str, str]] = {
        "admit": "desk:transfer_admit",
        "accept": "desk:transfer_accept",
        "receipt": "desk:transfer_receipt",
    }
