"""Importing needs in steps."""

from branches.views.uploads import ImportPages, steps
from campaigns.actions.need_imports import IMPORTER

NEED_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入实事清单",
        noun="实事清单",
        list_title="实事清单",
        list_url="campaigns:need_list",
        import_url="campaigns:need_import",
        prefix="campaigns:need_upload_",
        hints=(
            "没有填写承办党组织的，由本组织承办；没有填写办结期限的，按规则表的期限计算。",
            "事项、提出日期和承办党组织都相同的，视为同一件，不重复登记。",
        ),
    )
)
