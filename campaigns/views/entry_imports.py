"""Importing entries in steps."""

from branches.views.uploads import ImportPages, steps
from campaigns.actions.entry_imports import IMPORTER

ENTRY_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入个人报送",
        noun="个人报送",
        list_title="个人报送",
        list_url="campaigns:entry_list",
        import_url="campaigns:entry_import",
        prefix="campaigns:entry_upload_",
        hints=(
            "按姓名对应名册中的党员；有同名党员的，请填写党支部。",
            "同一党员、类别、日期和事项都相同的，视为同一条，不重复登记。",
            "外出学习培训填写学习形式和学时，学习形式按规则表。",
        ),
    )
)
