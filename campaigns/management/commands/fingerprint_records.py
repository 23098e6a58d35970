"""``manage.py fingerprint_records``: looks at what came in without being looked at, after an upgrade or an import."""

from typing import Any

from branches.management.base import PortalCommand
from campaigns.actions.fingerprints import keep_missing


class Command(PortalCommand):
    help = "补记已提交文字和图片的特征，用于提示相同或相近的内容；可以反复执行。"

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        texts, pictures = keep_missing()
        self.say(f"文字 {texts} 条，图片 {pictures} 张。")
        return {"texts": texts, "pictures": pictures}, ""
