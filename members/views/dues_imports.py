"""Importing bases of dues in steps."""

from branches.views.uploads import ImportPages, steps
from members.actions.dues_imports import IMPORTER

DUES_BASE_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入党费计算基数",
        noun="党费计算基数",
        list_title="计算基数",
        list_url="members:dues_base_list",
        import_url="members:dues_base_import",
        prefix="members:dues_base_upload_",
        hints=(
            "有身份证号的按号码对应党员，没有的按姓名和所在党支部对应；没有填写缴纳类别的，按在职登记。",
            "同一党员同一起算月份已有基数的，以表中的为准；内容相同的不重复登记。已经结账的月份不能改动。",
            "免交和少交党费须逐人申请，由上级党组织批准，不在这里导入。",
        ),
    )
)
