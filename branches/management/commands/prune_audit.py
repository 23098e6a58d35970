"""``manage.py prune_audit``: remove audit entries that have been kept long enough."""

from typing import Any

from branches.actions.sealing import prune_entries
from branches.management.base import PortalCommand, actor_named


class Command(PortalCommand):
    help = "清理超过保存期（AUDIT_KEEP_DAYS，至少 184 天，默认 400 天）的审计记录，整段清理，并在封存链中留下记载。"
    takes_actor = True

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        """Prune and tell how many."""
        count = prune_entries(by=actor_named(options["login"]))
        self.say(f"已清理 {count} 条审计记录。" if count else "没有超过保存期的审计记录。")
        return {"count": count}, ""
