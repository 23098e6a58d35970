"""``manage.py verify_audit``: whether the audit trail is as it was sealed."""

from typing import Any

from branches.management.base import PortalCommand
from branches.queries.audit_chain import verify
from partybuild.lib import clock

SHOWN = 50


class Command(PortalCommand):
    help = (
        "校验审计记录：逐段核对封存链和每条记录。完好时退出码为 0，发现改动、删除或插入时为 1，并指出是哪一条、哪一段。"
    )

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        """Go over the chain and tell what does not fit."""
        verdict = verify()
        for flaw in verdict.flaws[:SHOWN]:
            self.say(flaw.text)
        until = f"，封存至 {clock.in_zone(verdict.sealed_to):%Y-%m-%d %H:%M}" if verdict.sealed_to else ""
        self.say(f"共 {verdict.seals} 段封存、{verdict.entries} 条记录{until}；待封存 {verdict.waiting} 条。")
        if verdict.head:
            self.say(f"末段校验值：{verdict.head}")
        refusal = f"发现 {len(verdict.flaws)} 处与封存时不一致。" if verdict.flaws else ""
        return verdict.as_json(), refusal
