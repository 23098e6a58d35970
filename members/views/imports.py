"""Importing a roster in steps."""

from branches.views.uploads import ImportPages, steps
from members.actions.imports import IMPORTER

MEMBER_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入党员名册",
        noun="党员名册",
        list_title="党员名册",
        list_url="members:member_list",
        import_url="members:member_import",
        prefix="members:upload_",
        hints=(
            "有身份证号的按号码对应已有党员，没有的按姓名和所在党支部对应；空白的单元格不改动已有内容。",
            "党内职务中的书记、副书记、委员、党小组组长一并登记，其他职务会列为提示。",
            "没有“编入时间”的，从本年 1 月 1 日起算；入党或支部成立更晚的，从那一天起算。",
        ),
    )
)
