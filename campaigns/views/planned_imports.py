"""Importing planned activities in steps."""

from branches.views.uploads import ImportPages, steps
from campaigns.actions.planned_imports import IMPORTER

PLANNED_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入计划活动",
        noun="计划活动",
        list_title="支部计划",
        list_url="campaigns:branch_plan_list",
        import_url="campaigns:planned_import",
        prefix="campaigns:planned_upload_",
        hints=(
            "导入到本组织的年度总体计划；还没有计划的，自动建立草稿，核对后提交审核。",
            "没有填写年度的，视为本年度。月份、日、活动类型和主题都相同的，视为同一项，不重复添加。",
            "负责人须在本组织的党员名册中，同名的请导入后在页面上填写。",
        ),
    )
)
