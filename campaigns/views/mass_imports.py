"""Importing mass organisations in steps."""

from branches.views.uploads import ImportPages, steps
from campaigns.actions.mass_imports import IMPORTER

MASS_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入群团组织",
        noun="群团组织",
        list_title="群团组织",
        list_url="campaigns:mass_list",
        import_url="campaigns:mass_import",
        prefix="campaigns:mass_upload_",
        hints=(
            "没有填写党组织的，登记在本组织名下；没有填写类别的，按名称判断。",
            "党组织和名称都相同的，视为同一个，只更新其他内容；空白的单元格不改动已有内容。",
        ),
    )
)
