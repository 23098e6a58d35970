"""``manage.py rotate_keys [--json] [--as 登录名]``."""

from typing import Any

from branches.actions.keys import rotate_keys
from branches.management.base import PortalCommand, actor_named


class Command(PortalCommand):
    """Put personal data under the first key of ``FIELD_KEYS``."""

    help = "把加密保存的个人信息改用 FIELD_KEYS 中的第一个密钥；可以重复执行，中断后再执行即可继续"
    takes_actor = True

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        done = rotate_keys(by=actor_named(options["login"]))
        self.say(
            f"共核对 {done.columns} 列 {done.values} 项、文件 {done.files} 个，改用新密钥 {done.changed} 项、"
            f"文件 {done.files_changed} 个。可以从 FIELD_KEYS 中删除旧密钥。"
        )
        return done.as_dict(), ""
