"""Importing dates of terms in steps."""

from branches.views.uploads import ImportPages, steps
from members.actions.term_imports import IMPORTER

TERM_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入换届台账",
        noun="换届台账",
        list_title="换届台账",
        list_url="members:term_list",
        import_url="members:term_import",
        prefix="members:term_upload_",
        hints=(
            "按编码或者名称对应已有党组织；应换届时间由当选日期加任期年数得出，与表中不一致的会列为提示。",
            "填了实际换届时间的，登记上一届已经换届，并以这一天为新一届的当选日期。",
            "书记只作核对，任职请在党员页面登记，或者在换届时一并登记。",
        ),
    )
)
