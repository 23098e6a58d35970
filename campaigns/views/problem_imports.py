"""Importing a 整改台账 in steps."""

from branches.views.uploads import ImportPages, steps
from campaigns.actions.problem_imports import IMPORTER

PROBLEM_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入整改台账",
        noun="整改台账",
        list_title="问题整改",
        list_url="campaigns:problem_list",
        import_url="campaigns:problem_import",
        prefix="campaigns:problem_upload_",
        hints=(
            "每行一个问题；措施有多项的，在同一单元格内编号分行，也可以另起一行重复填写问题。",
            "没有填写党组织的，登记在本组织名下；同一党组织相同的问题只登记一次。",
            "以前年度已经销号的问题按已销号登记；本年度的由上级党组织核验后销号。",
        ),
    )
)
