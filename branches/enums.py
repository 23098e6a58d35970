"""Fixed vocabularies of people and organisations."""

from django.db.models import TextChoices


class OrganizationKind(TextChoices):
    """What a party organisation is; which kind may stand under which is a table in ``rules.organizations``."""

    WORK_COMMITTEE = "work_committee", "工委"
    COMMITTEE = "committee", "机关党委"
    LEADING_GROUP = "leading_group", "党组"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "党支部"
    GROUP = "group", "党小组"


class Role(TextChoices):
    """In which capacity a person acts for an organisation; the rights of a role are in ``permissions``."""

    STAFF = "staff", "党务干部"
    SECRETARY = "secretary", "支部书记"
    LEADER = "leader", "领导"
    MEMBER = "member", "党员"
    INSPECTOR = "inspector", "督查员"
    SYSADMIN = "sysadmin", "系统管理员"
    SECADMIN = "secadmin", "安全管理员"
    AUDITOR = "auditor", "审计管理员"


class Channel(TextChoices):
    """The way by which a write came in."""

    WEB = "web", "网页"
    COMMAND = "command", "命令"
    TASK = "task", "定时任务"


class AuditResult(TextChoices):
    """How an audited deed ended."""

    DONE = "done", "成功"
    REFUSED = "refused", "拒绝"


class EndReason(TextChoices):
    """Why a sign-in is over."""

    SIGNED_OUT = "signed_out", "退出登录"
    IDLE = "idle", "长时间没有操作"
    LIMIT = "limit", "达到最长登录时间"
    ENDED = "ended", "由本人结束"
    PASSWORD = "password", "密码已修改"
    DISABLED = "disabled", "账号已停用"


class SealKind(TextChoices):
    """What a row of the audit's chain says."""

    SEALED = "sealed", "封存"
    PRUNED = "pruned", "清理"


class ImportKind(TextChoices):
    """What a workbook brings in."""

    ORGANIZATIONS = "organizations", "党组织"
    MEMBERS = "members", "党员名册"
    TERMS = "terms", "任期"
    PROBLEMS = "problems", "整改台账"
    NEEDS = "needs", "实事清单"
    ENTRIES = "entries", "个人报送"
    PLANNED = "planned", "计划活动"
    ACTIVITIES = "activities", "活动记录"
    CONTACTS = "contacts", "联系点和结对共建"
    MASS = "mass", "群团组织"
    DUES_BASES = "dues_bases", "党费计算基数"
    YEAR_FACTS = "year_facts", "年度数据"


class ImportStatus(TextChoices):
    """How far an uploaded workbook is."""

    CHECKED = "checked", "待确认"
    DONE = "done", "已导入"
    DROPPED = "dropped", "已放弃"


class PlannedKind(TextChoices):
    """What is to happen to an organisation on a day to come."""

    RENAME = "rename", "更名"
    MOVE = "move", "调整隶属关系"
    MERGE = "merge", "合并"
    SPLIT = "split", "拆分"
    DISSOLVE = "dissolve", "撤销"


class PlannedState(TextChoices):
    """How far a planned change is; all but the first are final."""

    PLANNED = "planned", "待生效"
    DONE = "done", "已办理"
    CANCELLED = "cancelled", "已取消"
    FAILED = "failed", "未能办理"
