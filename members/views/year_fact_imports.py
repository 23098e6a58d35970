"""Importing year facts in steps."""

from branches.views.uploads import ImportPages, steps
from members.actions.year_fact_imports import IMPORTER

YEAR_FACT_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入年度数据",
        noun="年度数据",
        list_title="年度数据",
        list_url="members:year_facts_list",
        import_url="members:year_facts_import",
        prefix="members:year_facts_upload_",
        hints=(
            "按编码或者名称对应机关党委、党组；没有填写年度的，按本年度登记。",
            "空着的单元格不改动已填报的数据；配备比例和人均经费由平台计算，不需要填写。",
        ),
    )
)
