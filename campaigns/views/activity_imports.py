"""Importing a ledger of meetings in steps."""

from branches.views.uploads import ImportPages, steps
from campaigns.actions.activity_imports import IMPORTER

ACTIVITY_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入活动记录",
        noun="活动记录",
        list_title="活动记录",
        list_url="campaigns:activity_list",
        import_url="campaigns:activity_import",
        prefix="campaigns:activity_upload_",
        hints=(
            "应到人数与当天名册一致、全部到会或者写明缺席人员的，内容齐全即提交，计入任务；其余存为草稿，由党支部补充到会人员后提交。",
            "党组织、会议类型、日期和名称都相同的，视为同一次活动，不重复登记；已提交的和在页面上填写过的不改动。",
            "替下级党组织导入而无权代为提交的，一律存为草稿，由该党组织核对后提交。",
            "时长写在“时长”列，或者在实际时间中写明起止时间；没有写明的不计学时。",
        ),
    )
)
