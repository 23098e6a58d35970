"""Importing contact points and pairings in steps."""

from branches.views.uploads import ImportPages, steps
from campaigns.actions.contact_imports import IMPORTER

CONTACT_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入联系点和结对共建",
        noun="联系点和结对共建",
        list_title="联系点和结对共建",
        list_url="campaigns:contact_list",
        import_url="campaigns:contact_import",
        prefix="campaigns:contact_upload_",
        hints=(
            "没有填写党组织的，登记在本组织名下；没有填写年度的，视为本年度。",
            "党组织、类别、年度、联系人和联系对象都相同的，视为同一个，只更新其他内容；空白的单元格不改动已有内容。",
            "联系人须在党员名册中；联系对象是本系统党组织的，按名称自动对应。",
        ),
    )
)
