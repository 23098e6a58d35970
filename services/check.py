"""`python -m services.check`: what Django itself can say about the code, without a database.

The migrations fit the models, and the settings of a real installation are safe.
"""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
import sys

from services.output import say, use_utf8
from services.paths import ROOT

NOWHERE = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "REDIS_URL": "redis://127.0.0.1:1/0"}


def real_installation() -> dict[str, str]:
    """An environment as `.env.example` asks for it, with keys of this moment."""
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")
    return NOWHERE | {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": key,
        "HASH_KEY": secrets.token_urlsafe(32),
        "ALLOWED_HOSTS": "portal.example",
    }


def main() -> int:
    """Run the checks; the first that fails ends it."""
    use_utf8()
    steps = [
        (["makemigrations", "--check", "--dry-run"], NOWHERE | {"DJANGO_SETTINGS_MODULE": "partybuild.settings.test"})
    ]
    for profile in ("office", "graded"):
        settings = {"PROFILE": profile, "DJANGO_SETTINGS_MODULE": f"partybuild.settings.{profile}"}
        steps.append((["check", "--deploy", "--fail-level", "WARNING"], real_installation() | settings))
    for words, environ in steps:
        say(f"manage.py {' '.join(words)}（{environ['DJANGO_SETTINGS_MODULE']}）")
        kept = {name: value for name, value in os.environ.items() if name not in ("CLOCK_FILE", "PYTHONWARNINGS")}
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        if subprocess.run(command, cwd=ROOT, env=kept | environ, check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
