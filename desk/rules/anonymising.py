"""What goes of the floors above the members when a former member is anonymised, and what stays. Pure."""

from members.rules.anonymising import Cleared

CLEARED: dict[str, Cleared] = {
    "campaigns.Application": Cleared("member", hidden=("statement",)),
    "campaigns.CriterionAnswer": Cleared("application__member", hidden=("evidence", "remark")),
    "campaigns.Award": Cleared("member", hidden=("reason",)),
    "campaigns.Credit": Cleared("member", hidden=("text",)),
    "campaigns.Entry": Cleared("member", hidden=("title", "text", "remark")),
    "campaigns.EntryFile": Cleared("entry__member", files=True),
    "campaigns.Piece": Cleared("member", hidden=("title", "text", "remark")),
    "campaigns.Pledge": Cleared("member", hidden=("text", "project", "result")),
}
"""Table → what of it goes."""

KEPT: dict[str, str] = {
    "campaigns.Activity": "党组织的活动记录，主持人和记录人姓名随本人隐去；记录正文由记录单位保管",
    "campaigns.ActivityVersion": "党组织活动记录的历次版本",
    "campaigns.Attachment": "党组织活动记录的附件",
    "campaigns.Fingerprint": "用于比对相近记录的特征，不含原文",
    "campaigns.Review": "党组织活动记录的审核意见",
    "campaigns.Attendance": "到会情况，用于参加率和学时统计",
    "campaigns.PlanItem": "党组织年度计划，责任人姓名随本人隐去",
    "campaigns.Claim": "认领情况的数字",
    "campaigns.Contact": "领导干部联系点，属于党组织，姓名随本人隐去",
    "campaigns.ContactVisit": "联系点调研记录，属于党组织",
    "campaigns.Project": "党组织的项目，责任人姓名随本人隐去",
    "campaigns.Need": "党组织办的实事，责任人姓名随本人隐去",
    "campaigns.WorkFile": "党组织专项工作的材料",
    "campaigns.WorkNote": "党组织专项工作的办理过程",
    "campaigns.NoteFile": "党组织专项工作的材料",
    "campaigns.WorkList": "责任清单，属于岗位，姓名随本人隐去",
    "campaigns.WorkListItem": "责任清单，属于岗位，姓名随本人隐去",
}
"""Table → why its rows stay as they are."""
